"""Everything that must hold before a change is handed over: format, lint, types, walls, and the whole suite.

With arguments, only pytest with those: ./tg test tests/rules -k stay
"""

import argparse
import os

from throughgate.wiring import chromium, stages

PYTEST = ("-m", "pytest")
WORKERS = ("-n", str(min(os.cpu_count() or 1, 4)))
# Each worker has a database of its own and takes a file at a time, whose tests share what is dear to make.
AT_ONCE = (
    *(*WORKERS, "--dist", "loadfile", "-m", "not alone"),
    *("--cov", "--cov-report=", "--cov-fail-under=0"),
)
ALONE = ("-m", "alone", "--cov", "--cov-append", "--cov-report=term")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.prefix_chars = "\0"  # whatever follows is pytest's, options too
    parser.add_argument("pytest", nargs="*", help="what pytest is given")


def run(options: argparse.Namespace) -> int:
    if options.pytest:
        return stages.run_python(*PYTEST, *options.pytest)
    chromium.provide()
    stages.run(stages.BEFORE_TESTS)
    print("--- suite", flush=True)
    at_once, alone = (stages.run_python(*PYTEST, *how) for how in (AT_ONCE, ALONE))
    return at_once or alone
