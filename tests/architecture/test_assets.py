"""Walls around what a browser gets: files as recorded, no borrowed marks, no inline code, no raw words.

Each wall is a function that lists what breaks it, tried on the product and on a planted breach.
"""

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.loader import get_template

from throughgate.pages.components.examples import example_context

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "throughgate" / "pages"
STATIC = PAGES / "static"
CSS = STATIC / "throughgate" / "app.css"
TEMPLATES = {
    path.relative_to(folder).as_posix(): path.read_text()
    for folder in PAGES.glob("*/templates")
    for path in sorted(folder.rglob("*.html"))
}
COMPONENTS = {name: text for name, text in TEMPLATES.items() if name.startswith("components/")}
EXAMPLES = COMPONENTS.pop("components/examples.html")

BORROWED = re.compile(r"GDS Transport|Frutiger|govuk-crest|assets\.nhs", re.IGNORECASE)
INLINE = re.compile(
    r"<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|<[^>]*\son[a-z]+\s*=|javascript:", re.IGNORECASE
)
RECORDED = re.compile(r"^\| `(\S+)` \| `([0-9a-f]{64})` \|$", re.MULTILINE)
MACRO = re.compile(r"{%-? macro ([a-z]\w*)\(")
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
CLASS = re.compile(r"""[" ](tg-[a-z_-]*[a-z])(?=[" ])""")
NAMES = {"throughgate"}  # the product's name is the same in every language
SAID_ATTRIBUTES = {"alt", "aria-label", "label", "placeholder", "title"}


def recorded_hashes() -> dict[str, str]:
    return dict(RECORDED.findall((STATIC / "VERSIONS.md").read_text()))


def changed_since_recorded(recorded: dict[str, str]) -> list[str]:
    return [
        name
        for name, digest in recorded.items()
        if hashlib.sha256((STATIC / name).read_bytes()).hexdigest() != digest
    ]


class Words(HTMLParser):
    """Collects what a template says of itself, between its tags and in attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value for name, value in attrs if name in SAID_ATTRIBUTES and value]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def untranslated(template: str) -> list[str]:
    words = Words()
    words.feed(JINJA.sub("", template))
    words.close()
    return [word for said in words.said for word in re.findall(r"[A-Za-z]+", said) if word not in NAMES]


def unused(templates: dict[str, str], code: str) -> list[str]:
    everything = code + "".join(templates.values())
    return [name for name in templates if f'"{name}"' not in everything]


def without_example(components: dict[str, str], examples: str) -> list[str]:
    macros = [macro for text in components.values() for macro in MACRO.findall(text)]
    return [macro for macro in macros if not re.search(rf"{{({{|% call) {macro}\(", examples)]


def unstyled(template: str, css: str) -> list[str]:
    return [name for name in CLASS.findall(JINJA.sub(" ", template)) if f".{name}" not in css]


def test_what_was_built_is_what_was_recorded() -> None:
    recorded = recorded_hashes()
    assert "throughgate/app.css" in recorded
    assert changed_since_recorded(recorded) == []
    assert changed_since_recorded({"throughgate/app.css": "0" * 64}) == ["throughgate/app.css"]


def test_the_stylesheet_is_small_and_asks_for_nothing_elsewhere() -> None:
    css = CSS.read_text()
    assert len(css) < 140_000
    assert set(re.findall(r"url\(\"?([^)\"]*)", css)) == {
        "fonts/AtkinsonHyperlegibleNext-Regular.ttf",
        "fonts/AtkinsonHyperlegibleNext-Bold.ttf",
    }


def test_nothing_carries_a_mark_that_is_not_ours() -> None:
    built = [*(path for path in STATIC.rglob("*") if path.suffix in {".css", ".js", ".svg"})]
    for text in [*(path.read_text() for path in built), *TEMPLATES.values(), component_page()]:
        assert not BORROWED.search(text)
    assert BORROWED.search('font-family: "GDS Transport"')


def test_the_lock_file_names_no_address_to_fetch_from() -> None:
    assert '"resolved"' not in (ROOT / "frontend" / "package-lock.json").read_text()


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_no_style_or_script_stands_in_a_template(name: str) -> None:
    assert INLINE.findall(TEMPLATES[name]) == []


@pytest.mark.parametrize(
    "breach",
    [
        "<style>p{}</style>",
        '<p style="x">',
        "<script>x()</script>",
        '<a onclick="x()">',
        '<a href="javascript:x">',
    ],
)
def test_inline_style_and_script_are_caught(breach: str) -> None:
    assert INLINE.search(breach)


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_every_word_of_a_template_can_be_translated(name: str) -> None:
    assert untranslated(TEMPLATES[name]) == []


@pytest.mark.parametrize(
    "breach", ["<p>Leaves {{ day }}</p>", '<nav aria-label="Pages">', "{% if x %}Yes{% endif %}"]
)
def test_an_untranslated_word_is_caught(breach: str) -> None:
    assert untranslated(breach)


def test_every_template_is_used() -> None:
    code = "".join(path.read_text() for path in (ROOT / "throughgate").rglob("*.py"))
    assert unused(TEMPLATES, code) == []
    assert unused({"errors/forgotten.html": ""}, code) == ["errors/forgotten.html"]


def test_every_macro_has_an_example() -> None:
    assert without_example(COMPONENTS, EXAMPLES) == []
    assert without_example({"components/new.html": "{% macro new(x) %}"}, EXAMPLES) == ["new"]


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_every_class_of_ours_is_styled(name: str) -> None:
    assert unstyled(TEMPLATES[name], CSS.read_text()) == []


def test_a_class_without_style_is_caught() -> None:
    assert unstyled('<p class="tg-unheard-of">', CSS.read_text()) == ["tg-unheard-of"]


def test_the_component_page_says_demo_and_has_one_heading_of_the_first_rank() -> None:
    page = component_page()
    assert "<strong>DEMO</strong>" in page
    assert len(re.findall(r"<h1\b", page)) == 1
    assert INLINE.findall(page) == []


def component_page() -> str:
    return get_template("components/examples.html").render(
        {"demo": True, "me": None, "nav": [], **example_context()}
    )
