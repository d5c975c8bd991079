"""Nobody writes more than a form offers, whatever else is sent with it, or sent twice (A03)."""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any, NamedTuple

import pytest
from django.db import models, transaction
from django.http.response import HttpResponse, HttpResponseBase

from tests.content import rows
from tests.contexts.sheets_filled import EXAMPLES
from tests.sweep.routes import Route, addresses, named, routes
from tests.sweep.state import OURS, effect
from tests.sweep.walk import some
from tests.sweep.world import RECOVERY, World

# Controls that a form shows only when it needs them: why an entry comes late, which one it corrects.
AT_TIMES = {"reason", "corrects"}
ROLES = (RECOVERY, "administrator", "information_governance", "data_quality", "offender_management")
TYPED = {"day": "12", "month": "11", "year": "2026", "time": "10:00"}
ENTRIES = "SELECT count(*) FROM record_entry"


class Form(NamedTuple):
    action: str
    typed: dict[str, str]  # what a browser could send of it
    several: set[str]  # boxes, of which more than one may be ticked


class Forms(HTMLParser):
    """Each form of a page that is sent, filled in with the first of whatever there is to choose."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.found: list[Form] = []
        self.form: Form | None = None  # the one that it is in
        self.select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            is_sent = given.get("method", "").lower() == "post"
            self.form = Form(given.get("action") or self.url, {}, set()) if is_sent else None
            self.found += [self.form] if self.form else []
        elif self.form and tag == "option":
            self._fill(self.select, given.get("value", ""))
        elif self.form and "name" in given and given.get("type") != "file":
            self.select = given["name"]
            if given.get("type") == "checkbox":
                self.form.several.add(given["name"])
            self._fill(given["name"], given.get("value", "") or self._words(tag, given["name"]))

    def _fill(self, name: str, value: str) -> None:
        assert self.form
        self.form.typed[name] = self.form.typed.get(name) or value

    def _words(self, tag: str, name: str) -> str:
        return "" if tag in {"select", "button"} else TYPED.get(name.rpartition("_")[2], "Words")


def forms(world: World, route: Route) -> Iterator[tuple[str, Form]]:
    """Those of a page, as the first role to which it is shown."""
    for role in ROLES:
        url = addresses(world, route, role, "own")[0].url
        answer: HttpResponseBase = world.clients[role].get(url)
        if answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]:
            yield from ((role, form) for form in found(url, answer))
            return


def found(url: str, answer: HttpResponseBase) -> list[Form]:
    parser = Forms(url)
    parser.feed(answer.content.decode())  # type: ignore[attr-defined]  # pages are never streamed
    return parser.found


def slipped_in(world: World) -> Iterator[tuple[str, str]]:
    """Every column that there is, with a value that would matter if it were taken."""
    for config in OURS:
        for model in config.get_models():
            for column in model._meta.concrete_fields:
                yield from ((name, value_for(world, column)) for name in (column.name, column.attname))
    yield from dict.fromkeys(("is_staff", "is_superuser", "sealed", "author", "created_at"), "on").items()


def value_for(world: World, column: Any) -> str:
    if isinstance(column, models.BooleanField):
        return "on"
    if isinstance(column, models.DateField | models.DateTimeField):
        return "1999-12-31"
    if isinstance(column, models.UUIDField | models.ForeignKey | models.OneToOneField):
        return str(world.people["other"].id)
    return "1"


def sent(world: World, role: str, form: Form, typed: Mapping[str, Any]) -> tuple[int, int, dict[str, str]]:
    """The answer, how many entries there were then, and all that there was; which is then undone."""
    client = world.clients[role]
    cookies = SimpleCookie(client.cookies)
    with transaction.atomic():
        status = client.post(form.action, typed).status_code
        ((entries,),), found = rows(ENTRIES), effect()
        transaction.set_rollback(True)
    client.cookies = cookies
    return status, entries, found


def check(world: World, role: str, form: Form) -> None:
    more = {name: value for name, value in slipped_in(world) if name not in {*form.typed, *AT_TIMES}}
    assert len(more) > 100
    plain = sent(world, role, form, form.typed)
    assert sent(world, role, form, {**more, **form.typed}) == plain, form.action
    twice = {name: value if name in form.several else [value] * 2 for name, value in form.typed.items()}
    assert sent(world, role, form, twice)[1] <= plain[1], form.action


@pytest.mark.parametrize("route", some(routes(), most=10, of="forms"), ids=lambda route: str(route.name))
def test_a_form_takes_nothing_that_it_does_not_offer(world: World, route: Route) -> None:
    for role, form in some([*forms(world, route)], most=2, of=route.name):
        check(world, role, form)


@pytest.mark.parametrize("what", some([*EXAMPLES], most=3, of="sheets"))
def test_a_sheet_takes_nothing_that_it_does_not_offer(world: World, what: str) -> None:
    """Filled in so that it is kept."""
    role, typed, _others = EXAMPLES[what]
    url = next(each.url for each in addresses(world, named("sheet"), role, "own") if each.values[-1] == what)
    asked = found(url, world.clients[role].get(url))
    form = next((each for each in asked if each.typed.keys() >= typed.keys()), None)
    if form is None:
        pytest.skip("This record has nothing to choose from on it, such as somebody on a team.")
    check(world, role, form._replace(typed={**form.typed, **typed}))


def test_a_form_is_found_with_what_may_be_chosen_in_it() -> None:
    page = (
        '<form method="get"><input name="q"></form><form method="post" action="/there/">'
        '<input name="key" type="hidden" value="k"><select name="what"><option value=""><option value="a">'
        '</select><input name="at_day"><textarea name="text"></textarea><input name="x" type="file">'
        '<input name="on" type="checkbox" value="1"></form>'
    )
    typed = {"key": "k", "what": "a", "at_day": "12", "text": "Words", "on": "1"}
    assert found("/here/", HttpResponse(page)) == [Form("/there/", typed, {"on"})]
