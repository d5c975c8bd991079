"""Databases kept to be copied: migrated once for each set of migrations, copied in no time."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import LiteralString, Protocol

from psycopg import Connection, sql

from throughgate.foundation.errors import Refused
from throughgate.wiring import database, roles
from throughgate.wiring.locks import alone
from throughgate.wiring.places import REQUIREMENTS, ROOT, VAR

MIGRATED = "tg_migrated_"


class Server(Protocol):
    """A cluster of our own, or one that was given to the suite."""

    @property
    def name(self) -> str: ...  # demo, test or bench

    def superuser(self, database: str = "postgres") -> Connection: ...

    def url(self, role: str, database: str) -> str: ...


def migrated(server: Server) -> str:
    """The name of a database with every migration applied and nothing else in it."""
    name = MIGRATED + fingerprint(migration_files())
    ensure(server, name, base="template0", fill=lambda database: migrate(server, database))
    drop_others(server, prefix=MIGRATED, keep=name)
    return name


def migration_files() -> list[Path]:
    """The lock file stands for the migrations of Django and of other packages."""
    return [*sorted(ROOT.glob("throughgate/*/migrations/*")), REQUIREMENTS / "runtime.lock", roles.SQL]


def fingerprint(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(ROOT)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def ensure(server: Server, name: str, *, base: str, fill: Callable[[str], None]) -> None:
    """Renamed when complete, so that one killed half way is never copied."""
    with alone(VAR / "locks" / f"{server.name}.templates"):
        if exists(server, name):
            return
        unfinished = f"{name}_unfinished"
        copy(server, base, to=unfinished)
        fill(unfinished)
        with server.superuser() as connection:
            _run(connection, "ALTER DATABASE {} RENAME TO {}", unfinished, name)


def exists(server: Server, name: str) -> bool:
    with server.superuser() as connection:
        return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def copy(server: Server, base: str, *, to: str) -> None:
    """Replaces the database `to`, whoever is connected to it."""
    with server.superuser() as connection:
        _run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", to)
        _run(connection, "CREATE DATABASE {} TEMPLATE {} OWNER {}", to, base, roles.OWNER)


def drop_others(server: Server, *, prefix: str, keep: str) -> None:
    """Those that an earlier version or day left behind."""
    with alone(VAR / "locks" / f"{server.name}.templates"), server.superuser() as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        for (name,) in rows.fetchall():
            if name != keep:
                _run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def migrate(server: Server, name: str) -> None:
    """Raises: Refused, with what Django said, when a migration fails."""
    run_django(server, name, "owner", "-m", "throughgate.wiring.migrating")


def run_django(server: Server, name: str, role: str, *arguments: str) -> None:
    """Another Python, because Django is one role of one database for as long as a process lives."""
    environment = {
        **os.environ,
        **database.urls(server.url, name),
        "TG_MODE": server.name,
        "TG_DB_ROLE": role,
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-P", *arguments], env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise Refused(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}".strip())


def _run(connection: Connection, statement: LiteralString, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
