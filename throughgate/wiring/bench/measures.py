"""How each line and each probe is measured, once in a round."""

import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from psycopg import sql

from throughgate.foundation.ids import new_id
from throughgate.wiring import database, roles, templates
from throughgate.wiring.bench import children, documents, kept, load, machine
from throughgate.wiring.bench.lines import Line
from throughgate.wiring.bench.load import Page
from throughgate.wiring.bench.report import Sample
from throughgate.wiring.cluster import Cluster

PROBE_SITE = "throughgate.wiring.bench.probe_site:application"
SITE = "throughgate.wiring.wsgi:application"
EMPTY = "tg_bench_empty"
CLIENTS = 8
WARM_SECONDS = 0.4  # before anything is counted, so that no worker still reads its templates
UPSERTED = 30_000
TABLES = 60
STAGING = "CREATE TEMP TABLE staging (LIKE bench_target) ON COMMIT DROP"
TARGET = """
CREATE TABLE IF NOT EXISTS bench_target (
    id uuid PRIMARY KEY, key text UNIQUE, kind text, happened_at timestamptz, recorded_at timestamptz,
    source text, reason text, permit_id uuid)
"""
TARGET_INDEX = "CREATE INDEX IF NOT EXISTS bench_target_kind ON bench_target (kind, happened_at)"
UPSERT = """
INSERT INTO bench_target SELECT * FROM staging
ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, happened_at = excluded.happened_at,
    recorded_at = excluded.recorded_at, source = excluded.source, reason = excluded.reason,
    permit_id = excluded.permit_id
"""


@dataclass(frozen=True)
class Effort:
    """How much is done in each round."""

    documents: int
    alone_seconds: float  # with one client
    together_seconds: float  # with eight


@dataclass(frozen=True)
class Visit:
    """What there is to ask for, as a worker who is signed in."""

    person: str
    prison: str
    entries: int
    pages: dict[str, Page]
    queries: dict[str, int]


Measure = Callable[[int], dict[str, Sample]]  # round -> by line or probe


def importing(own: Cluster, scratch: str, effort: Effort) -> Measure:
    """New people, the same with 2 % changed, the same file again; the probe before each of them."""

    def measure(round_: int) -> dict[str, Sample]:
        numbers = range(round_ * effort.documents, (round_ + 1) * effort.documents)
        probe = _upsert(own, scratch)
        with kept.folder() as where:
            first, changed = where / "first.json", where / "changed.json"
            documents.write(documents.documents(numbers, seed=kept.SEED), first)
            documents.write(documents.changed(numbers, seed=kept.SEED, extract=1), changed)
            days = [kept.day(0).isoformat(), kept.day(1).isoformat()]
            extracts = [(str(first), days[0]), (str(changed), days[1]), (str(changed), days[1])]
            taken = children.run(own, scratch, "worker", "taking_in", json.dumps(extracts))
        return {
            "upsert": probe,
            "import_first": _taken(taken[0], taken[0]["entries"]),
            "import_changed": _taken(taken[1], taken[1]["read"]),
            "import_same": _taken(taken[2], taken[0]["entries"]),
        }

    return measure


def _taken(taken: dict[str, Any], count: int) -> Sample:
    database = taken["database_seconds"]
    return Sample(
        value=count / taken["seconds"],
        app_ms=taken["app_seconds"] * 1000 / taken["read"],
        database_ms=None if database is None else database * 1000 / taken["read"],
        rss_mib=taken["rss_mib"],
    )


def _upsert(own: Cluster, name: str, *, rows: int = UPSERTED) -> Sample:
    """In rows a second."""
    at = documents.FIRST_DAY.isoformat()
    told = [
        (new_id(), f"key {new_id()}", "kind", at, at, "probe", "a short reason", new_id())
        for _ in range(rows)
    ]
    with own.superuser(name) as connection:
        connection.execute(TARGET)
        connection.execute(TARGET_INDEX)
        began = time.perf_counter()
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute(STAGING)
            with cursor.copy("COPY staging FROM STDIN") as copy:
                for row in told:
                    copy.write_row(row)
            cursor.execute(UPSERT)
        return Sample(value=rows / (time.perf_counter() - began))


def _one_row(own: Cluster, name: str) -> Sample:
    """In milliseconds."""
    return Sample(value=statistics.median(1000 / _upsert(own, name, rows=1).value for _ in range(20)))


ROW_PROBES = {"upsert": _upsert, "one_row": _one_row}


# Lines that are a program by themselves, and which.
ALONE = {"refresh": "replanning", "date_moved": "replanning", "pack": "packing", "packs_100": "packing"}


def alone(own: Cluster, name: str, scratch: str, lines: Sequence[Line], effort: Effort) -> Measure:
    """Plans worked out again and packs made in the kept database, each line after its probe."""

    def measure(_round: int) -> dict[str, Sample]:
        taken = {}
        for line in lines:
            taken[beside(line)] = ROW_PROBES[line.probe](own, scratch)
            found = children.run(own, name, "worker", ALONE[line.name], line.name, str(effort.documents))
            taken[line.name] = Sample(**found)
        return taken

    return measure


def visit(own: Cluster, name: str, *, prison: str) -> Visit:
    """A worker of that prison signed in to that database, and what they can ask for."""
    found = children.run(own, name, "web", "visit", prison)
    return Visit(**{**found, "pages": {line: Page(**page) for line, page in found["pages"].items()}})


@contextmanager
def visiting(
    own: Cluster, name: str, visit: Visit, lines: Sequence[Line], effort: Effort
) -> Iterator[Measure]:
    """Our pages of these lines and their probes side by side, each server with two workers."""
    ours = _settings(own, name, visit)
    with ExitStack() as servers:
        site = servers.enter_context(children.site(SITE, ours, first_page="/health"))
        bare = servers.enter_context(children.site(PROBE_SITE, _of_all(ours), first_page="/point"))
        postgres = postmaster(own)

        def measure(_round: int) -> dict[str, Sample]:
            taken = {}
            for line in lines:
                probe = Page(paths=(f"/{line.probe}",))
                taken[beside(line)] = _asked(bare, probe, effort, postgres)
                taken[line.name] = _asked(site, visit.pages[line.name], effort, postgres)
            return taken

        yield measure


def _settings(own: Cluster, name: str, visit: Visit) -> dict[str, str]:
    return children.environment(own, name, "web", TG_BENCH_PERSON=visit.person, TG_BENCH_PRISON=visit.prison)


def _of_all(ours: dict[str, str]) -> dict[str, str]:
    """The settings of a site that asks no permit, and reads what the web role reads with leave for all."""
    web = database.variable("web")
    return ours | {web: f"{ours[web]}&options={quote('-c tg.reach=all')}"}


def beside(line: Line) -> str:
    """What a page's own probe goes by, asked a moment before it: on a shared machine seconds matter."""
    return f"{line.probe} beside {line.name}"


def _asked(site: children.Site, page: Page, effort: Effort, postgres: int) -> Sample:
    load.ask(site.port, page, clients=CLIENTS, seconds=WARM_SECONDS)
    alone = load.ask(site.port, page, clients=1, seconds=effort.alone_seconds)
    app, database = machine.with_children(site.pid), machine.with_children(postgres)
    before = machine.seconds_of(app), machine.seconds_of(database)
    together = load.ask(site.port, page, clients=CLIENTS, seconds=effort.together_seconds)
    spent = machine.seconds_of(app) - before[0], machine.seconds_of(database) - before[1]
    asked = len(together.taken_ms) if machine.tells() else 0
    return Sample(
        value=together.per_second,
        p95_ms=alone.p95_ms,
        app_ms=spent[0] * 1000 / asked if asked else None,
        database_ms=spent[1] * 1000 / asked if asked else None,
        bytes=together.bytes,
        errors=alone.errors + together.errors,
    )


def postmaster(own: Cluster) -> int:
    return int((own.lodgings.data / "postmaster.pid").read_text().split()[0])


def cold(own: Cluster, name: str, visit: Visit) -> Measure:
    """Migrations on an empty database, and a server from nothing to its first page."""
    ours = _settings(own, name, visit)

    def measure(_round: int) -> dict[str, Sample]:
        return {
            "tables": Sample(value=_timed(lambda: _tables(own))),
            "migrate": Sample(value=_timed(lambda: _migrate(own))),
            "bare_start": _started(PROBE_SITE, ours, "/point"),
            "start": _started(SITE, ours, "/sign-in/"),
        }

    return measure


def _started(application: str, settings: dict[str, str], page: str) -> Sample:
    with children.site(application, settings, first_page=page) as site:
        return Sample(value=site.started_in_seconds)


def _migrate(own: Cluster) -> None:
    templates.copy(own, "template0", to=EMPTY)
    templates.migrate(own, EMPTY)


def _tables(own: Cluster) -> None:
    templates.copy(own, "template0", to=EMPTY)
    columns = ", ".join(f"column_{number} text" for number in range(6))
    with own.superuser(EMPTY) as connection:
        connection.execute(f"SET ROLE {roles.OWNER}")
        for number in range(TABLES):
            table = sql.Identifier(f"table_{number}")
            connection.execute(
                sql.SQL("CREATE TABLE {} (id uuid PRIMARY KEY, at timestamptz, " + columns + ")").format(
                    table
                )
            )
            connection.execute(sql.SQL("CREATE INDEX ON {} (at, id)").format(table))
            connection.execute(sql.SQL("CREATE INDEX ON {} (column_1)").format(table))


def _timed(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
