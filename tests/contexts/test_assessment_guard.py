"""What leads on from the page before a sitting, and what a page of questions never loses without a word."""

import re

import pytest

from tests import story
from tests.contexts.clients import address
from tests.contexts.clients import words as page_of
from tests.contexts.pages import said
from tests.contexts.test_assessment_pages import answered, begun, look, send
from throughgate.record import drafts
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
UNFINISHED = "Begun, and not finished"


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    story.bring_in(story.document())


@pytest.fixture
def nurse() -> Hat:
    return story.worker("prison_healthcare")


def test_what_was_begun_and_not_finished_is_gone_on_with(nurse: Hat) -> None:
    sitting = begun(nurse, "standard-comprehensive")
    assert UNFINISHED not in look(nurse, "ask")
    answered(nurse, sitting, "medicines", q_treatment_script="no")
    page = look(nurse, "ask")
    assert f"{UNFINISHED}: Standard assessment: Comprehensive, 1 of " in said(page)
    assert f'href="{address("sitting", nurse, story.person(), sitting)}"' in page


def test_what_is_whole_or_anothers_is_not_gone_on_with(nurse: Hat) -> None:
    answered(nurse, begun(nurse), "tonight", q_nicotine="vapes")
    assert UNFINISHED not in look(nurse, "ask")
    answered(nurse, begun(nurse, "standard-second_day"), "medicines", q_treatment_script="no")
    assert UNFINISHED in look(nurse, "ask")
    story.organisation("PATH")
    other = story.worker("community_treatment_worker", "PATH", works_in=["MDI"])
    assert UNFINISHED not in look(other, "ask")


def test_what_was_typed_and_not_saved_is_found_again(nurse: Hat) -> None:
    sitting = begun(nurse)
    send(nurse, "topic", sitting, "tonight", deed="draft")
    assert "not saved yet" not in look(nurse, "ask")
    send(nurse, "topic", sitting, "tonight", deed="draft", q_other_medicines="yes")
    page = look(nurse, "ask")
    assert "What you typed last is kept as a draft, and not saved yet." in said(page)
    assert f'href="{address("topic", nurse, story.person(), sitting, "tonight")}"' in page
    answered(nurse, sitting, "tonight", q_other_medicines="yes")
    assert "not saved yet" not in look(nurse, "ask")


def test_a_draft_whose_sitting_is_forgotten_leads_nowhere(nurse: Hat) -> None:
    sitting = begun(nurse)
    send(nurse, "topic", sitting, "tonight", deed="draft", q_other_medicines="yes")
    permit = story.opens(nurse, story.person(), at=story.noon(9))
    drafts.throw_away(permit, f"sitting {sitting}")
    assert "not saved yet" not in look(nurse, "ask")


def test_words_that_hang_on_another_answer_are_not_lost_without_a_word(nurse: Hat) -> None:
    sitting = begun(nurse)
    typed = {"q_other_medicines": "no", "q_other_medicines_which": "An inhaler"}
    answer = send(nurse, "topic", sitting, "tonight", **typed)
    page = page_of(answer)
    assert (answer.status_code, "An inhaler" in page) == (400, True)
    assert "Say that as well, or take away what stands here." in said(page)
    assert "An inhaler" in answered(nurse, sitting, "tonight", **{**typed, "q_other_medicines": "yes"})


def test_a_mark_that_hangs_on_another_answer_is_left_out(nurse: Hat) -> None:
    sitting = begun(nurse)
    page = answered(nurse, sitting, "tonight", q_treatment_script="no", q_last_dose="today")
    assert "When was your last dose?" not in page


def test_what_was_left_out_before_is_gone_back_to_after_the_rest() -> None:
    """Who skips a topic and is stopped later on is led on from there, and not back to what they skipped."""
    ravi = story.worker()
    sitting = begun(ravi, "standard-comprehensive")
    assert "Go on: What matters to you" in look(ravi, "sitting", sitting)
    answered(ravi, sitting, "work", q_job_waiting="no")
    assert "Go on: Faith, culture and who you are" in look(ravi, "sitting", sitting)


def test_how_much_it_is_counts_what_this_role_asks(nurse: Hat) -> None:
    story.organisation("HOUSE", kind="housing")
    housing = story.worker("housing_worker", "HOUSE", works_in=["MDI"])
    told = r"Before sentence.*?At most (\d+) questions, about (\d+) minutes"
    found = [re.search(told, said(look(who, "ask")), re.DOTALL) for who in (nurse, housing)]
    assert [each and each.groups() for each in found] == [("63", "15"), ("6", "2")]
    story.organisation("STEP", kind="peer_support")
    peer = story.worker("peer_mentor", "STEP", works_in=["MDI"])
    assert "At most 3 questions, about a minute." in said(look(peer, "ask"))
    assert "At most 1 question, about a minute." in said(look(housing, "ask"))


def test_topics_of_which_a_role_asks_nothing_do_not_stand_as_still_to_be_asked(nurse: Hat) -> None:
    story.organisation("STEP", kind="peer_support")
    peer = story.worker("peer_mentor", "STEP", works_in=["MDI"])
    sitting = begun(peer, "standard-release")
    found = said(look(peer, "topic", sitting, "release_day"))
    assert ("Topic 1 of 1" in found, "0 of 1 begun" in found, "Overdose" in found) == (True, True, False)
    others = said(look(peer, "topic", sitting, "overdose"))
    assert ("Your role does not record this" in others, "Topic 2 of" in others) == (True, False)
