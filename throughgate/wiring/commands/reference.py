"""Writes the pages of docs/reference that are made from code and tables, after one of those changed."""

import argparse

from throughgate.wiring import reference
from throughgate.wiring.places import ROOT


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_options: argparse.Namespace) -> int:
    changed = reference.write()
    for path in changed:
        print(f"{'Wrote' if path.exists() else 'Removed'} {path.relative_to(ROOT)}.")
    if not changed:
        print("Every page is in step.")
    return 0
