"""How fast: each line as a ratio to a probe in the same run, beside its floor and its aim.

The first run loads 300,000 invented people, which takes a quarter of an hour or more; they are kept for the
next. `--people 30000` is enough to compare two versions with.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from throughgate.foundation.errors import Refused
from throughgate.wiring import cluster
from throughgate.wiring.bench import children, kept, lines, report, rounds
from throughgate.wiring.bench.lines import Line
from throughgate.wiring.bench.measures import Effort

PEOPLE = 300_000
FEWEST_PEOPLE = 20_000  # below, the prison that is looked at has too few
THOROUGH = (5, Effort(documents=5000, alone_seconds=2, together_seconds=4))
QUICK = (2, Effort(documents=1000, alone_seconds=0.5, together_seconds=1))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        nargs="?",
        choices=["access", "assessment"],
        help="only what deciding costs, with row-level security and not; or what opening an assessment takes",
    )
    parser.add_argument("--json", action="store_true", help="one object instead of a table")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", choices=[line.name for line in lines.LINES]
    )
    parser.add_argument(
        "--people", type=int, default=PEOPLE, help=f"in the kept database; {PEOPLE:,} unless said"
    )
    parser.add_argument(
        "--population",
        type=Path,
        metavar="FOLDER",
        help="pages on what a folder of ./tg population holds; the first time it is brought in",
    )
    parser.add_argument("--quick", action="store_true", help="two short rounds: a first look, no more")


def run(options: argparse.Namespace) -> int:
    """0 also where a floor is not held: what a machine manages at a moment is nobody's mistake."""
    if options.people < FEWEST_PEOPLE:
        raise Refused(f"The bench needs at least {FEWEST_PEOPLE:,} people. Give --people a larger number.")
    count, effort = QUICK if options.quick else THOROUGH
    wanted = rounds.Wanted(
        lines=_lines(options),
        people=options.people,
        rounds=count,
        effort=effort,
        population=options.population,
    )
    own = cluster.open_cluster("bench")
    if options.what:
        with own.running():
            told = {"access": _access, "assessment": _assessment}[options.what]
            print(told(own, options.people))
        return 0
    with own.running():
        found = rounds.run(own, wanted)
    print(json.dumps(report.plain(found), indent=2) if options.json else report.table(found))
    return 0


def _lines(options: argparse.Namespace) -> list[Line]:
    """Of a population, pages: what imports, plans and packs take is measured of the bench's own people."""
    chosen = lines.chosen(options.only)
    if not options.population:
        return list(chosen)
    others = [line.name for line in chosen if line.name not in rounds.OF_ANYBODY]
    if options.only and others:
        raise Refused(f"Of a population only pages are measured, and not {', '.join(others)}.")
    return [line for line in chosen if line.name in rounds.OF_ANYBODY]


def _access(own: cluster.Cluster, people: int) -> str:
    """A permit's processor time, and what stands behind queries, measured as two roles."""
    name = kept.provide(own, people=people).name
    web, owner = (children.run(own, name, role, "deciding", role) for role in ("web", "owner"))
    permit, listed, refused = web["permit"], web["list_ms"], web["refused_ms"]
    database = "not told" if permit["database_ms"] is None else f"{permit['database_ms']:.2f} ms"
    return (
        f"A permit: {permit['app_ms']:.2f} ms of the program's processor time, {database} of the database's\n"
        f"The rows of Today: {listed['with']:.1f} ms, without the clause {listed['without']:.1f} ms\n"
        f"The newest 50 entries: {web['record_ms']['page']:.2f} ms with row-level security, "
        f"{owner['record_ms']['page']:.2f} ms without\n"
        f"Refusing a record that is hidden: {refused['hidden']:.2f} ms; one that is absent:"
        f" {refused['absent']:.2f} ms"
    )


def _assessment(own: cluster.Cluster, people: int) -> str:
    """Of somebody who was asked a great deal before: each page that is opened, those that take most first."""
    name = kept.provide(own, people=people).name
    found = children.run(own, name, "web", "assessing")
    told = sorted(found["pages"].items(), key=lambda page: -page[1]["app_ms"])
    return "\n".join(
        [
            f"A comprehensive assessment after {found['answers']} answers, in ms of processor time:",
            *(f"{page}: {_in_ms(cost)}, {cost['queries']} queries" for page, cost in told),
        ]
    )


def _in_ms(cost: dict[str, Any]) -> str:
    database = cost["database_ms"]
    return f"{cost['app_ms']:.1f} + {'not told' if database is None else f'{database:.1f}'}"
