"""Who can see what: read the limits, say what to share, and carry a paper of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import story
from tests.journeys.conftest import PHONE
from tests.journeys.steps import (
    follow,
    given_a_worker,
    it_is,
    the_prison_says,
    then_it_is_usable_by_all,
    then_the_heading_is,
    when_they_look_at_everyone_here,
    when_they_open,
    when_they_sign_in,
)
from throughgate.directory import queries as places

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ravi(monkeypatch: pytest.MonkeyPatch) -> str:
    """Works in Moorland, where Gus of probation works too."""
    it_is(monkeypatch, "2026-11-05 07:00")
    the_prison_says(story.document(), as_at="2026-11-04 22:00")
    story.organisation("PROB", "probation")
    story.worker("probation_practitioner", "PROB", works_in=["MDI"])
    return given_a_worker("Ravi Inkwell", role="prison_recovery_worker", at="MDI")


def test_what_dee_wants_probation_to_see(ravi: str, open_page: Callable[..., Page]) -> None:
    page = open_page(width=PHONE)
    # Given Ravi sits beside Dee, and opens who can see what
    when_they_sign_in(page, ravi)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    follow(page.get_by_role("link", name="Who can see what"))
    then_it_is_usable_by_all(page)
    # When he reads the limits with her first
    follow(page.get_by_role("link", name="Read the limits with them"))
    expect(page.get_by_role("heading", name="What we must pass on")).to_be_visible()
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("link", name="Write down what they want shared"))
    # And she lets probation know of her treatment, for as long as it takes, still upset
    page.get_by_label("What is it about?").select_option("Treatment and medicines")
    page.get_by_label("Who is it about?").select_option(places.organisation("PROB").name)
    page.get_by_label("What for?").select_option("Whatever for")
    for question, answer in (
        ("What do they say?", "They may see it"),
        ("How were they?", "Upset or afraid"),
        ("Where were they asked?", "In a private room"),
        ("How did they say it?", "They said it"),
    ):
        page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("button", name="Save what they want"))
    # Then it holds, is to be asked again, and she carries a paper that does not name her
    then_the_heading_is(page, "Dee Marlowe")
    expect(page.get_by_text("for now: ask again on Sun 8 Nov 2026").first).to_be_visible()
    then_it_is_usable_by_all(page)
    follow(page.get_by_role("table", name="What they said").get_by_role("link"))
    expect(page.get_by_role("heading", name="Your code")).to_be_visible()
    then_it_is_usable_by_all(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("Dee Marlowe").first).to_be_hidden()
    expect(page.get_by_text("You said yes. They may see it.")).to_be_visible()


def test_what_keeps_dee_safe_is_read_where_she_goes_next(
    monkeypatch: pytest.MonkeyPatch, open_page: Callable[..., Page]
) -> None:
    it_is(monkeypatch, "2026-11-05 07:00")
    the_prison_says(story.document(), as_at="2026-11-04 22:00")
    story.organisation("PROB", "probation")
    gus = given_a_worker("Gus Calendar", role="probation_practitioner", at="PROB", works_in=["MDI"])
    read_this = "Read this first: what keeps them safe"
    # Given Gus opens her record for the first time: what keeps her safe stands first
    page = open_page(width=PHONE)
    when_they_sign_in(page, gus)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    expect(page.get_by_role("heading", name=read_this)).to_be_visible()
    then_it_is_usable_by_all(page)
    # When he says that it was read, on a telephone without scripts
    page = open_page(width=PHONE, scripts=False)
    when_they_sign_in(page, gus)
    when_they_look_at_everyone_here(page)
    when_they_open(page, "Dee Marlowe")
    follow(page.get_by_role("button", name="We have read this"))
    # Then it is folded up, and says by whom it was read
    then_the_heading_is(page, "Dee Marlowe")
    expect(page.get_by_role("heading", name=read_this)).to_have_count(0)
    expect(page.get_by_text("Read by Gus Calendar on Thu 5 Nov 2026.")).to_be_visible()
