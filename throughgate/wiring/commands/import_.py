"""Reads an organisation's extract into the record, and says what became of every row.

The same file twice changes nothing, and a run that was stopped is finished by running it again.
"""

import argparse
from pathlib import Path

from throughgate.wiring import connected


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("format", help="prisoner-search, prison-events, treatment or people")
    parser.add_argument("file", type=Path)
    parser.add_argument("--from", dest="organisation", required=True, metavar="ORGANISATION", help="its code")
    parser.add_argument("--as-at", metavar="TIME", help="when the extract was true; now unless you say")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=MEANING",
        help="of a list of people: what a column holds, such as DOB=birth_date; may be given again",
    )
    parser.add_argument(
        "--yes", action="store_true", help="of a list of people: do not ask about its columns"
    )
    parser.add_argument(
        "--older-letters",
        action="store_true",
        help="of a CSV that is not UTF-8: read what Excel saves as plain CSV",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    parser.add_argument("--json", action="store_true", help="the report as one object on the last line")


def run(options: argparse.Namespace) -> int:
    with connected.as_role("worker"):
        from throughgate.wiring.console import importing  # noqa: PLC0415 - once Django is set up

        return importing.run(
            importing.Wanted(
                format=options.format,
                file=options.file,
                organisation=options.organisation,
                as_at=options.as_at,
                is_trial=options.dry_run,
                as_json=options.json,
                columns=options.map,
                is_agreed=options.yes,
                is_older=options.older_letters,
            )
        )
