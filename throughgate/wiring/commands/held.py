"""Pairs of records that may be one person: lists them, takes an answer, undoes a link."""

import argparse

from throughgate.foundation.errors import Refused
from throughgate.wiring import connected


def add_arguments(parser: argparse.ArgumentParser) -> None:
    ask = parser.add_mutually_exclusive_group()
    ask.add_argument("--answer", nargs=2, metavar=("ID", "same|different"), help="settle one of the pairs")
    ask.add_argument("--undo", metavar="LINK", help="take an identity out of the person it was linked to")
    parser.add_argument("--because", metavar="TEXT", default="", help="why, for the next person to look")


def run(options: argparse.Namespace) -> int:
    if (options.answer or options.undo) and not options.because.strip():
        raise Refused('Say why with --because "...", so that the next person to look understands.')
    with connected.as_role("worker"):
        from throughgate.wiring.console import holding  # noqa: PLC0415 - once Django is set up

        if options.answer:
            return holding.answer(*options.answer, because=options.because)
        if options.undo:
            return holding.undo(options.undo, because=options.because)
        return holding.show()
