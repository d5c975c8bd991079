"""Who PostgreSQL runs as, and what is done in that user's name.

PostgreSQL refuses to run as root. Then an unprivileged user of the machine runs it, in folders of its own,
because that user cannot reach a clone under root's private home. Nothing else of the machine is changed.
"""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from throughgate.foundation.errors import Refused

CANDIDATES = ("postgres", "nobody")


class CommandFailed(Refused):
    """A program of PostgreSQL ended with an error."""


@dataclass(frozen=True)
class Account:
    """A user of the machine."""

    name: str
    uid: int
    gid: int
    is_me: bool

    def run(self, *command: str, text: str = "") -> str:
        """Runs a program as this user and returns what it printed; `text` is its standard input.

        Raises: CommandFailed, with what it said.
        """
        other = {} if self.is_me else {"user": self.uid, "group": self.gid, "extra_groups": []}
        done = subprocess.run(
            command,
            input=text,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",  # this user may not be able to enter the folder we are in
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},  # and no PG* of the caller's
            **other,  # type: ignore[call-overload] # one of user=, group= and extra_groups=, or none of them
        )
        if done.returncode:
            raise CommandFailed(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()}")
        return str(done.stdout)

    def make_private(self, folder: Path) -> None:
        """A folder that this user alone, and root, can enter."""
        self.run("mkdir", "-p", "-m", "0700", str(folder))

    def write(self, path: Path, text: str) -> None:
        self.run("sh", "-c", 'cat > "$1"', "sh", str(path), text=text)

    def remove(self, path: Path) -> None:
        self.run("rm", "-rf", str(path))


def me() -> Account:
    return _account(_name(os.getuid()), is_me=True)


def for_database() -> Account:
    """Me; as root, the first unprivileged user that this machine has."""
    if os.getuid() != 0:
        return me()
    for name in CANDIDATES:
        try:
            return _account(name, is_me=False)
        except KeyError:
            continue
    raise Refused(f"PostgreSQL does not run as root, and this machine has no user {' or '.join(CANDIDATES)}.")


def _account(name: str, *, is_me: bool) -> Account:
    entry = pwd.getpwnam(name)
    return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid, is_me=is_me)


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError as error:
        raise Refused(
            f"The user number {uid} has no name on this machine, and PostgreSQL wants one. "
            "Run as a user that is in /etc/passwd."
        ) from error
