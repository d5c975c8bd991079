"""Nothing to show has several reasons, and each has words of its own: silence is never shown as safety."""

import pytest

from tests import story
from tests.contexts.clients import address, signed_in, words
from tests.contexts.pages import card
from throughgate.foundation.ids import new_id
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
EPISODE = {"EPISODID": "E1", "REFLD": "2026-10-20"}
STOPPED = "feed stopped since"


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


def page(hat: Hat) -> str:
    return words(signed_in(hat).get(address("person", hat, story.person())))


def test_no_word_no_medicine_no_leave_and_no_feed_are_four_things_of_medicines() -> None:
    nurse, officer = story.worker("prison_healthcare"), story.worker("prison_officer")
    story.bring_in(story.document(), as_at=story.noon(8))
    assert card(page(nurse), "medicines") == "Medicines as each source says Not recorded"
    story.treated(EPISODE, as_at=story.noon(8))
    assert card(page(nurse), "medicines") == "Medicines as each source says None known"
    assert card(page(officer), "medicines") == "Medicines as each source says Not shared with you"


def test_a_treatment_feed_that_stopped_says_since_when_instead_of_none() -> None:
    nurse = story.worker("prison_healthcare")
    story.bring_in(story.document(), as_at=story.noon(8))
    story.treated(EPISODE, as_at=story.noon(2))
    shown = card(page(nurse), "medicines")
    assert f"Organisation PATH: {STOPPED} Mon 2 Nov 2026" in shown
    assert "None known" not in shown


def test_a_prison_feed_that_stopped_says_so_beside_what_it_said_last_and_on_every_list() -> None:
    nurse = story.worker("prison_healthcare")
    story.bring_in(story.document(lastMovementDate=None, receptionDate=None), as_at=story.noon(2))
    shown = card(page(nurse), "custody")
    assert f"{STOPPED} Mon 2 Nov 2026" in shown
    assert "Expected to leave Not recorded" in shown
    for name in ("today", "everyone"):
        listed = words(signed_in(nurse).get(address(name, nurse)))
        assert "Mon 2 Nov 2026" in listed


def test_custody_that_is_not_shared_does_not_read_as_being_at_large() -> None:
    story.bring_in(story.document(), as_at=story.noon(8))
    story.treated(EPISODE, as_at=story.noon(8))
    shown = card(page(story.worker("community_pharmacist", "PATH")), "custody")
    assert shown == "Custody Not shared with you"
    assert "Not in custody" not in shown


def test_what_they_had_before_is_had_or_not_or_nobody_asked_or_not_for_this_worker() -> None:
    story.bring_in(story.document(), as_at=story.noon(8))
    ravi, officer = story.worker(), story.worker("prison_officer")
    asked = {"topic": "tenancy", "had": "no", "form_key": str(new_id())}
    url = address("sheet", ravi, story.person(), "before")
    assert signed_in(ravi).post(url, asked).status_code == 302
    mine, theirs = card(page(ravi), "before"), card(page(officer), "before")
    for shown in (mine, theirs):
        assert "Tenancy They had none." in shown
        assert "Benefits Not recorded" in shown
    assert "GP Not recorded" in mine
    assert "GP Not shared with you" in theirs


def test_an_alert_nobody_raised_is_never_told_as_no_risk() -> None:
    story.bring_in(story.document(alerts=[]), as_at=story.noon(8))
    for role in ("prison_healthcare", "prison_officer", "prison_recovery_worker"):
        shown = page(story.worker(role)).casefold()
        for reassuring in ("no risk", "no alerts", "low risk", "safe to", "all clear"):
            assert reassuring not in shown
