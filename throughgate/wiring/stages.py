"""The steps of `./tg check` and `./tg test`: each is a program with a name; the first that fails ends it."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass

from throughgate.foundation.errors import Refused
from throughgate.wiring import database
from throughgate.wiring.connected import SETTINGS
from throughgate.wiring.places import ROOT, VAR


class StageFailed(Refused):
    """What it found stands above."""


# A change is checked and tested without looking at what this machine is configured to serve.
CONFIGURED = {*database.VARIABLES, "DJANGO_SETTINGS_MODULE", "TG_DB_ROLE"}


@dataclass(frozen=True)
class Stage:
    name: str
    arguments: tuple[str, ...]  # of this Python
    advice: str  # what to do when it fails


FORMAT = Stage(
    "format",
    ("-m", "ruff", "format", "--check", "--output-format", "concise", "."),
    "Run .venv/bin/ruff format .",
)
LINT = Stage(
    "lint", ("-m", "ruff", "check", "."), "Correct it; .venv/bin/ruff check --fix . does some of it."
)
TYPES = Stage("types", ("-m", "mypy"), "Correct it.")
WALLS = Stage(
    "walls",
    ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-logo"),
    "An import goes up or sideways, or a rule is not pure: pyproject.toml draws the floors.",
)
MIGRATIONS = Stage(
    "migrations",
    ("-W", "error", "-m", "django", "makemigrations", "--check", "--dry-run", "--settings", SETTINGS),
    "The models have changed and their migration is missing: django-admin makemigrations writes it.",
)
# Each names a module whose check() says what is not in step.
IN_STEP = "import sys; from throughgate.wiring import {} as kept; sys.exit(chr(10).join(kept.check()) or 0)"
DOCUMENTS = Stage(
    "documents",
    ("-c", IN_STEP.format("reference")),
    "What they are made from has changed: ./tg reference writes them.",
)
MESSAGES = Stage(
    "messages",
    ("-c", IN_STEP.format("messages")),
    "Strings were added or changed: ./tg messages writes the catalogue.",
)
FORMS = Stage(
    "forms",
    ("-c", IN_STEP.format("shipped")),
    "Answers stay with the version they were given to; docs/how-to/add-an-instrument.md says how to go on.",
)
BEFORE_TESTS = (FORMAT, LINT, TYPES, WALLS)
ALL = (*BEFORE_TESTS, MIGRATIONS, DOCUMENTS, MESSAGES, FORMS)


def run(stages: tuple[Stage, ...]) -> None:
    """Raises: StageFailed."""
    for stage in stages:
        started = time.monotonic()
        print(f"--- {stage.name}", flush=True)
        if run_python(*stage.arguments):
            raise StageFailed(f"{stage.name} failed; what it found stands above. {stage.advice}")
        print(f"    {stage.name} is good ({time.monotonic() - started:.1f} s)", flush=True)


def run_python(*arguments: str, **told: str) -> int:
    """With what it is told beside in its environment."""
    VAR.mkdir(exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if name not in CONFIGURED}
    environment |= {"TG_MODE": "check", "PYTHONPATH": str(ROOT), **told}
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=False).returncode
