"""Imports go down only, rules are pure, only the doors write the audit: the contracts of pyproject.toml."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
# Where something is planted, what, and by which words the contracts complain of it.
PLANTED = {
    "an import upward": (
        "people/rules.py",
        "import throughgate.record.rules",
        "throughgate.people is not allowed to import throughgate.record",
    ),
    "an import sideways": (
        "treatment/concern.py",
        "import throughgate.custody.queries",
        "throughgate.treatment is not allowed to import throughgate.custody",
    ),
    "a package on no floor": ("attic/__init__.py", "", "attic"),
    "a rule that knows Django": ("access/rules.py", "import django.db", "throughgate.access.rules -> django"),
    "a rule that reads the clock": (
        "custody/rules/dates.py",
        "import throughgate.foundation.clock",
        "throughgate.custody.rules.dates -> throughgate.foundation.clock",
    ),
    "a page that writes the audit": (
        "pages/names.py",
        "import throughgate.audit.actions",
        "throughgate.pages.names -> throughgate.audit.actions",
    ),
}


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(root), "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_program_keeps_its_floors() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def complaint(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the contracts say of a copy of the program with everything planted at once."""
    copy = tmp_path_factory.mktemp("copy")
    without = shutil.ignore_patterns("__pycache__", "static", "migrations")
    shutil.copytree(ROOT / "throughgate", copy / "throughgate", ignore=without)
    shutil.copy(ROOT / "pyproject.toml", copy)
    for place, line, _ in PLANTED.values():
        path = copy / "throughgate" / place
        path.parent.mkdir(exist_ok=True)
        source = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(f"{source}\n{line}\n", encoding="utf-8")
    done = lint(copy)
    assert done.returncode != 0
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("what", PLANTED)
def test_what_is_planted_is_caught(what: str, complaint: str) -> None:
    assert PLANTED[what][2] in complaint
