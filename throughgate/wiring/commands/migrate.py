"""Brings the tables up to this version, as the role that owns them. Running it twice does no harm."""

import argparse

from throughgate.wiring import connected, migrating


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing unless it fails")


def run(options: argparse.Namespace) -> int:
    with connected.as_role("owner"):
        migrating.migrate(verbosity=0 if options.quiet else 1)
    return 0
