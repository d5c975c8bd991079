"""The demo's database: made once a day from a template, then kept for as long as the day lasts."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from psycopg import sql

from throughgate.foundation import clock
from throughgate.wiring import cluster as clusters
from throughgate.wiring import database, templates
from throughgate.wiring.cluster import Cluster
from throughgate.wiring.locks import alone
from throughgate.wiring.places import ROOT, VAR
from throughgate.wiring.templates import Server

NAME = "tg_demo"
TEMPLATE = "tg_demo_template_"


@contextmanager
def running(*, made_anew: bool = False) -> Iterator[dict[str, str]]:
    """Started, with today's demo in it. Yields the environment that makes settings use it."""
    own = clusters.open_cluster("demo")
    with own.running():
        with alone(VAR / "locks" / "demo.making"):
            _provide(own, on=clock.today(), made_anew=made_anew)
        yield {**database.urls(own.url, NAME), "TG_MODE": "demo"}


def template(server: Server, *, on: date) -> str:
    """The name of a database with the demo as it is on that day; made when there is none."""
    name = _name(on)
    if not templates.exists(server, name):
        started = time.monotonic()
        print("Making the tables ...", flush=True)
        migrated = templates.migrated(server)
        print(f"Loading the demo's invented people, as they are on {on.day} {on:%B %Y} ...", flush=True)
        templates.ensure(server, name, base=migrated, fill=lambda unfilled: _load(server, unfilled, on))
        templates.drop_others(server, prefix=TEMPLATE, keep=name)
        print(f"Made in {time.monotonic() - started:.0f} s.", flush=True)
    return name


def _provide(own: Cluster, *, on: date, made_anew: bool) -> None:
    """Never replaced under somebody who is using it, such as a demo that runs past midnight."""
    wanted = _name(on)
    made_from = _made_from(own)
    if made_from and own.is_shared():
        return
    if made_from == wanted and not made_anew:
        return
    templates.copy(own, template(own, on=on), to=NAME)
    with own.superuser() as connection:
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(NAME), wanted))


def _name(on: date) -> str:
    return f"{TEMPLATE}{templates.fingerprint(_files())}_{on:%Y%m%d}"


def _load(server: Server, name: str, on: date) -> None:
    templates.run_django(server, name, "worker", "-m", "throughgate.wiring.demo_loading", on.isoformat())


def _made_from(own: Cluster) -> str | None:
    with own.superuser() as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [NAME]
        ).fetchone()
    return row[0] if row else None


def _files() -> list[Path]:
    """What the demo is made of, the code that brings it in included; the code that draws pages is not."""
    code = sorted((ROOT / "throughgate").rglob("*.py"))
    return [
        *templates.migration_files(),
        *(path for path in code if "pages" not in path.parts and "commands" not in path.parts),
        *sorted((ROOT / "data").rglob("*")),
    ]
