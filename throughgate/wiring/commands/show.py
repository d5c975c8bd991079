"""Prints one person's record. The look is logged like any other, as a script's."""

import argparse

from throughgate.wiring import connected


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", help="the person's id, or a prison, NHS, police or probation number")
    parser.add_argument("--json", action="store_true", help="for scripts: docs/reference/show.md")
    parser.add_argument("--known-on", metavar="TIME", help="as it was known then")


def run(options: argparse.Namespace) -> int:
    with connected.as_role("worker"):
        from throughgate.wiring.console import showing  # noqa: PLC0415 - once Django is set up

        return showing.run(options.person, known_on=options.known_on, as_json=options.json)
