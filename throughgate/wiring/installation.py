"""Installs what a command needs into .venv, once for each change of a lock file.

Runs on a Python that has nothing but itself, so it imports nothing but the standard library.
"""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

from throughgate.foundation.errors import Refused
from throughgate.wiring.locks import alone
from throughgate.wiring.places import REQUIREMENTS, VAR, VENV

PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "installed"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")  # where Debian keeps whom this machine trusts


class NotInstalled(Refused):
    """What a command needs could not be installed."""


def prepare(names: tuple[str, ...]) -> None:
    """Goes on in .venv with those lock files installed; where they were not, starts this command again."""
    if _is_in_venv() and not _missing(names):
        return
    with alone(VAR / "install.lock"):
        _install(names if not _is_in_venv() else _missing(names))
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), "-P", "-m", "throughgate", *sys.argv[1:]])  # noqa: S606 - no shell is wanted


def _is_in_venv() -> bool:
    """Else .venv is missing or broken: ./tg tries its Python first."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def _missing(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if _stamp(name) != _wanted(name))


def _install(names: tuple[str, ...]) -> None:
    """A stamp is written last, so an install that was killed is done again."""
    if not names:
        return
    started = time.monotonic()
    _make_venv()
    locks = [REQUIREMENTS / f"{name}.lock" for name in names]
    count = len({line.split("==")[0] for lock in locks for line in _pins(lock)})
    print(f"Installing {count} packages ({', '.join(names)}) into .venv ...", flush=True)
    if not (_has_uv() and _pip_install([PYTHON, "-m", "uv", "pip", "install", "--python", PYTHON], locks)):
        print("Installing with plain pip, which takes a minute or two ...", flush=True)
        if not _pip_install([PYTHON, "-m", "pip", "install"], locks):
            raise NotInstalled(
                "The packages could not be installed; the reason stands above. Check the network, "
                "or name a mirror or proxy in pip's own settings, and run the same command again."
            )
    STAMPS.mkdir(exist_ok=True)
    for name in names:
        (STAMPS / name).write_text(_wanted(name))
    print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)


def _make_venv() -> None:
    """One whose pip does not work was left half made, or its Python has gone: it is made anew."""
    if _answers([PYTHON, "-m", "pip", "--version"]):
        return
    print("Making a Python environment in .venv ...", flush=True)
    base = Path(getattr(sys, "_base_executable", sys.executable))
    made = subprocess.run([base, "-m", "venv", "--clear", VENV], check=False, env=_environment())
    if made.returncode:
        raise NotInstalled(
            "Python could not make an environment; the reason stands above. "
            "On Debian or Ubuntu its venv module is a package of its own: apt-get install python3-venv"
        )


def _has_uv() -> bool:
    """uv installs several times faster than pip; without it everything works the same."""
    name = "bootstrap"
    if _stamp(name) == _wanted(name):
        return True
    if not _pip_install([PYTHON, "-m", "pip", "install", "--quiet"], [REQUIREMENTS / f"{name}.lock"]):
        return False
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(_wanted(name))
    return True


def _pip_install(command: list[str | Path], locks: list[Path]) -> bool:
    wanted = [part for lock in locks for part in ("-r", lock)]
    done = subprocess.run([*command, "--require-hashes", *wanted], check=False, env=_environment())
    return done.returncode == 0


def _answers(command: list[str | Path]) -> bool:
    try:
        done = subprocess.run(command, check=False, capture_output=True, env=_environment())
    except OSError:  # not there, or in a folder that this user cannot enter
        return False
    return done.returncode == 0


def _environment() -> dict[str, str]:
    """The user's own, so that their mirror, proxy and certificates hold for pip and uv alike."""
    environment = {
        name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PIP_USER"}
    }
    environment["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    if "SSL_CERT_FILE" in environment:  # uv's name for it; older pips know only their own
        environment.setdefault("PIP_CERT", environment["SSL_CERT_FILE"])
    elif CERTIFICATES.exists():  # uv else trusts only those it brings, and not a network's own
        environment.setdefault("UV_SYSTEM_CERTS", "1")
    return environment


def _stamp(name: str) -> str:
    path = STAMPS / name
    return path.read_text() if path.exists() else ""


def _wanted(name: str) -> str:
    """Changes with the lock file and with the Python in .venv, which the machine may have upgraded."""
    lock = (REQUIREMENTS / f"{name}.lock").read_bytes()
    return f"{hashlib.sha256(lock).hexdigest()} python{sys.version_info.major}.{sys.version_info.minor}"


def _pins(lock: Path) -> list[str]:
    return [
        line for line in lock.read_text().splitlines() if "==" in line and not line.startswith((" ", "#"))
    ]
