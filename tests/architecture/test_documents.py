"""Walls around the documents: links lead somewhere, decisions keep their form, the tour names what is there.

Each wall is a function that lists what breaks it, tried on the project and on a planted breach.
"""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = {".venv", "var", "node_modules"}
DOCUMENTS = [
    path
    for path in sorted(ROOT.rglob("*.md"))
    if not any(part in LEFT_OUT or part.startswith(".") for part in path.relative_to(ROOT).parts[:-1])
]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
TOUR = ROOT / "docs" / "tour.md"

CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
ELSEWHERE = ("http://", "https://", "mailto:")
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
DATED = re.compile(r"^\d{4}-\d{2}-\d{2} · (accepted|superseded by )", re.MULTILINE)
NAMED_FILE = re.compile(r"`([\w/.-]+\.(?:py|sql|toml|csv|md))`")
PARTS = ["Context", "Options", "Decision", "Consequences"]
LONGEST = 45  # lines: a page
SHORTEST = 20  # below it a README of a context leaves something out


def broken_links(document: Path, text: str) -> list[str]:
    """Relative links that lead nowhere, or to a heading that is not there."""
    targets = [link for link in LINK.findall(CODE.sub("", text)) if not link.startswith(ELSEWHERE)]
    return [link for link in targets if not _leads_somewhere(document, text, link)]


def _leads_somewhere(document: Path, text: str, link: str) -> bool:
    name, _, heading = link.partition("#")
    target = document.parent / name if name else document
    if not target.exists():
        return False
    said = text if target == document else target.read_text() if target.suffix == ".md" else ""
    return not heading or heading in {_anchor(each) for each in re.findall(r"^#+ (.+)$", said, re.MULTILINE)}


def _anchor(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def missing_of_a_decision(text: str) -> list[str]:
    """What a decision lacks: its parts in their order, its date and state, its page."""
    lacks = [] if HEADING.findall(text) == PARTS else [f"headings {PARTS}, in this order and no others"]
    if not DATED.search(text):
        lacks.append("a date and a state under the title")
    if "**Worse:**" not in text:
        lacks.append("what gets worse")
    if text.count("\n") > LONGEST:
        lacks.append(f"at most {LONGEST} lines")
    return lacks


def unlisted(decisions: list[Path], index: str) -> list[str]:
    return [path.name for path in decisions if f"({path.name})" not in index]


def absent_files(text: str, root: Path) -> list[str]:
    """Files named in code marks that are not there."""
    return [name for name in NAMED_FILE.findall(text) if not any(root.glob(f"**/{name}"))]


def contexts() -> list[str]:
    """Every package of the house that stands: the floors of the contract that are not in parentheses."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = " | ".join(next(each["layers"] for each in contracts if each["type"] == "layers"))
    return sorted(name for name in map(str.strip, floors.split("|")) if not name.startswith("("))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    assert broken_links(document, document.read_text()) == []


@pytest.mark.parametrize(
    "breach",
    ["[gone](gone.md)", "![a picture](gone.png)", "[no such part](#nowhere)", "[x](tour.md#nowhere)"],
)
def test_a_link_that_leads_nowhere_is_caught(breach: str) -> None:
    assert broken_links(ROOT / "docs" / "README.md", f"# Here\n{breach}\n")


def test_what_stands_in_code_is_no_link() -> None:
    assert broken_links(TOUR, "`[a](gone.md)`\n```\n[b](gone.md)\n```\n") == []


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_one_page_of_four_parts(decision: Path) -> None:
    assert missing_of_a_decision(decision.read_text()) == []


def test_a_decision_without_its_form_is_caught() -> None:
    assert len(missing_of_a_decision("# 0099 We do it\n" + "because\n" * LONGEST)) == 4


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert unlisted(DECISIONS, (ROOT / "docs" / "adr" / "README.md").read_text()) == []
    assert unlisted([Path("0099-new.md")], "") == ["0099-new.md"]


def test_each_file_the_tour_names_is_there() -> None:
    text = TOUR.read_text()
    linked = [link for link in LINK.findall(text) if link.endswith(".py")]
    assert len(linked) > 30
    assert absent_files(text, ROOT / "throughgate") == []
    assert absent_files("see `exchange/gone.py`", ROOT / "throughgate") == ["exchange/gone.py"]


@pytest.mark.parametrize("context", contexts())
def test_each_context_says_what_it_is_in_a_page(context: str) -> None:
    lines = (ROOT / "throughgate" / context / "README.md").read_text().count("\n")
    assert SHORTEST <= lines <= LONGEST


def test_the_page_of_the_pages_names_every_journey_and_what_they_share() -> None:
    pages = ROOT / "throughgate" / "pages"
    journeys = [path.parent.name for path in pages.glob("*/urls.py")]
    shared = [path.name for path in pages.glob("*.py") if path.stem not in {"__init__", "apps"}]
    text = (pages / "README.md").read_text()
    assert len(journeys) > 15
    assert [name for name in [*journeys, *shared] if f"`{name}`" not in text] == []
