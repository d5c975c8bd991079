"""A PostgreSQL of this checkout's own: made on first use, started, shared, stopped by whoever leaves last.

It listens on a socket in a private folder and nowhere else. It is for demo, tests and benches, whose data can
be made again; a real installation names its own database by DATABASE_URL.
"""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from throughgate.wiring import account as accounts
from throughgate.wiring import lodgings, postgres, roles
from throughgate.wiring.account import Account, CommandFailed
from throughgate.wiring.locks import Users, alone
from throughgate.wiring.lodgings import SOCKET_NAME, Lodgings
from throughgate.wiring.places import VAR
from throughgate.wiring.postgres import Programs

SUPERUSER = "postgres"
PATIENCE_SECONDS = 60  # for a start or stop on a busy machine

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "max_wal_size": "4GB",  # a large extract wrote whole pages again after each of many checkpoints
    "checkpoint_timeout": "15min",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# Data that may vanish in a power cut, for tests that make it anew each time.
FLEETING = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}
KINDS = {"demo": SETTINGS, "bench": SETTINGS, "test": SETTINGS | FLEETING}


@dataclass
class Cluster:
    name: str  # one of KINDS
    programs: Programs
    account: Account
    lodgings: Lodgings
    users: Users = field(init=False)

    def __post_init__(self) -> None:
        self.users = Users(VAR / "locks" / f"{self.name}.users")

    def url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.lodgings.socket), safe='')}"

    def superuser(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(self.url(SUPERUSER, database), autocommit=True, connect_timeout=10)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Started, or joined where it runs already; stopped afterwards, unless another process uses it."""
        try:
            self._join()
            yield
        finally:
            self._leave()

    def is_shared(self) -> bool:
        """Whether another process uses it too."""
        with self._alone():
            return self.users.are_others()

    def _join(self) -> None:
        with self._alone():
            self.users.join()
            if not self._answers():
                self._clear_leftovers()
                self._provide_data()
                self._start()
            with self.superuser() as connection:
                roles.ensure(connection)

    def _leave(self) -> None:
        with self._alone():
            if self.users.leave() and self._is_alive():
                self._stop()

    def _stop(self) -> None:
        try:
            self._pg_ctl("stop", "-m", "fast")
        except CommandFailed:
            if self._is_alive():  # else it was being killed as we asked
                raise

    def _alone(self) -> AbstractContextManager[None]:
        return alone(VAR / "locks" / f"{self.name}.start")

    def _pg_ctl(self, *arguments: str) -> None:
        program = str(self.lodgings.programs / "pg_ctl")
        self.account.run(
            program, "-D", str(self.lodgings.data), "-w", "-t", str(PATIENCE_SECONDS), *arguments
        )

    def _answers(self) -> bool:
        """Waits while it is starting up or shutting down."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < give_up:
            try:
                self.superuser().close()
            except psycopg.OperationalError:
                if not self._is_alive():
                    return False
                time.sleep(0.1)
            else:
                return True
        raise CommandFailed(f"PostgreSQL does not answer; the end of {self.lodgings.log} may say why.")

    def _is_alive(self) -> bool:
        try:
            pid = int((self.lodgings.data / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return False
        return _runs_on(pid, self.lodgings.data)

    def _clear_leftovers(self) -> None:
        """Of a server that was killed: PostgreSQL takes whoever has its number now, or its zombie, for it.

        Its own guard against a second server on the same data goes with them, so nobody may be left there.
        """
        give_up = time.monotonic() + PATIENCE_SECONDS
        while _is_worked_in(self.lodgings.data) and time.monotonic() < give_up:
            time.sleep(0.1)
        self.account.remove(self.lodgings.data / "postmaster.pid")
        self.account.remove(self.lodgings.socket / f"{SOCKET_NAME}.lock")

    def _provide_data(self) -> None:
        data = self.lodgings.data
        if data.exists() and not self._is_sound():
            print(
                f"The {self.name} database was left by another version or half made; making it anew.",
                flush=True,
            )
            self.account.remove(data)
        if not data.exists():
            self._initialise()
        self.account.write(data / "postgresql.auto.conf", self._settings())
        self.account.write(data / "pg_hba.conf", "local all all peer map=throughgate\n")
        self.account.write(data / "pg_ident.conf", self._who_may_be_whom())

    def _is_sound(self) -> bool:
        data = self.lodgings.data
        try:
            made_by = (data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            return False
        return made_by == str(self.programs.major) and (data / "global" / "pg_control").exists()

    def _initialise(self) -> None:
        """Renamed when complete, so that a killed one is never taken for a database."""
        unfinished = self.lodgings.home / "data.unfinished"
        self.account.remove(unfinished)
        initdb = str(self.lodgings.programs / "initdb")
        options = ("-U", SUPERUSER, "-E", "UTF8", *self.programs.locale, "--auth=peer", "--no-sync")
        self.account.run(initdb, "-D", str(unfinished), *options)
        self.account.run("mv", str(unfinished), str(self.lodgings.data))

    def _settings(self) -> str:
        folder = str(self.lodgings.socket).replace("'", "''")
        lines = [f"{name} = '{value}'" for name, value in KINDS[self.name].items()]
        return "\n".join([*lines, f"unix_socket_directories = '\"{folder}\"'", ""])

    def _who_may_be_whom(self) -> str:
        """The user who runs ./tg, and PostgreSQL's own, may be each of our roles; nobody else may be any."""
        people = sorted({self.account.name, accounts.me().name})
        names = (SUPERUSER, *roles.NAMES, roles.SUITE)
        return "".join(f'throughgate "{person}" {role}\n' for person in people for role in names)

    def _start(self) -> None:
        try:
            self._pg_ctl("start", "-s", "-l", str(self.lodgings.log))
        except CommandFailed as failure:
            said = self.account.run("tail", "-n", "5", str(self.lodgings.log)).strip()
            raise CommandFailed(f"PostgreSQL did not start. It said:\n{said or failure}") from failure


def open_cluster(name: str) -> Cluster:
    """The cluster of that name, not yet started."""
    programs = postgres.find()
    account = accounts.for_database()
    return Cluster(
        name=name,
        programs=programs,
        account=account,
        lodgings=lodgings.provide(name, account=account, programs=programs),
    )


def _runs_on(pid: int, data: Path) -> bool:
    """Whether that process is a PostgreSQL on that data."""
    try:
        said = Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return False
        said = subprocess.run(
            ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, check=False
        ).stdout
    return os.fsencode(data) in said


def _is_worked_in(data: Path) -> bool:
    """Whether any process is in that folder, as each of PostgreSQL's is; where /proc tells."""
    for cwd in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):  # it ended meanwhile, or is none of ours
            if cwd.readlink() == data:
                return True
    return False
