"""What somebody answers: kept once for each circle of readers, corrected, and read back by who may."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests import story
from throughgate.assessment import actions as assessment
from throughgate.assessment import queries
from throughgate.assessment.rules.answers import Said
from throughgate.assessment.rules.shapes import Answer
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.record import queries as record
from throughgate.record.rules import Form, OutsideThePermit, Overtaken

pytestmark = pytest.mark.django_db
ME = UUID(int=7)
SITTING = UUID(int=70)
YES, NO = Answer(state="answered", value="yes"), Answer(state="answered", value="no")
RATHER_NOT = Answer(state="prefer_not")
DRINKS = Answer(state="answered", value=("alcohol", "opioids"))
TONIGHT = {"used_most_days": DRINKS, "pregnancy": NO, "self_harm_now": RATHER_NOT}
KINDS = ["answers_physical_health", "answers_safety_now", "answers_treatment_medicines"]


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.NOON.isoformat())
    story.bring_in(story.document())


@pytest.fixture
def permit() -> Permit:
    """A community treatment worker's, who comes into the prison."""
    story.organisation("PATH")
    return story.opens(story.worker("community_treatment_worker", "PATH", works_in=["MDI"]), story.person())


def said(answers: Mapping[str, Answer] = TONIGHT, **rest: Any) -> Said:
    usual: dict[str, Any] = {
        "sitting": SITTING,
        "instrument": "standard",
        "version": "1",
        "stage": "first_night",
        "topic": "tonight",
        "way": "worker",
        "setting": "custody",
        "seconds": 40,
    }
    return Said(answers=answers, **usual | rest)


def says(permit: Permit, words: Said | None = None, key: str = "", reason: str = "") -> UUID:
    form = Form(key or str(new_id()), reason=reason)
    return assessment.record_answers(permit, words or said(), at=permit.at, form=form)


def kinds(permit: Permit) -> list[str]:
    everything = frozenset(f"answers_{category}" for category in permit.read)
    found = record.current(permit, identity_ids=linkage.identity_ids(permit), kinds=everything)
    return sorted(entry.kind for entry in found)


def values(permit: Permit, concept: str) -> list[object]:
    return [known.answer.value for known in queries.known(permit).get(concept, [])]


# Kept


def test_a_topic_is_kept_in_one_entry_for_each_category(permit: Permit) -> None:
    says(permit)
    assert kinds(permit) == KINDS
    (sitting,) = queries.sittings(permit)
    assert sitting.answers("tonight") == TONIGHT
    assert (sitting.seconds, sitting.ways, sitting.topics) == (40, ("worker",), ("tonight",))


def test_the_same_form_sent_twice_has_one_effect(permit: Permit) -> None:
    key = str(new_id())
    first = says(permit, key=key)
    assert says(permit, key=key) == first
    assert says(permit, said({"pregnancy": YES}), key=key) == first
    assert values(permit, "pregnancy") == ["no"]


def test_what_was_saved_and_not_changed_is_not_written_again(permit: Permit) -> None:
    first = says(permit)
    assert says(permit) == first
    assert kinds(permit) == KINDS


def test_a_topic_saved_again_in_its_sitting_is_corrected_where_it_differs(permit: Permit) -> None:
    says(permit)
    says(permit, said({**TONIGHT, "pregnancy": YES}))
    assert kinds(permit) == KINDS
    assert values(permit, "pregnancy") == ["yes"]
    (physical,) = [each for each in queries.answers(permit) if each.category == "physical_health"]
    assert physical.seconds == 80
    assert values(permit, "used_most_days") == [("alcohol", "opioids")]


def test_an_answer_taken_out_is_not_known_any_more(permit: Permit) -> None:
    says(permit)
    says(permit, said({"used_most_days": DRINKS}))
    assert "pregnancy" not in queries.known(permit)


def test_what_is_kept_for_some_is_an_entry_of_its_own_that_only_they_read(permit: Permit) -> None:
    assert permit.worker_id
    says(permit, said({**TONIGHT, "treatment_script": YES}, only_for={"used_most_days": (permit.worker_id,)}))
    assert kinds(permit) == [*KINDS, "answers_treatment_medicines"]
    assert {"used_most_days", "treatment_script"} <= queries.known(permit).keys()
    colleague = story.worker("community_treatment_worker", "PATH", works_in=["MDI"])
    known = queries.known(story.opens(colleague, story.person()))
    assert "treatment_script" in known
    assert "used_most_days" not in known


def test_another_way_of_the_same_sitting_stands_beside_it(permit: Permit) -> None:
    says(permit)
    says(permit, said({"pregnancy": YES}, way="self"))
    assert values(permit, "pregnancy") == ["yes", "no"]


def test_who_had_not_seen_the_last_word_on_a_topic_is_shown_it(permit: Permit) -> None:
    opened = str(new_id())
    says(permit)
    with pytest.raises(Overtaken) as refused:
        says(permit, said({"pregnancy": YES}), key=opened)
    assert refused.value.newer in {entry.entry_id for entry in queries.answers(permit)}
    assert values(permit, "pregnancy") == ["no"]


def test_nothing_is_kept_of_a_topic_of_which_one_part_is_refused(permit: Permit) -> None:
    only_safety = replace(permit, write=frozenset({"safety_now"}))
    with pytest.raises(OutsideThePermit):
        says(only_safety)
    assert kinds(permit) == []


def test_a_form_that_is_not_there_is_not_found(permit: Permit) -> None:
    for wrong in ("version", "topic", "instrument"):
        with pytest.raises(NotFound):
            says(permit, said(TONIGHT, **{wrong: "../standard"}))


def test_what_was_asked_lately_is_asked_again_for_a_reason(permit: Permit) -> None:
    says(permit)
    with pytest.raises(Refused, match="Say why it has to be asked again"):
        says(permit, said(sitting=UUID(int=71)))
    says(permit, said(sitting=UUID(int=71), again_because="He came back from hospital."))
    assert [sitting.again_because for sitting in queries.sittings(permit)] == [
        "He came back from hospital.",
        "",
    ]


# Resting on what was said before


def test_what_is_confirmed_keeps_when_and_where_it_was_first_said(permit: Permit) -> None:
    says(permit)
    (first,) = queries.known(permit)["pregnancy"]
    later = replace(permit, at=story.noon(9))
    confirmed = replace(NO, how="confirmed", first=first.entry_id)
    says(later, said({"pregnancy": confirmed}, sitting=UUID(int=71), stage="second_day"))
    again = queries.known(permit)["pregnancy"][0]
    assert (again.answer.first, again.answer.first_on) == (first.entry_id, first.said_on)
    assert again.said_on.day == 9
    once_more = replace(NO, how="confirmed", first=again.entry_id)
    says(later, said({"pregnancy": once_more}, sitting=UUID(int=72), stage="comprehensive"))
    assert queries.known(permit)["pregnancy"][0].answer.first == first.entry_id


def test_what_nobody_said_cannot_be_confirmed(permit: Permit) -> None:
    with pytest.raises(Refused, match="is not known any more, or not shared"):
        says(permit, said({"pregnancy": replace(NO, how="confirmed", first=UUID(int=1))}))


def test_the_first_words_on_something_rest_on_nothing(permit: Permit) -> None:
    says(permit, said({"pregnancy": replace(NO, first=UUID(int=1))}))
    assert queries.known(permit)["pregnancy"][0].answer.first is None


# Read


def test_who_may_not_read_a_category_knows_none_of_its_answers(permit: Permit) -> None:
    says(permit)
    housing = story.opens(story.worker("housing_worker", "PATH", works_in=["MDI"]), story.person())
    assert queries.known(housing).keys().isdisjoint({"pregnancy"})
    assert "physical_health" in queries.not_shared(housing)


def test_what_was_known_on_a_day_is_read_as_it_was(permit: Permit, monkeypatch: pytest.MonkeyPatch) -> None:
    says(permit)
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    says(permit, said({**TONIGHT, "pregnancy": YES}))
    then = queries.known(permit, known_on=story.noon(5), concepts=["pregnancy"])
    assert [known.answer.value for known in then["pregnancy"]] == ["no"]
    assert then.keys() == {"pregnancy"}
    assert queries.sittings(permit, since=story.noon(5)) == []


def test_a_line_says_the_answers_as_they_were_given(permit: Permit) -> None:
    entry_id = says(permit, said({"pregnancy": NO}))
    line = queries.lines(permit, {"answers_physical_health": [entry_id]})[entry_id]
    assert isinstance(line, queries.AnswersLine)
    assert line.answers == {"pregnancy": {"state": "answered", "value": "no", "how": "asked"}}


def test_a_peer_asks_as_a_peer_and_a_worker_as_a_worker(permit: Permit) -> None:
    assert queries.ways(permit) == ["worker", "self", "paper"]
    assert queries.ways(replace(permit, role="peer_mentor")) == ["peer", "self", "paper"]
    assert queries.ways(replace(permit, own=True)) == ["self"]
    with pytest.raises(Refused, match="Choose who asked"):
        says(permit, said(way="peer"))


def test_reading_all_that_was_answered_takes_two_queries(
    permit: Permit, django_assert_num_queries: Any
) -> None:
    says(permit)
    with django_assert_num_queries(2):
        queries.answers(permit)


# How far a stage is


def test_a_stage_is_whole_once_something_of_each_of_its_topics_is_answered(permit: Permit) -> None:
    says(permit)
    says(permit, said({"told_here": YES}, stage="second_day", topic="people", sitting=UUID(int=72)))
    today = story.NOON.date()
    assert sorted(queries.stages_answered(permit, [permit.person_id])) == [
        (permit.person_id, "first_night", today, today),
        (permit.person_id, "second_day", today, None),
    ]


def test_what_is_kept_for_some_or_taken_out_again_shows_nobody_that_it_was_asked(permit: Permit) -> None:
    assert permit.worker_id
    says(permit, said({"pregnancy": NO}, only_for={"pregnancy": (permit.worker_id,)}))
    says(permit, said({"nicotine": RATHER_NOT}, sitting=UUID(int=72), stage="second_day"))
    says(
        permit,
        said(
            {"pregnancy": NO},
            sitting=UUID(int=72),
            stage="second_day",
            only_for={"pregnancy": (permit.worker_id,)},
        ),
    )
    assert list(queries.stages_answered(permit, [permit.person_id])) == []
