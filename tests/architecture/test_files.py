"""Walls that show in the files themselves: their size, what they name, and that nothing lies about unused."""

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

from tests.architecture.source import ROOT

MOST_LINES = 500
WRITTEN = {".py", ".html", ".md", ".toml", ".scss", ".sh", ".sql", ".js", ""}
MADE = {"LICENSE", "app.css"}


def tracked() -> list[Path]:
    """Every file of the project, as a stranger's copy of it has them."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    found = [ROOT / name for name in done.split("\0") if name]
    return [path for path in found if path.is_file()] or [
        path for folder in ("throughgate", "tests", "docs", "data") for path in (ROOT / folder).rglob("*.*")
    ]


# Size


def too_long(paths: Iterable[Path], *, most: int = MOST_LINES) -> Iterator[str]:
    """Files somebody wrote, not those a tool made. Reaching the limit means a missing noun."""
    for path in paths:
        if path.suffix in WRITTEN and path.name not in MADE and "static" not in path.parts:
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > most:
                yield f"{path.name} has {lines} lines"


def test_no_file_is_too_long() -> None:
    program = [path for path in tracked() if "throughgate" in path.relative_to(ROOT).parts]
    assert list(too_long(program)) == []


def test_a_long_file_planted_is_caught(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("x = 1\n" * (MOST_LINES + 1), encoding="utf-8")
    (tmp_path / "short.py").write_text("x = 1\n" * MOST_LINES, encoding="utf-8")
    assert list(too_long(sorted(tmp_path.iterdir()))) == ["long.py has 501 lines"]


# What they name

# Written in pieces, so that this file does not name them either.
OF_A_MACHINE = re.compile(
    "|".join(
        [
            r"(?<![\w.])/(?:ho" + r"me|Users)/\w+",
            r"(?<![\w.])/(?:ro" + r"ot|wo" + r"rk)/\w+",
            r"https?://[\w.-]*(?:py" + r"pi|python" + r"hosted|npm" + r"js)\.",
        ]
    )
)


def naming_a_machine(paths: Iterable[Path]) -> Iterator[str]:
    """A path of the machine it was written on, or the address of a registry, means nothing to a stranger."""
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a font or a picture
        for number, line in enumerate(lines, start=1):
            if found := OF_A_MACHINE.search(line):
                yield f"{path.name} line {number} names {found[0]}"


def test_no_file_names_a_machine_or_a_registry() -> None:
    assert list(naming_a_machine(tracked())) == []


@pytest.mark.parametrize("named", ["/ho" + "me/dee/x", "/ro" + "ot/x", "https://py" + "pi.org/simple"])
def test_a_machine_planted_is_caught(named: str, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(f"fine\nsee {named}\n", encoding="utf-8")
    assert len(list(naming_a_machine(tmp_path.iterdir()))) == 1


# Journeys

PRESSED = re.compile(r"\.(?:click|dblclick|tap)\(")


def pressing_by_themselves(journeys: Iterable[Path]) -> Iterator[str]:
    """A step says whether another page follows, and waits for it, however busy the machine."""
    for path in journeys:
        if path.name != "steps.py" and PRESSED.search(path.read_text(encoding="utf-8")):
            yield f"{path.name} presses something: use follow(), press() or then_a_file_comes()"


def test_journeys_press_through_their_steps() -> None:
    assert list(pressing_by_themselves((ROOT / "tests" / "journeys").glob("*.py"))) == []


def test_a_press_planted_is_caught(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("link.click()\n", encoding="utf-8")
    (tmp_path / "steps.py").write_text("link.click()\n", encoding="utf-8")
    assert len(list(pressing_by_themselves(tmp_path.iterdir()))) == 1


# Migrations


def not_in_one_line(found: Mapping[tuple[str, str], Iterable[tuple[str, str]]]) -> list[str]:
    """Contexts whose migrations branch: (context, name) -> those it depends on."""
    wrong = []
    for context in sorted({context for context, _ in found}):
        own = {
            name: [to for to in needs if to[0] == context]
            for (of, name), needs in found.items()
            if of == context
        }
        ends = set(own) - {name for needs in own.values() for _, name in needs}
        if len(ends) != 1 or any(len(needs) > 1 for needs in own.values()):
            wrong.append(context)
    return wrong


def test_the_migrations_of_a_context_stand_in_one_line() -> None:
    disk = MigrationLoader(None).disk_migrations
    ours = {
        key: list(migration.dependencies)
        for key, migration in disk.items()
        if type(migration).__module__.startswith("throughgate.")
    }
    assert ours
    assert not_in_one_line(ours) == []


def test_a_branch_planted_is_caught() -> None:
    first, second, other = ("record", "0001"), ("record", "0002"), ("record", "0002_too")
    assert not_in_one_line({first: [], second: [first]}) == []
    assert not_in_one_line({first: [], second: [first], other: [first]}) == ["record"]


# Nothing unused, nothing unexplained


def unused_templates(pages: Path) -> list[str]:
    """Templates that no view renders and no other template takes in."""
    found = {
        path.relative_to(folder).as_posix(): path
        for folder in pages.glob("*/templates")
        for path in folder.rglob("*.html")
    }
    read = [path for path in pages.rglob("*") if path.suffix in {".py", ".html"}]
    told = {path: path.read_text(encoding="utf-8") for path in read}
    return sorted(
        name
        for name, own in found.items()
        if not any(name in text for path, text in told.items() if path != own)
    )


def test_every_template_is_used() -> None:
    assert unused_templates(ROOT / "throughgate" / "pages") == []


def test_a_template_planted_unused_is_caught(tmp_path: Path) -> None:
    folder = tmp_path / "person" / "templates" / "person"
    folder.mkdir(parents=True)
    for name in ("record.html", "attic.html"):
        (folder / name).write_text("<p>", encoding="utf-8")
    (tmp_path / "person" / "views.py").write_text('render("person/record.html")', encoding="utf-8")
    assert unused_templates(tmp_path) == ["person/attic.html"]


def dead_links(pages: Iterable[Path]) -> Iterator[str]:
    """Links of a page to files that are not there."""
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if (
                "://" not in target
                and not target.startswith("mailto:")
                and not (page.parent / target).exists()
            ):
                yield f"{page.name} links to {target}"


def test_documents_link_to_what_is_there() -> None:
    assert list(dead_links(path for path in tracked() if path.suffix == ".md")) == []


def test_a_dead_link_planted_is_caught(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[one](page.md) [two](attic.md#top) [three](https://example.org)", encoding="utf-8")
    assert list(dead_links([page])) == ["page.md links to attic.md"]


@pytest.mark.parametrize(
    "context",
    sorted(path.parent for path in (ROOT / "throughgate").glob("*/__init__.py")),
    ids=lambda path: path.name,
)
def test_every_package_says_what_it_knows_and_promises(context: Path) -> None:
    told = (context / "README.md").read_text(encoding="utf-8")
    assert 10 <= len(told.splitlines()) <= 60
