"""Walls that show in the source, each shown to catch what it is for on a module planted for the purpose."""

import ast
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, Module, modules, planted
from throughgate.access import policy
from throughgate.assessment import instruments
from throughgate.foundation import codesets

Wall = Callable[[Sequence[Module]], Iterator[str]]

PERMITS = {"Permit", "ListPermit", "CohortPermit", "FeedPermit", "ReviewPermit", "TimerPermit"}


def permits_made_outside_access(tree: Sequence[Module]) -> Iterator[str]:
    """A permit is leave because only the door makes one; changing a field of one is making one.

    By another name one would be made unseen.
    """
    for module in tree:
        for node in ast.walk(module.tree):
            for alias in node.names if isinstance(node, ast.ImportFrom) else ():
                if alias.name in PERMITS and alias.asname:
                    yield f"{module.name} calls {alias.name} {alias.asname}"
        for called, call in module.calls():
            makes = called.rpartition(".")[2] in PERMITS
            changes = called.rpartition(".")[2] == "replace" and "permit" in _first(call)
            if (makes or changes) and module.context != "access":
                yield f"{module.at(call)} makes a permit by {called}"


def _first(call: ast.Call) -> str:
    return ast.unparse(call.args[0]).lower() if call.args else ""


DESCRIBES = "throughgate.wiring.reference."  # the pages that describe every table


def models_of_others(tree: Sequence[Module]) -> Iterator[str]:
    """A context's tables are its own. Bodies hang on the spine's base class, which is no table."""
    for module in tree:
        for name in module.imports():
            found = re.match(r"throughgate\.(\w+)\.models(\.|$)", name)
            if found and found[1] != module.context and not module.name.startswith(DESCRIBES):
                yield f"{module.name} imports {name}"


PURE_ENOUGH = re.compile(r"throughgate\.(foundation\.(?!clock)|\w+\.rules(\.|$))")


def rules_that_are_not_pure(tree: Sequence[Module]) -> Iterator[str]:
    """Rules take facts and give decisions: the standard library, the foundation and rules further down."""
    for module in tree:
        if not re.match(r"throughgate\.\w+\.rules(\.|$)", module.name):
            continue
        for name in module.imports():
            if name.split(".")[0] not in sys.stdlib_module_names and not PURE_ENOUGH.match(name):
                yield f"{module.name} imports {name}"


CLOCKS = re.compile(
    r"(datetime|date|timezone|time|django\.utils\.timezone)\.(now|today|utcnow|localdate|localtime|time|time_ns)"
)
SQL_CLOCKS = re.compile(
    r"\b(now\(\)|current_(date|time|timestamp)|(clock|statement)_timestamp\(\))", re.IGNORECASE
)
# Ids sort by when they were made; everything else is told the time.
MAY_READ_THE_CLOCK = {"throughgate.foundation.clock", "throughgate.foundation.ids"}


def clocks(tree: Sequence[Module]) -> Iterator[str]:
    """One place asks what time it is, the database included; else `on=` and `at=` could be told a lie."""
    for module in tree:
        if module.name in MAY_READ_THE_CLOCK:
            continue
        for called, call in module.calls():
            stamps = {word.arg for word in call.keywords} & {"auto_now", "auto_now_add"}
            if CLOCKS.fullmatch(called) or stamps or called.rpartition(".")[2] == "Now":
                yield f"{module.at(call)} reads the clock by {called}"
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _asks_in_sql(node.value):
                yield f"{module.at(node)} asks the database for the time"


def _asks_in_sql(text: str) -> bool:
    return bool(re.search(r"\b(SELECT|INSERT|UPDATE|DELETE|WHERE)\b", text) and SQL_CLOCKS.search(text))


def code_sets_that_are_not_there(tree: Sequence[Module]) -> Iterator[str]:
    """A code set named in Python stands in `data/code_sets`, or beside access or the instruments."""
    beside = (policy.ACCESS, instruments.INSTRUMENTS)
    known = {*codesets.names(), *(name for folder in beside for name in codesets.names(folder=folder))}
    for module in tree:
        for called, call in module.calls():
            named = call.args[0] if called.endswith("code_set") and call.args else None
            if isinstance(named, ast.Constant) and named.value not in known:
                yield f"{module.at(call)} names the code set {named.value!r}"


MAY_SPEAK = {
    "throughgate.exchange.issuers": "asks an organisation's own sign-in whom it vouches for",
    "throughgate.wiring.server": "asks the server it started whether it answers",
    "throughgate.wiring.bench.load": "asks the server it started for pages, to see how fast it is",
}
OUTWARD = {"aiohttp", "httpx", "requests", "smtplib", "urllib3", "ftplib", "paramiko", "boto3"}


def what_could_leave_the_building(tree: Sequence[Module]) -> Iterator[str]:
    """Only the letterbox will speak to other machines, by its outbox; there is none yet."""
    for module in tree:
        for name in module.imports():
            is_client = name.split(".")[0] in OUTWARD or name.startswith(
                ("urllib.request", "http.client", "django.core.mail")
            )
            if is_client and module.name not in MAY_SPEAK:
                yield f"{module.name} imports {name}"


def pages_that_read_tables(tree: Sequence[Module]) -> Iterator[str]:
    """Pages ask queries and actions; no statement of SQL and no model stands in them."""
    for module in tree:
        if module.context not in {"pages", "api"}:
            continue
        for name in module.imports():
            if name.startswith("django.db") or re.match(r"throughgate\.\w+\.models", name):
                yield f"{module.name} imports {name}"


EXCUSES = {
    "Refused",
    "NotDone",
    "NotKept",
    "Overtaken",
    "NotFound",
    "ValueError",
    "KeyError",
    "CodeSetError",
    "ValidationError",
}


def pages_that_swallow(tree: Sequence[Module]) -> Iterator[str]:
    """Pages catch what is fit to be shown, and what a form or address may hold; anything else is a bug."""
    for module in tree:
        if module.context not in {"pages", "api"}:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ExceptHandler):
                caught = set(re.findall(r"\w+", ast.unparse(node.type))) if node.type else {"everything"}
                if not caught <= EXCUSES:
                    yield f"{module.name} line {node.lineno} catches {', '.join(sorted(caught - EXCUSES))}"


WALLS: dict[str, tuple[Wall, dict[str, str]]] = {
    "permits are made by access alone": (
        permits_made_outside_access,
        {"pages/everyone/views.py": "from throughgate.foundation.permits import Permit\nPermit(id=1)"},
    ),
    "no permit has another name": (
        permits_made_outside_access,
        {"pages/everyone/views.py": "from throughgate.foundation.permits import Permit as P\nP(id=1)"},
    ),
    "no permit is widened": (
        permits_made_outside_access,
        {"record/actions.py": "def add(permit):\n    return replace(permit, read_restricted=True)"},
    ),
    "models stay in their context": (
        models_of_others,
        {"exchange/actions.py": "from throughgate.record.models import Entry"},
    ),
    "rules are pure": (
        rules_that_are_not_pure,
        {"custody/rules/dates.py": "from throughgate.foundation import clock"},
    ),
    "rules ask no database": (
        rules_that_are_not_pure,
        {"access/rules.py": "from django.db import connection"},
    ),
    "only foundation.clock reads the clock": (
        clocks,
        {"custody/derived.py": "from datetime import date\nTODAY = date.today()"},
    ),
    "no column is stamped by itself": (
        clocks,
        {"custody/models.py": "from django.db import models\nAT = models.DateTimeField(auto_now_add=True)"},
    ),
    "no query asks for the time": (
        clocks,
        {"custody/queries.py": "from django.db.models import functions\nOPEN = functions.Now()"},
    ),
    "the database is not asked for the time": (
        clocks,
        {"access/actions.py": 'OPEN = "SELECT id FROM access_relationship WHERE closed_on > current_date"'},
    ),
    "code sets named exist": (
        code_sets_that_are_not_there,
        {"custody/intake.py": 'code_set("movement_raisins")'},
    ),
    "nothing leaves but by an outbox": (
        what_could_leave_the_building,
        {"pages/person/views.py": "from urllib.request import urlopen"},
    ),
    "pages read no table": (
        pages_that_read_tables,
        {"pages/person/views.py": "from django.db import connection"},
    ),
    "pages swallow nothing": (
        pages_that_swallow,
        {"pages/person/views.py": "try:\n    pass\nexcept Exception:\n    pass"},
    ),
}


@pytest.mark.parametrize(("wall", "_planted"), WALLS.values(), ids=WALLS)
def test_the_wall_stands(wall: Wall, _planted: dict[str, str]) -> None:
    assert list(wall(modules())) == []


@pytest.mark.parametrize(("wall", "sources"), WALLS.values(), ids=WALLS)
def test_what_is_planted_is_caught(wall: Wall, sources: dict[str, str], tmp_path: Path) -> None:
    assert len(list(wall(planted(tmp_path, sources)))) == 1


def test_the_walls_read_the_whole_program() -> None:
    names = {module.name for module in modules()}
    assert {
        "throughgate.record.actions",
        "throughgate.custody.rules.stays",
        "throughgate.wiring.cli",
    } <= names
    assert ROOT.joinpath("throughgate").is_dir()
