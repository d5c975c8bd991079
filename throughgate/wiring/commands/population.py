"""Writes a population of invented people: extracts as organisations send them, and beside them the truth.

The same people, seed, day and length give the same bytes on any machine. Nothing is brought in:
`./tg backlog` does that.
"""

import argparse
from datetime import date, timedelta
from pathlib import Path

from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.wiring.population import making

HALF_A_YEAR = 182


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, required=True, help="how many")
    parser.add_argument("--seed", type=int, required=True, help="another number gives other people")
    parser.add_argument("--out", type=Path, required=True, help="a folder, new or empty")
    parser.add_argument("--as-at", metavar="DAY", help="of the last extracts; yesterday unless you say")
    parser.add_argument(
        "--days",
        type=int,
        default=HALF_A_YEAR,
        help=f"from the first extracts on; {HALF_A_YEAR} unless you say",
    )


def run(options: argparse.Namespace) -> int:
    as_at = _day(options.as_at) if options.as_at else clock.today() - timedelta(days=1)
    extracts = making.make(
        making.Wanted(
            people=options.people, seed=options.seed, out=options.out, as_at=as_at, days=options.days
        )
    )
    print(f"{options.people:,} people in {extracts:,} extracts, the last of {as_at}. {options.out} has them.")
    return 0


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise Refused(f"{written} is not a day. Write it like 2026-11-20.") from error
