"""The pages of docs/reference that are made from the code and its tables, so that none of them goes stale.

Each is made by a module with `page() -> str`, without a database. Pages written by hand stand beside them.
"""

import importlib
import os
from pathlib import Path

from throughgate.foundation.errors import Refused
from throughgate.wiring import connected
from throughgate.wiring.places import ROOT

FOLDER = ROOT / "docs" / "reference"
MADE = "<!-- Made by `./tg reference` from the code and its tables; do not edit by hand. -->\n\n"
MAKERS = (
    *("access", "api", "code_sets", "commands", "kinds_and_categories"),
    *("instruments", "licences", "prisoner_search", "question_bank"),
    *("states", "staying_safe", "steps", "tables"),
)


def check() -> list[str]:
    """What is not in step; empty when all is."""
    if undeclared := _undeclared():
        return undeclared
    made = pages()
    left_over = [f"docs/reference/{name} is made by nothing any more." for name in _left_over(made)]
    return [*(f"docs/reference/{name} is out of step." for name in _stale(made)), *left_over]


def write() -> list[Path]:
    """The pages that were out of step, now in step; one that nothing makes any more is gone.

    Raises: Refused where data/personal_columns.csv is wrong about a column, since a page repeats it.
    """
    if undeclared := _undeclared():
        raise Refused("\n".join(undeclared))
    made = pages()
    stale, left_over = _stale(made), _left_over(made)
    for name in stale:
        (FOLDER / name).write_text(made[name], encoding="utf-8")
    for name in left_over:
        (FOLDER / name).unlink()
    return [FOLDER / name for name in (*stale, *left_over)]


def pages() -> dict[str, str]:
    """The text of each page by its file name."""
    _set_up()
    from throughgate.exchange.inbound import treatment_reference  # noqa: PLC0415 - once Django is set up

    made = {f"{maker.replace('_', '-')}.md": MADE + _page(maker) for maker in MAKERS}
    # Says itself what it is made from, and the tests of its format hold the file to exactly that.
    return {**made, "treatment-columns.md": treatment_reference.treatment_columns_page()}


def _page(maker: str) -> str:
    text: str = importlib.import_module(f"{__name__}.{maker}").page()
    return text


def _undeclared() -> list[str]:
    _set_up()
    from throughgate.wiring.reference import personal  # noqa: PLC0415 - once Django is set up

    return personal.problems(personal.declared(), personal.columns())


def _stale(made: dict[str, str]) -> list[str]:
    return [name for name, text in made.items() if _kept(name) != text]


def _left_over(made: dict[str, str]) -> list[str]:
    """Pages that carry our line and that no maker makes; those written by hand do not carry it."""
    found = sorted(path.name for path in FOLDER.glob("*.md"))
    return [name for name in found if name not in made and _kept(name).startswith(MADE)]


def _kept(name: str) -> str:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _set_up() -> None:
    """Models can be looked at in any mode, and without a database."""
    from django.apps import apps  # noqa: PLC0415 - not there until installed

    if not apps.ready:
        os.environ.setdefault("TG_MODE", "check")
        connected.set_up("web")
