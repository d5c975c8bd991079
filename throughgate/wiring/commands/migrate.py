"""Brings the tables, and the prisons of the directory, up to this version; as the role that owns them.

Running it twice does no harm.
"""

import argparse

from throughgate.wiring import connected, migrating


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing unless it fails")


def run(options: argparse.Namespace) -> int:
    with connected.as_role("owner"):
        migrating.migrate(verbosity=0 if options.quiet else 1)
        from throughgate.directory import actions as directory  # noqa: PLC0415 - once Django is set up

        directory.load_prisons()
    return 0
