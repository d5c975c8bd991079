"""What a feed, a sheet or their own story tells already is never asked as if it were blank."""

import re

import pytest

from tests import story
from tests.content import rows
from tests.contexts.clients import beside_them
from tests.contexts.test_assessment_pages import COMPREHENSIVE, answered, begun, look, send, shown, told
from tests.contexts.test_mine_book import kept
from tests.contexts.test_mine_questions import begins, page
from tests.packs import SCRIPT, booked, form
from throughgate.assessment import instruments
from throughgate.foundation.codesets import code_set
from throughgate.packs import choosing
from throughgate.packs.rules import Topic
from throughgate.pathway import actions as pathway
from throughgate.pathway.actions import in_step
from throughgate.staff.queries import Hat
from throughgate.story import queries as story_queries
from throughgate.treatment import actions as treatment

pytestmark = pytest.mark.django_db
TABLE = code_set("concept_facts", folder=instruments.INSTRUMENTS).rows


@pytest.fixture(autouse=True)
def on_the_third(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(story.document(alerts=[{"alertCode": "MHT", "alertType": "M", "active": True}]))
    story.treated(SCRIPT)
    monkeypatch.setenv("TG_CLOCK", story.noon(3).isoformat())


@pytest.fixture
def nurse() -> Hat:
    return story.worker("prison_healthcare")


def supplied(nurse: Hat, state: str) -> None:
    permit = story.opens(nurse, story.person(), at=story.noon(3))
    with in_step(permit):
        treatment.record_naloxone(permit, state=state, text="", at=permit.at, form=form())


def plain(of: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", of))


def test_the_first_night_shows_what_a_feed_told_of_the_script_and_the_last_dose(nurse: Hat) -> None:
    found = look(nurse, "topic", begun(nurse), "tonight")
    for question in ("treatment_script", "last_dose"):
        said = plain(shown(found, question))
        assert "Methadone" in said
        assert "Organisation PATH: 40 milligrams, supervised." in said
        assert "Last dose: 40 milligrams, Monday 2 November 2026, 08:40" in said
        assert ("on the record" in said, "ask afresh" in said, "Still so" in said) == (True, True, False)
    assert "Methadone" not in shown(found, "other_medicines")


def test_a_medicine_that_is_no_script_for_opioids_is_an_other_medicine(nurse: Hat) -> None:
    story.treated(
        {**SCRIPT, "prescription_id": "p2", "medicine": "Sertraline 50mg tablets"}, as_at=story.noon(3)
    )
    found = look(nurse, "topic", begun(nurse), "tonight")
    for question in ("other_medicines", "other_medicines_which"):
        assert ("Sertraline" in shown(found, question), "Methadone" in shown(found, question)) == (
            True,
            False,
        )
    assert "Sertraline" not in shown(found, "treatment_script")


@pytest.mark.parametrize("medicine", code_set("script_medicines").labels().values())
def test_a_script_by_any_of_its_names_stands_under_the_script(nurse: Hat, medicine: str) -> None:
    told_as = f"{medicine.upper()} 8mg, as the pharmacy writes it"
    story.treated({**SCRIPT, "prescription_id": "p2", "medicine": told_as}, as_at=story.noon(3))
    found = look(nurse, "topic", begun(nurse), "tonight")
    name = medicine if medicine in ("Methadone", "Buprenorphine") else told_as.capitalize()
    for question, stands_there in (
        ("treatment_script", True),
        ("last_dose", True),
        ("other_medicines", False),
    ):
        assert (name in shown(found, question)) is stands_there


def test_what_the_record_tells_is_no_answer_until_somebody_confirms_it(nurse: Hat) -> None:
    supplied(nurse, "in_hand")
    sitting = begun(nurse, "standard-release")
    said = shown(look(nurse, "topic", sitting, "release_day"), "naloxone_has")
    assert ("Naloxone: in their hands" in said, "not confirmed" in said, "Still so" in said) == (True,) * 3
    assert told(nurse, "naloxone_has") == []
    answered(nurse, sitting, "release_day", q_naloxone_has_was="confirmed")
    assert told(nurse, "naloxone_has") == [("confirmed", "yes")]
    ((first,),) = rows("SELECT answers->'naloxone_has'->>'first' FROM assessment_answers")
    ((entry,),) = rows("SELECT id FROM record_entry WHERE kind = 'naloxone'")
    assert first == str(entry)


def test_what_is_no_longer_true_hides_what_the_record_told_before(nurse: Hat) -> None:
    supplied(nurse, "in_hand")
    answered(nurse, begun(nurse, "standard-release"), "release_day", q_naloxone_has_was="no_longer")
    again = begun(nurse, "standard-release", why="She asked")
    assert "Still so" not in shown(look(nurse, "topic", again, "release_day"), "naloxone_has")


def test_a_state_that_says_no_answer_is_shown_and_not_to_be_confirmed(nurse: Hat) -> None:
    supplied(nurse, "refused")
    said = shown(look(nurse, "topic", begun(nurse, "standard-release"), "release_day"), "naloxone_has")
    assert ("Naloxone: refused for now" in said, "Still so" in said) == (True, False)


def test_for_a_court_what_treatment_told_says_so(nurse: Hat) -> None:
    sitting = begun(nurse, "standard-pre_sentence")
    said = plain(shown(look(nurse, "topic", sitting, "medicines"), "treatment_script"))
    assert ("Methadone" in said, "told for another purpose" in said) == (True, True)


def test_what_a_role_is_not_shown_is_not_shown_here(nurse: Hat) -> None:
    story.organisation("HOUSE", kind="housing")
    housing = story.worker("housing_worker", "HOUSE", works_in=["MDI"])
    sitting = begun(housing, "standard-release")
    assert "Methadone" not in look(housing, "topic", sitting, "release_day")


def test_their_own_words_stand_where_the_same_is_asked() -> None:
    ravi = story.worker()
    kept(beside_them(ravi), "/mine/story/worth/", text="My own front door")
    found = shown(look(ravi, "topic", begun(ravi, COMPREHENSIVE), "matters"), "worth_it_words")
    assert ("My own front door" in found, "Their own story" in found) == (True, True)


def test_in_her_own_book_she_sees_it_without_what_a_prison_warns_of(nurse: Hat) -> None:
    dee = beside_them(nurse)
    url = begins(dee, "comprehensive")
    assert "Methadone" in shown(page(dee, url + "medicines/"), "treatment_script")
    assert "Hearing Impaired" not in page(dee, url + "communication/")
    sitting = begun(nurse, COMPREHENSIVE)
    assert "Hearing Impaired" in look(nurse, "topic", sitting, "communication")


def test_what_is_read_of_one_topic_is_what_a_pack_says_of_it(nurse: Hat) -> None:
    supplied(nurse, "in_hand")
    ravi = story.opens(story.worker(), story.person(), at=story.noon(3))
    booked(ravi)
    with in_step(ravi):
        pathway.record_ready(
            ravi, item="home", state="in_hand", text="", on_day=None, at=ravi.at, form=form()
        )
    whole = choosing.choose(ravi).facts
    assert {Topic.MEDICINE, Topic.APPOINTMENT, Topic.HOME, Topic.NALOXONE, Topic.ALERT} <= {
        fact.topic for fact in whole
    }
    for topic in Topic:
        assert [fact for fact in whole if fact.topic is topic] == list(
            choosing.choose(ravi, about={topic}).facts
        )


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['concept']}: {row['tells']}")
def test_every_row_names_a_concept_that_is_asked_and_an_answer_to_it(row: dict[str, str]) -> None:
    asked = [each for each in instruments.newest("standard").questions if each.concept == row["concept"]]
    assert asked
    offered = {choice.code for each in asked for choice in each.choices} | {""}
    assert row["answer"] in offered
    assert bool(row["answer"]) is bool(row["field"]) is bool(row["is"])
    assert row["about"] in set(Topic) or set(row["tells"].split()) <= set(story_queries.SHAPES)


def test_what_is_known_is_read_with_what_the_record_tells_each_thing_once(nurse: Hat) -> None:
    supplied(nurse, "in_hand")
    found = plain(look(nurse, "ask_known"))
    assert found.count("Last dose: 40 milligrams") == 1
    assert "Naloxone: in their hands" in found


def test_a_forged_confirmation_of_what_no_record_tells_is_refused(nurse: Hat) -> None:
    sitting = begun(nurse, "standard-release")
    answer = send(nurse, "topic", sitting, "release_day", q_naloxone_has_was="confirmed")
    assert answer.status_code == 302
    assert told(nurse, "naloxone_has") == []
