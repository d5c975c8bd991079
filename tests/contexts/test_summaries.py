"""Texts for others: agreed, made, given, entered elsewhere, taken back, and read by those who may."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import story
from tests.content import rows
from tests.packs import booked, form, known, opens, place, said
from throughgate.assessment import actions as assessment
from throughgate.assessment.rules.needs import Need
from throughgate.directory import actions as directory
from throughgate.directory import place_file
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.permits import Permit
from throughgate.packs.content import Language
from throughgate.packs.rules import Topic
from throughgate.pathway.actions import in_step
from throughgate.record import actions as record
from throughgate.record.rules import Draft, Overtaken
from throughgate.summaries import actions, queries, rules, words
from throughgate.summaries.queries import TextLine
from throughgate.summaries.rules import TextState
from throughgate.team import actions as team
from throughgate.team.rules import Goal, Task
from throughgate.treatment import actions as treatment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(3).isoformat())


@pytest.fixture
def ravi() -> Permit:
    """A prison recovery worker of Dee, whose home and drugs are told of, and who leaves on the tenth."""
    permit = known()
    needs(permit, "home", "My sister's sofa")
    needs(permit, "drugs_alcohol", "Most days before")
    return permit


def needs(permit: Permit, domain: str, words: str) -> None:
    with in_step(permit):
        need = Need(domain=domain, how_far="high", said=words)
        assessment.record_need(permit, need, at=permit.at, form=form())


def heard(permit: Permit, code: str, *keys: str) -> set[str]:
    """The tokens of these lines as they are read out now; of every line where none is named."""
    facts = queries.offer(permit, code).facts
    return {rules.token(fact) for fact in facts if not keys or fact.key in keys}


def made(permit: Permit, code: str = "housing", *keys: str) -> UUID:
    with in_step(permit):
        return actions.make(permit, code, agreed=heard(permit, code, *keys), way="spoke", form=form())


def given(permit: Permit, made_id: UUID, way: str = "hand") -> UUID:
    with in_step(permit):
        return actions.give(permit, made_id, way=way, text="To Harbour Homes.", form=form())


def wants(permit: Permit, words_of: str, *, whose: str = "person", agreed: str = "") -> str:
    """The key of what they want, or of what a worker suggests."""
    sent = form()
    goal = Goal(domain="home", whose=whose, text=words_of, agreed=agreed)
    team.set_goal(permit, goal, at=permit.at, form=sent)
    return sent.key


def revoked(permit: Permit, made_id: UUID) -> UUID:
    with in_step(permit):
        return actions.revoke(permit, made_id, why="The wrong sister.", form=form())


def newest(permit: Permit) -> TextLine:
    found = queries.texts(permit)
    assert found
    return found[0]


def changed(permit: Permit, made_id: UUID) -> list[tuple[str, str]]:
    found = queries.differences(permit, [queries.text(permit, made_id)])
    return [(each.key, each.what) for each in found.get(made_id, [])]


def draft(kind: str, words: str, **more: Any) -> Draft:
    return Draft(
        identity_id=story.identity(),
        kind=kind,
        happened_at=story.NOON,
        dated_by="time",
        as_at=story.NOON,
        body={"how_far": "high", "said": words, "text": ""},
        **more,
    )


# Making one


def test_a_text_says_what_they_agreed_to_and_nothing_else(ravi: Permit) -> None:
    made_id = made(ravi, "court", "need:home")
    sheet = queries.sheet(ravi, made_id)
    assert "My sister's sofa" in said(sheet)
    assert "Most days before" not in words.plain(sheet)
    ((kept,),) = rows("SELECT snapshot::text FROM summaries_made")
    assert "Most days before" not in kept
    assert newest(ravi).left_out == tuple(
        sorted(fact.key for fact in queries.offer(ravi, "court").facts if fact.key != "need:home")
    )


def test_a_court_is_not_told_that_something_is_left_out(ravi: Permit) -> None:
    sheet = queries.sheet(ravi, made(ravi, "court", "need:home"))
    assert "left out" not in words.plain(sheet)
    assert "Not shared" not in words.plain(sheet)
    assert "What is not mentioned may still be so." in words.plain(sheet)


def test_who_is_to_help_is_told_that_something_is_left_out_and_not_what(ravi: Permit) -> None:
    sheet = queries.sheet(ravi, made(ravi, "gp", "language", "cover"))
    assert "Something is left out at their wish." in said(sheet)
    assert "Health" not in said(sheet)


def test_a_form_sent_twice_makes_one_text(ravi: Permit) -> None:
    sent, agreed = form(), heard(ravi, "housing")
    for _ in range(2):
        actions.make(ravi, "housing", agreed=agreed, way="spoke", form=sent)
    assert len(queries.texts(ravi) or []) == 1


def test_versions_of_each_text_are_counted_by_themselves(ravi: Permit) -> None:
    made(ravi), made(ravi, "gp"), made(ravi)
    found = [(each.text.code, each.version, each.state) for each in queries.texts(ravi) or []]
    assert found == [
        ("housing", 2, TextState.MADE),
        ("gp", 1, TextState.MADE),
        ("housing", 1, TextState.REPLACED),
    ]


def test_what_has_changed_since_they_heard_it_is_not_agreed(ravi: Permit) -> None:
    before = heard(ravi, "housing")
    needs(ravi, "home", "Nowhere now")
    with pytest.raises(Refused, match="has changed since you opened it"):
        actions.make(ravi, "housing", agreed=before, way="spoke", form=form())
    assert queries.texts(ravi) == []


def test_who_may_record_no_plan_makes_no_text(ravi: Permit) -> None:
    governor = replace(ravi, write=frozenset())
    assert queries.makes_texts(ravi)
    assert not queries.makes_texts(governor)
    with pytest.raises(Refused):
        made(governor)


def test_everything_is_chosen_and_kept_in_a_bounded_number_of_queries(ravi: Permit) -> None:
    for day in range(11, 19):
        booked(ravi, day=day)
    agreed = heard(ravi, "note")
    with CaptureQueriesContext(connection) as captured:
        actions.make(ravi, "note", agreed=agreed, way="spoke", form=form())
    assert len(captured) <= 32


def test_what_they_want_is_told_with_what_is_still_to_be_done_for_it(ravi: Permit) -> None:
    home = wants(ravi, "A door I lock")
    wants(ravi, "To move near the probation office", whose="worker", agreed="not_agreed")
    wants(ravi, "A sofa for a night")
    for words_of, state in (("Ring the council", ""), ("Find the rent book", "done")):
        asked = form()
        team.ask(ravi, Task(text=words_of, is_theirs=True, serves=home), at=ravi.at, form=asked)
        if state:
            team.say_of_task(ravi, key=asked.key, state=state, text="", at=ravi.at, form=form())
    team.say_of_goal(ravi, key=home, state="going", text="", at=ravi.at, form=form())
    sheet = queries.sheet(ravi, made(ravi, "court", f"goal:home:{home}"))
    (told,) = [line for line in words.plain(sheet).splitlines() if line.startswith("- ")]
    assert told.startswith(
        "- Goal, in their words: “A door I lock”. On the way. To be done: Ring the council ("
    )
    offered = {fact.said["words"] for fact in queries.offer(ravi, "court").facts if fact.topic is Topic.GOAL}
    assert offered == {"A door I lock", "A sofa for a night"}


# What is never said


def test_what_they_want_names_no_protected_place(ravi: Permit) -> None:
    place(protected="yes")
    wants(ravi, "To stay at 12 Mill Lane")
    wants(ravi, "A door I lock")
    offered = {fact.said["words"] for fact in queries.offer(ravi, "court").facts if fact.topic is Topic.GOAL}
    assert offered == {"A door I lock"}


@pytest.mark.parametrize("code", [text.code for text in rules.texts()])
def test_nothing_restricted_protected_or_told_to_some_alone_is_offered(ravi: Permit, code: str) -> None:
    story_feed = story.feed()
    record.add_many(
        story_feed,
        [
            draft("need_money", "They are sending me back", restricted=True),
            draft("need_family", "I owe Dai Umbrella", only_for=(ravi.organisation_id,)),
        ],
    )
    mo = replace(ravi, read_restricted=True, opens_sealed=True)
    found = " ".join(
        item.title + " ".join(item.lines) for each in queries.offer(mo, code).sections for item in each.items
    )
    assert "sending me back" not in found
    assert "Dai Umbrella" not in found


def test_a_text_tells_nobody_more_than_they_may_read(ravi: Permit) -> None:
    made_id = made(ravi, "note")
    mo = replace(opens("offender_management"), read=frozenset({"plan_appointments", "housing"}))
    assert "My sister's sofa" in said(queries.sheet(mo, made_id))
    assert "Most days before" not in said(queries.sheet(mo, made_id))


def test_what_is_not_shared_with_who_made_it_is_said_where_it_may_be(ravi: Permit) -> None:
    tess = replace(ravi, read=ravi.read - {"housing"})
    sheet = queries.sheet(tess, made(tess, "housing"))
    assert "Not shared with whoever made this: Home" in said(sheet)
    absent = {
        item.title
        for each in queries.offer(tess, "housing").sections
        for item in each.items
        if each.heading in {"Home", "Family and people"}
    }
    assert absent == {"Not shared with you", "Not recorded"}
    some = replace(ravi, read=ravi.read - {"family"})
    parts = {each.heading: each.items for each in queries.offer(some, "court").sections}
    assert [item.title for item in parts["Family and people"]] == [
        "Not recorded",
        "Some of it is not shared with you",
    ]


def test_whoever_is_not_shown_plans_reads_no_text(ravi: Permit) -> None:
    made_id = made(ravi)
    stranger = replace(ravi, read=ravi.read - {"plan_appointments"})
    assert queries.texts(stranger) is None
    with pytest.raises(NotFound):
        queries.sheet(stranger, made_id)


def test_a_text_of_another_record_is_not_there(ravi: Permit) -> None:
    with pytest.raises(NotFound):
        queries.text(ravi, UUID(int=1))


def test_what_is_redacted_is_no_text_any_more(ravi: Permit) -> None:
    record.redact(ravi, made(ravi), reason="Of somebody else")
    assert queries.texts(ravi) == []


# Out of date


def test_a_text_is_out_of_date_once_it_says_what_is_not_so(ravi: Permit) -> None:
    made_id = made(ravi)
    assert changed(ravi, made_id) == []
    needs(ravi, "home", "Nowhere now")
    assert changed(ravi, made_id) == [("need:home", "changed")]
    needs(ravi, "money", "No bank")
    assert changed(ravi, made_id) == [("need:home", "changed"), ("need:money", "new")]


def test_what_they_left_out_is_not_missed(ravi: Permit) -> None:
    made_id = made(ravi, "court", "need:home")
    needs(ravi, "drugs_alcohol", "Every day")
    assert changed(ravi, made_id) == []
    assert queries.differences(ravi, []) == {}


def test_what_was_left_out_the_last_time_is_known(ravi: Permit) -> None:
    assert queries.offer(ravi, "housing").left_out == frozenset()
    made(ravi, "housing", "release")
    assert "need:home" in queries.offer(ravi, "housing").left_out


# Where it went


def test_given_and_entered_elsewhere_are_receipts(ravi: Permit) -> None:
    made_id = made(ravi, "note")
    given(ravi, made_id)
    with in_step(ravi):
        actions.enter_elsewhere(ravi, made_id, system="nomis", form=form())
    line = newest(ravi)
    assert line.state is TextState.GIVEN
    assert {(each.way, each.system, each.by, each.text) for each in line.receipts} == {
        ("hand", "", ravi.worker_id, "To Harbour Homes."),
        ("", "nomis", ravi.worker_id, ""),
    }


def test_what_was_not_agreed_for_justice_is_entered_in_no_system_of_justice(ravi: Permit) -> None:
    made_id = made(ravi, "gp")
    with pytest.raises(Refused, match="justice"):
        actions.enter_elsewhere(ravi, made_id, system="nomis", form=form())
    assert newest(ravi).receipts == ()


def test_what_was_taken_back_is_given_no_more_and_stays_readable(ravi: Permit) -> None:
    made_id = made(ravi)
    revoked(ravi, made_id)
    line = newest(ravi)
    assert line.state is TextState.REVOKED
    assert line.revoked
    assert line.revoked.text == "The wrong sister."
    assert "does not hold any more" in words.plain(queries.sheet(ravi, made_id))
    for go_on in (
        given,
        lambda permit, made_id: actions.enter_elsewhere(permit, made_id, system="nomis", form=form()),
    ):
        with pytest.raises(Refused, match="taken back"):
            go_on(ravi, made_id)


def test_once_the_newest_is_taken_back_the_one_before_speaks_of_no_newer_one(ravi: Permit) -> None:
    older, newer = made(ravi), made(ravi)
    assert "There is a newer version of this" in words.plain(queries.sheet(ravi, older))
    revoked(ravi, newer)
    assert "This does not hold any more" in words.plain(queries.sheet(ravi, older))
    with pytest.raises(Refused, match="after this one was taken back"):
        given(ravi, older)


def test_two_who_take_one_back_do_not_overwrite_each_other(ravi: Permit) -> None:
    made_id, opened = made(ravi), form()
    revoked(ravi, made_id)
    with pytest.raises(Overtaken):
        actions.revoke(ravi, made_id, why="Me too", form=opened)


def test_an_older_version_says_that_there_is_a_newer_one(ravi: Permit) -> None:
    made_id = made(ravi)
    made(ravi)
    assert "There is a newer version of this" in words.plain(queries.sheet(ravi, made_id))
    with pytest.raises(Refused, match="newer version"):
        given(ravi, made_id)


def test_printing_one_is_logged(ravi: Permit) -> None:
    made_id = made(ravi)
    sheet = actions.print_text(ravi, made_id, language=Language.ENGLISH)
    assert sheet.title == "Housing referral"
    assert rows("SELECT detail ->> 'entry' FROM audit_event WHERE action = 'print sheet'") == [
        (str(made_id),)
    ]


# What it says


def test_the_items_of_a_list_have_their_codes_and_nobodys_name(ravi: Permit) -> None:
    sheet = queries.sheet(ravi, made(ravi, "ndtms"))
    plain = words.plain(sheet)
    for line in (
        "FINITIAL: D",
        "SINITIAL: M",
        "DOB: 1989-05-04",
        "SEX: 2 Female",
        "DRUG1: 1011 Heroin",
        "REFLD: 2026-10-20",
    ):
        assert line in plain
    assert "DRUG2: not told here" in plain
    assert "NATION: not mapped, nobody is asked this here" in plain
    assert "Marlowe" not in plain


@pytest.mark.parametrize(
    ("written", "item"),
    [
        ("White: Eng./Welsh/Scot./N.Irish/British", "ETHNIC: A White British"),
        ("White: Martian", "ETHNIC: not mapped: White: Martian"),
    ],
)
def test_an_ethnic_group_is_told_by_its_code_where_a_table_knows_the_label(
    ravi: Permit, written: str, item: str
) -> None:
    story.bring_in(story.document(ethnicity=written), as_at=story.noon(3))
    assert item in words.plain(queries.sheet(ravi, made(ravi, "ndtms")))


def test_an_item_without_a_code_says_what_was_told(ravi: Permit) -> None:
    with in_step(ravi):
        treatment.record_naloxone(ravi, state="in_hand", text="", at=ravi.at, form=form())
    assert "NALOXISS: not mapped: in hand" in words.plain(queries.sheet(ravi, made(ravi, "ndtms")))


def test_each_line_says_who_told_it_and_when(ravi: Permit) -> None:
    plain = words.plain(queries.sheet(ravi, made(ravi, "housing", "need:home")))
    assert "- Home. How great the need is: high. In their words: “My sister's sofa” (Moorland" in plain
    assert plain.startswith("Housing referral\nDee Marlowe\nBorn 4 May 1989\nMade by Moorland (HMP & YOI), ")


@pytest.mark.parametrize(
    ("phones", "stands"),
    [
        (["01632 960021"], "A prison recovery worker, 01632 960021"),
        (["01632 960021", "01632 960022"], "A prison recovery worker\n"),
    ],
    ids=["one number", "several, of which none is theirs for sure"],
)
def test_it_says_who_answers_for_it_and_by_which_number(ravi: Permit, phones: list[str], stands: str) -> None:
    told = [f"MDI,TEAM{number},Team {number},,,,{phone},no,no,," for number, phone in enumerate(phones)]
    never = ["MDI,NIGHT,Night line,,,,01632 960023,yes,no,,", "MDI,DOOR,A door,,,,01632 960024,no,yes,,"]
    lines = [",".join(place_file.COLUMNS), *told, *never]
    directory.put_places(place_file.read(lines), at=story.NOON)
    text = queries.sheet(ravi, made(ravi, "housing", "need:home"))
    assert f"Made by Moorland (HMP & YOI), {stands}" in words.plain(text)


def test_a_text_names_only_the_numbers_its_reader_needs(ravi: Permit) -> None:
    assert "A1234BC" not in words.plain(queries.sheet(ravi, made(ravi, "housing")))
    assert "A1234BC" in words.plain(queries.sheet(ravi, made(ravi, "court")))


def test_the_day_in_court_is_known_where_a_text_is_gone_through(ravi: Permit) -> None:
    assert queries.offer(ravi, "court").hearing_on is None
    stranger = replace(ravi, read=frozenset({"housing"}))
    assert queries.offer(stranger, "court").hearing_on is None
