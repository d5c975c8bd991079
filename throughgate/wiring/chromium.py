"""Debian's Chromium, which the journeys drive: found, and on a machine of root's own installed."""

import os
import shutil
import subprocess
from pathlib import Path

from throughgate.foundation.errors import Refused

NAMES = ("chromium", "chromium-browser", "google-chrome")
UPDATE = ("apt-get", "update")
INSTALL = ("apt-get", "install", "-y", "--no-install-recommends", "chromium")
MISSING = f"Browser tests need Chromium. On Debian or Ubuntu: {' '.join(UPDATE)} && {' '.join(INSTALL)}"


class NoBrowser(Refused):
    """Browser tests were asked for, and there is no browser."""


def path() -> str | None:
    """Where it is. `TG_CHROMIUM` names another."""
    found = (shutil.which(name) for name in NAMES)
    return os.environ.get("TG_CHROMIUM") or next((each for each in found if each), None)


def is_required() -> bool:
    return os.environ.get("TG_BROWSER") == "required"


def provide() -> None:
    """Raises: NoBrowser when it is required and cannot be had."""
    if path():
        return
    if os.getuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get"):
        print("Browser tests need Chromium, which is missing: installing it by apt-get ...", flush=True)
        for command in (UPDATE, INSTALL):
            quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(command, check=False, env=quietly, stdout=subprocess.DEVNULL)
    if not path() and is_required():
        raise NoBrowser(MISSING)
    if not path():
        print(f"{MISSING}\nUntil then they are skipped.", flush=True)
