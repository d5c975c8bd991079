"""A name of before that somebody wants nobody shown stands on no page, and no search finds it (HZ-24)."""

from datetime import date

import pytest
from django.test import Client

from tests import story
from tests.contexts.clients import address, beside_them, signed_in, words
from tests.contexts.pages import said
from throughgate.access import actions as access
from throughgate.custody import queries as custody
from throughgate.custody.queries import Wanted
from throughgate.foundation.errors import NotFound
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.people import exact
from throughgate.people import queries as people
from throughgate.people.exact import Sought
from throughgate.record.rules import Form
from throughgate.sharing import actions, queries
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
BORN = "1989-05-04"
OLD, OLDER = "brindle samuel", "thimble samuel"  # as names are compared
SAM = {"firstName": "Samuel", "middleNames": "Roy", "lastName": "Brindle", "dateOfBirth": BORN}
AFTER = {"firstName": "Samantha", "lastName": "Brindle", "dateOfBirth": BORN}


@pytest.fixture(autouse=True)
def known_by_two_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """One prison has the name of before as an alias, another as the only one it knows."""
    monkeypatch.setenv("TG_CLOCK", story.noon(10).isoformat())
    story.bring_in(story.document(**{**SAM, "title": "Mr", "pncNumber": PNC}, prisonId="LEI"), source="LEI")
    tell(8)


PNC = "1999/0123456X"


def tell(day: int) -> None:
    story.bring_in(story.document(**AFTER, pncNumber=PNC, aliases=[SAM]), as_at=story.noon(day))


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


def herself() -> Permit:
    return access.issue_own_permit(story.person(), level="word", at=story.noon(10))


def keeps_back(name: str = OLD, *, holds: bool = True) -> None:
    actions.keep_name_back(herself(), name, holds=holds, form=Form(str(new_id())))


def found(hat: Hat, *names: str) -> int:
    permit = access.issue_list_permit(hat, purpose="direct_care", at=story.noon(10))
    return len(custody.everyone(permit, Wanted(words=names)).people)


def record_of(ravi: Hat) -> str:
    return words(signed_in(ravi).get(address("person", ravi, story.person())))


def test_a_name_kept_back_stands_nowhere_and_no_search_finds_it(ravi: Hat) -> None:
    assert ("Samuel" in record_of(ravi), found(ravi, "samuel")) == (True, 1)
    keeps_back()
    page = record_of(ravi)
    assert [each for each in ("Samuel", "Roy", "A name not to be shown") if each in page] == []
    assert "Samantha Brindle" in page
    assert (found(ravi, "samuel"), found(ravi, "samantha")) == (0, 1)
    sought = Sought(first_name="Samuel", last_name="Brindle", birth_date=date.fromisoformat(BORN))
    permit = access.issue_list_permit(ravi, purpose="direct_care", at=story.noon(10))
    assert exact.found(permit, sought) == []


def test_the_next_extract_does_not_bring_it_back(ravi: Hat) -> None:
    keeps_back()
    tell(9)
    assert ("Samuel" in record_of(ravi), found(ravi, "samuel")) == (False, 0)


def test_it_may_be_shown_again(ravi: Hat) -> None:
    keeps_back()
    keeps_back(holds=False)
    assert ("Samuel" in record_of(ravi), found(ravi, "samuel")) == (True, 1)


def test_what_every_source_calls_them_still_names_them(ravi: Hat) -> None:
    """No list is without a name, even where the new one is gone from what sources say."""
    keeps_back()
    for source in ("MDI", "LEI"):
        story.bring_in(
            story.document(**SAM, pncNumber=PNC, prisonId=source), source=source, as_at=story.noon(10)
        )
    assert (people.banner(herself()).name, found(ravi, "samuel")) == ("Samuel Roy Brindle", 1)


@pytest.mark.parametrize("name", ["brindle samantha", OLDER, ""])
def test_neither_the_name_in_use_nor_one_that_is_not_theirs_is_kept_back(name: str) -> None:
    with pytest.raises(NotFound):
        keeps_back(name)


def test_they_choose_in_their_own_book_and_see_what_they_chose(ravi: Hat) -> None:
    book = beside_them(ravi)
    page = words(book.get("/mine/names/"))
    assert "Samuel Roy Brindle" in page
    assert "Names no one sees" not in page
    assert choose(book, name=OLD, answer="") == 400
    assert choose(book, name=OLD, answer="hide") == 302
    assert "Names no one sees Samuel Roy Brindle" in said(words(book.get("/mine/names/")))
    held = queries.sharing(herself())
    assert held is not None
    assert [each.line.name for each in held.kept_names] == ["Samuel Roy Brindle"]


def test_who_has_one_name_is_told_so(ravi: Hat) -> None:
    story.bring_in(story.document(**AFTER, pncNumber=PNC, prisonId="LEI"), source="LEI", as_at=story.noon(10))
    story.bring_in(story.document(**AFTER, pncNumber=PNC), as_at=story.noon(10))
    assert "You have just one name here" in words(beside_them(ravi).get("/mine/names/"))


def choose(book: Client, **typed: str) -> int:
    return book.post("/mine/names/", {**typed, "form_key": str(new_id())}).status_code
