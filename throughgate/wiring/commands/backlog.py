"""Brings in a folder of extracts, in the order of its list.

The folder holds `extracts.csv`, with the columns file, format, organisation and as_at, and may hold
`organisations.csv`, whose organisations are added first. The same folder again changes nothing, and a backlog
that was stopped is finished by running it again.
"""

import argparse
from pathlib import Path

from throughgate.wiring import connected


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--yes", action="store_true", help="agree to how the columns of plain lists of people are read"
    )


def run(options: argparse.Namespace) -> int:
    with connected.as_role("worker"):
        from throughgate.wiring.console import backlog  # noqa: PLC0415 - once Django is set up

        return backlog.run(options.folder, is_agreed=options.yes)
