"""The suite's database: a copy of a migrated template, owned by the owner role, used as the web role.

Where `TG_TEST_DATABASE_URL` names a superuser of some PostgreSQL, that is used, so that the suite can be run
on each supported version; else a cluster of this checkout's own.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

import psycopg
from django.db import connection, connections

from throughgate.wiring import cluster, database, demo_database, roles, templates
from throughgate.wiring.templates import Server

PREFIX = "tg_test_"
DEMO_DAY = date(2026, 11, 20)  # a Friday, with the first bank holidays of the winter in reach
# A test looks at what was written without a permit; each door narrows that for the page behind it.
LOOK_AROUND = "-c tg.reach=all"


@dataclass(frozen=True)
class GivenServer:
    """Somebody else's PostgreSQL. Its superuser stands in for each role, since we know no other password."""

    address: str
    name: str = "test"

    def superuser(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(self.address, dbname=database, autocommit=True)

    def url(self, role: str, database: str) -> str:
        base, _, query = self.address.partition("?")
        server = base.rpartition("/")[0] if base.count("/") > 2 else base
        become = "" if role == roles.SUITE else f"options={quote(f'-c role={role}')}"
        return f"{server}/{database}?" + "&".join(part for part in (query, become) if part)


@dataclass(frozen=True)
class SuiteDatabase:
    server: Server
    template: str
    name: str

    def settings(self) -> dict[str, object]:
        parsed = database.parsed(self.server.url(roles.SUITE, self.name))
        options = {**parsed["OPTIONS"], "assume_role": "tg_web", "options": LOOK_AROUND}
        return {**parsed, "CONN_MAX_AGE": 0, "OPTIONS": options}

    def restore(self) -> None:
        """As it was before the first test: a new copy, since most tables refuse delete and truncate."""
        self._copy(self.template)

    def show_demo(self) -> None:
        """The demo, as `./tg demo` makes it; kept, so that a second test waits for no more than a copy."""
        self._copy(demo_database.template(self.server, on=DEMO_DAY))

    def _copy(self, template: str) -> None:
        connections.close_all()
        templates.copy(self.server, template, to=self.name)


@contextmanager
def ready() -> Iterator[SuiteDatabase]:
    with _server() as server:
        with server.superuser() as superuser:
            roles.ensure(superuser)
            roles.ensure_suite(superuser)
            _drop_abandoned(superuser)
        suite = SuiteDatabase(
            server=server, template=templates.migrated(server), name=f"{PREFIX}{os.getpid()}"
        )
        suite.restore()
        yield suite
        connections.close_all()
        with server.superuser() as superuser:
            superuser.execute(f"DROP DATABASE {suite.name} WITH (FORCE)")


@contextmanager
def role(name: str) -> Iterator[None]:
    """The rest of the block runs as tg_web, tg_worker or tg_reports, in the transaction that is open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (before,) = cursor.fetchone()
        cursor.execute(f"SET ROLE tg_{name}")
    yield
    if not connection.needs_rollback:  # else the rollback brings it back
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {before}")


@contextmanager
def _server() -> Iterator[Server]:
    given = os.environ.get("TG_TEST_DATABASE_URL")
    if given:
        yield GivenServer(given)
        return
    own = cluster.open_cluster("test")
    with own.running():
        yield own


def _drop_abandoned(superuser: psycopg.Connection) -> None:
    """Those of runs that were killed. Another run's that is still going is left alone."""
    rows = superuser.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{PREFIX}[0-9]+$"])
    for (name,) in rows.fetchall():
        if not _is_running(int(name.removeprefix(PREFIX))):
            superuser.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _is_running(pid: int) -> bool:
    with suppress(PermissionError):  # it runs, as somebody else
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
    return True
