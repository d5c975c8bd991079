"""What takes too long for the suite, all of it: 20,000 random worlds, every address as every role about
everybody, and every page in a browser. The suite tries a sample of each.

With arguments, only pytest with those, by night: ./tg night tests/sweep -k printed
"""

import argparse

from throughgate.wiring import chromium, stages
from throughgate.wiring.commands import test

ALL = (
    *("tests/contexts/test_worlds.py", "tests/contexts/test_api_attacked.py"),
    *("tests/sweep", "tests/journeys/test_hostile_words.py"),
)
# A test at a time, since some take long and others nothing; whoever has none left takes from the other.
HOW = (*test.WORKERS, "--dist", "worksteal", "--durations", "20")
add_arguments = test.add_arguments


def run(options: argparse.Namespace) -> int:
    chromium.provide()
    return stages.run_python(*test.PYTEST, *(options.pytest or (*HOW, *ALL)), TG_NIGHT="1")
