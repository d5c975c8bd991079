"""Checks that the audit log is as it was sealed, or seals what is new. `./tg jobs` seals every minute."""

import argparse

from throughgate.wiring import connected


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["verify", "seal"])


def run(options: argparse.Namespace) -> int:
    with connected.as_role("worker"):
        from throughgate.wiring.console import auditing  # noqa: PLC0415 - once Django is set up

        return auditing.verify() if options.what == "verify" else auditing.seal()
