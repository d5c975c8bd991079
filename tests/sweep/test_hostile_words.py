"""Whatever somebody typed is shown and never run, at any address there is (N04)."""

from html import unescape
from html.parser import HTMLParser

import pytest

from tests.sweep.canaries import ATTACKS
from tests.sweep.routes import Route, addresses, named, routes
from tests.sweep.walk import Answer, every, go, some
from tests.sweep.world import RECOVERY, World
from throughgate.pages.person.forms import LONG

RUNS = {
    "iframe",
    "object",
    "embed",
    "base",
    "link",
    "style",
    "script",
}  # with what decides whether it is ours
STRICT = {"X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Referrer-Policy: same-origin"}


class Foreign(HTMLParser):
    """Marks of a page that could run, or fetch, what is not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        ours = (values.get("src") or values.get("href", "")).startswith("/static/")
        if tag in RUNS and not ours:
            self.found.append(tag)
        self.found += [name for name in values if name.startswith("on") or name in {"style", "srcdoc"}]
        self.found += [
            value for name, value in values.items() if name in {"href", "src", "action"} and is_script(value)
        ]


def is_script(value: str) -> bool:
    return "".join(value.split()).lower().startswith(("javascript:", "data:", "vbscript:", "//"))


def foreign(answer: Answer) -> list[str]:
    """A sheet to take along brings its own style: it is opened without us."""
    parser = Foreign()
    parser.feed(answer.body)
    return [mark for mark in parser.found if mark != "style" or "attachment" not in answer.headers]


@pytest.mark.parametrize("route", routes(), ids=lambda route: str(route.name))
def test_nothing_that_was_typed_runs_and_nothing_else_may(world: World, route: Route) -> None:
    for address in some(every(world, route), most=2):
        answer = go(world, address)
        if "text/html" in answer.headers:
            assert foreign(answer) == [], address
        headers = dict(line.split(": ", 1) for line in answer.headers.splitlines())
        assert set(answer.headers.splitlines()) >= STRICT, address
        assert "no-store" in headers["Cache-Control"], address
        assert "default-src 'none'" in headers["Content-Security-Policy"], address
        assert "unsafe" not in headers["Content-Security-Policy"], address


def test_what_could_run_is_on_the_pages_that_are_swept(world: World) -> None:
    """Else the test above would pass for want of attacks."""
    (record,) = addresses(world, named("person"), RECOVERY, "own")
    page = unescape(go(world, record._replace(query=f"?entries={LONG}")).body)
    assert [attack for attack in ATTACKS if attack not in page] == []


@pytest.mark.parametrize(
    "mark", ["<img src=x onerror=alert(1)>", "<script src=//x>", '<a href="java\nscript:a">']
)
def test_a_mark_planted_on_a_page_is_caught(mark: str) -> None:
    assert foreign(Answer(200, f"<p>Dee{mark}</p>", "Content-Type: text/html"))
