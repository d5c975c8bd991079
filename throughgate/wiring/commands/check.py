"""Format, lint, types, walls, and that migrations and documents are in step; needs no database."""

import argparse

from throughgate.wiring import stages


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_options: argparse.Namespace) -> int:
    stages.run(stages.ALL)
    print("All good.")
    return 0
