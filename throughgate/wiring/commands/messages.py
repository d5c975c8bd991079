"""Writes the catalogue that translators work from, after a string was added or changed."""

import argparse

from throughgate.wiring import messages
from throughgate.wiring.places import ROOT


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_options: argparse.Namespace) -> int:
    print(f"Wrote {messages.write().relative_to(ROOT)}.")
    return 0
