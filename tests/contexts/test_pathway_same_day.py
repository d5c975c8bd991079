"""What somebody answers that cannot wait until the next day: a step of their pathway, until it is done."""

from typing import Any

import pytest

from tests import story
from tests.contexts.clients import address, signed_in, words
from tests.contexts.pages import said
from tests.contexts.plans import refreshed
from tests.contexts.test_assessment_pages import answered, begun, look
from tests.sharing import says
from throughgate.foundation.ids import new_id
from throughgate.pathway import queries
from throughgate.pathway.queries import Tab
from throughgate.pathway.rules import Progress
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
PREGNANT, WITHDRAWAL = "See them, since they are or could be pregnant", "See them for withdrawal"


@pytest.fixture(autouse=True)
def on_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    it_is(monkeypatch, 2)
    story.bring_in(story.document())


def it_is(monkeypatch: pytest.MonkeyPatch, day: int, hour: int = 12) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(day).replace(hour=hour).isoformat())


@pytest.fixture
def nurse() -> Hat:
    return story.worker("prison_healthcare")


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


def tells(hat: Hat, **typed: Any) -> str:
    return said(answered(hat, begun(hat, "standard-first_night"), "tonight", **typed))


def waits(hat: Hat, day: int = 2) -> dict[str, Progress]:
    """What waits to be done, as this worker sees it."""
    permit = story.opens(hat, story.person(), at=story.noon(day))
    return {about: step.progress for about, step in queries.told_open(permit).items()}


def writes(hat: Hat, step: str, state: str = "done", text: str = "Seen by Ada.") -> None:
    sent = signed_in(hat).post(
        address("sheet", hat, story.person(), "step"),
        {"form_key": str(new_id()), "step": step, "state": state, "text": text},
    )
    assert sent.status_code == 302, words(sent)


def test_each_need_of_the_day_waits_on_the_record_and_on_today_of_whoever_is_shown_it(
    nurse: Hat, ravi: Hat
) -> None:
    page = tells(nurse, q_pregnancy="could_be", q_used_most_days=["alcohol"], q_nicotine=["vapes"])
    assert "It stands on the record and on Today" in page
    assert "not on Today" not in page
    assert page.count("Write what was done") == 2
    assert waits(nurse) == {"pregnancy": Progress.NOT_STARTED, "used_most_days": Progress.NOT_STARTED}
    record = said(look(ravi, "person"))
    assert (WITHDRAWAL in record, PREGNANT in record) == (True, True)


def test_it_is_late_the_next_day_and_of_what_is_not_shared_no_more_is_said(
    nurse: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    tells(nurse, q_pregnancy="yes")
    it_is(monkeypatch, 3)
    refreshed()
    assert waits(nurse, 3) == {"pregnancy": Progress.LATE}
    manager = story.worker("offender_management")
    assert PREGNANT not in said(look(manager, "person"))
    plan = queries.plan(story.opens(manager, story.person(), at=story.noon(3)))
    codes = {step.code for step in plan.steps} if plan else set()
    assert (queries.HIDDEN_HEALTH in codes, "pregnancy_today" in codes) == (True, False)
    assert waits(manager, 3) == {}


def test_a_worker_writes_what_was_done_and_the_same_answer_kept_again_asks_nothing_anew(
    nurse: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = begun(nurse, "standard-first_night")
    typed: dict[str, Any] = {"q_used_most_days": ["alcohol"], "q_ill_when_stopping": "no"}
    answered(nurse, sitting, "tonight", **typed)
    it_is(monkeypatch, 2, 13)
    writes(nurse, "withdrawal_today")
    assert waits(nurse) == {}
    it_is(monkeypatch, 2, 14)
    answered(nurse, sitting, "tonight", **typed, q_other_medicines="yes")
    assert set(waits(nurse)) == {"other_medicines"}
    it_is(monkeypatch, 2, 15)
    answered(nurse, sitting, "tonight", **{**typed, "q_used_most_days": ["alcohol", "opioids"]})
    assert set(waits(nurse)) == {"other_medicines", "used_most_days"}


def test_to_say_otherwise_takes_back_nothing_until_somebody_writes_why(
    nurse: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = begun(nurse, "standard-first_night")
    answered(nurse, sitting, "tonight", q_pregnancy="yes")
    answered(nurse, sitting, "tonight", q_pregnancy="no")
    assert set(waits(nurse)) == {"pregnancy"}
    it_is(monkeypatch, 2, 13)
    writes(nurse, "pregnancy_today", "not_needed", "Ticked in the wrong row.")
    assert waits(nurse) == {}


def test_what_is_asked_again_in_another_prison_is_asked_for_again(
    nurse: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    tells(nurse, q_pregnancy="yes")
    writes(nurse, "pregnancy_today")
    it_is(monkeypatch, 20)
    answered(nurse, begun(nurse, "standard-first_night", why="She has moved"), "tonight", q_pregnancy="yes")
    assert set(waits(nurse, 20)) == {"pregnancy"}


def today(hat: Hat, tab: str = "") -> str:
    return said(words(signed_in(hat).get(address("today", hat) + (f"?tab={tab}" if tab else ""))))


def test_what_is_kept_for_some_waits_on_nobodys_today_but_theirs_who_wrote_it_and_says_so(
    nurse: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = story.worker("prison_healthcare")
    assert "You wrote" not in today(nurse)
    page = tells(nurse, q_pregnancy="yes", only_for="us")
    assert waits(nurse) == {}
    assert ("not on Today" in page, "it stands on your own Today" in page) == (True, True)
    assert "You wrote, Mon 2 Nov 2026, of something that cannot wait" in today(nurse)
    assert "pregnan" not in today(nurse).replace("withdrawal or pregnant", "")
    assert "cannot wait, and kept it" not in today(other)
    it_is(monkeypatch, 4)
    assert "You wrote" not in today(nurse)


def test_what_can_wait_is_nobodys_today(nurse: Hat) -> None:
    tells(nurse, q_pregnancy="no", only_for="me")
    assert "You wrote" not in today(nurse)


def test_today_says_of_whom_something_cannot_wait_and_all_that_it_is(nurse: Hat, ravi: Hat) -> None:
    assert "cannot wait" not in today(nurse).lower()
    tells(nurse, q_used_most_days=["opioids"], q_treatment_script="yes", q_nicotine=["smokes"])
    assert "1 person told of something that cannot wait" in today(nurse)
    page = today(nurse, Tab.CANNOT_WAIT)
    assert (WITHDRAWAL[1:] in page, "Cannot wait, too:" in page) == (True, True)
    assert ("confirm the script" in page, "offer them patches" in page) == (True, True)
    assert "told of something that cannot wait" not in page
    assert "offer them patches" not in today(ravi, Tab.CANNOT_WAIT)  # no health on this role's lists


def test_who_stands_there_is_told_to_nobody_who_is_not_shown_what_it_is_about(nurse: Hat, ravi: Hat) -> None:
    tells(nurse, q_pregnancy="yes")
    assert "1 person told" in today(nurse)
    assert "1 person told" not in today(ravi)
    assert "Dee Marlowe" not in today(ravi, Tab.CANNOT_WAIT)
    says(story.opens(nurse, story.person(), at=story.noon(2)), "keep_back", topic="physical_health", day=2)
    assert "1 person told" not in today(nurse)
    assert "Dee Marlowe" not in today(nurse, Tab.CANNOT_WAIT)
