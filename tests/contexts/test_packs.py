"""Packs: chosen, agreed, given, taken back, and read by those who may."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import story
from tests.content import rows
from tests.packs import (
    HERS,
    LEAVES,
    SCRIPT,
    THEIRS,
    agreed,
    booked,
    form,
    given,
    known,
    made,
    newest,
    opens,
    place,
    revoked,
    said,
)
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.permits import Permit
from throughgate.packs import actions, choosing, queries
from throughgate.packs.content import Edition, Language, Layout, Reader
from throughgate.packs.rules import PackState, Topic
from throughgate.pathway.actions import in_step, record_ready
from throughgate.record import actions as record
from throughgate.record.rules import Draft, Overtaken
from throughgate.referral.actions import Meeting
from throughgate.treatment import actions as treatment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(3).isoformat())


@pytest.fixture
def ravi() -> Permit:
    """A prison recovery worker of Dee, who leaves on the tenth."""
    return known()


# Making one


def test_both_sheets_tell_what_is_known(ravi: Permit) -> None:
    booked(ravi)
    pack = made(ravi)
    hers, theirs = said(queries.sheet(ravi, pack, HERS)), said(queries.sheet(ravi, pack, THEIRS))
    assert "Your medicine lasts until Tuesday 24 November." in hers
    assert "With Dr Stamp." in hers
    assert "They are booked, and no pharmacy is known to be open the day after they leave" in theirs
    assert "Last dose: 40 milligrams, Monday 2 November 2026, 08:40" in theirs
    assert "Leaves Tuesday 10 November 2026\nCame into custody" in theirs


def test_a_saturday_that_no_prison_has_confirmed_is_told_as_one_to_ask_about() -> None:
    saturday = {"conditionalReleaseDate": "2026-11-14", "legalStatus": "SENTENCED"}
    story.bring_in(story.document(**saturday))
    permit = story.opens(story.worker(), story.person())
    pack = made(permit)
    assert "You may leave. Ask if the day is sure." in said(queries.sheet(permit, pack, HERS))
    assert "This day is a day off, so they may leave before it" in said(queries.sheet(permit, pack, THEIRS))
    story.bring_in(story.document(**saturday, confirmedReleaseDate="2026-11-14"), as_at=story.noon(3))
    pack = made(permit)
    assert "You leave." in said(queries.sheet(permit, pack, HERS))
    assert "This day is a day off" not in said(queries.sheet(permit, pack, THEIRS))


@pytest.mark.parametrize(
    ("listed", "is_there"),
    [
        ({"name": "Corner Pharmacy"}, True),
        ({"name": "Corner Pharmacy", "protected": "yes"}, False),
        ({}, False),
    ],
)
def test_where_medicine_is_collected_is_told_with_its_way_where_it_may_be(
    listed: dict[str, Any], *, is_there: bool
) -> None:
    story.bring_in(story.document(**LEAVES))
    story.treated({**SCRIPT, "pharmacy": "Corner Pharmacy"})
    place(**listed)
    ravi = opens("prison_recovery_worker")
    (medicine,) = [fact for fact in choosing.choose(ravi).facts if fact.key == "medicine:methadone"]
    assert bool(medicine.said["where"]) is is_there
    sheet = said(queries.sheet(ravi, made(ravi), HERS))
    assert ("12 Mill Lane" in sheet) is is_there
    assert ("Get it from Corner Pharmacy." in sheet) is (listed.get("protected") != "yes")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"EPISODID": "E1", "REFLD": "2026-10-20", "DISD": "2026-10-28"}], ["2026-10-28"]),
        (
            [
                {"EPISODID": "E1", "REFLD": "2026-10-20", "DISD": "2026-10-28"},
                {"EPISODID": "E2", "REFLD": "2026-09-01", "DISD": "2026-09-30"},
            ],
            ["2026-10-28"],
        ),
        (
            [
                {"EPISODID": "E1", "REFLD": "2026-10-20", "DISD": "2026-10-28"},
                {"EPISODID": "E3", "REFLD": "2026-10-30"},
            ],
            [""],
        ),
    ],
    ids=["the only one", "the last", "one that goes on"],
)
def test_treatment_that_ended_is_told_while_none_goes_on(rows: list[Any], told: list[str]) -> None:
    story.bring_in(story.document(**LEAVES))
    story.treated(*rows)
    found = choosing.choose(opens("prison_recovery_worker")).facts
    assert [fact.said["ended_on"] for fact in found if fact.topic is Topic.TREATMENT] == told


def test_the_area_that_answers_and_consent_are_told_as_the_provider_has_them() -> None:
    story.bring_in(story.document(**LEAVES))
    story.treated({"EPISODID": "E1", "REFLD": "2026-10-20", "DAT": "B12A", "CONSENT": "n"})
    ravi = opens("prison_recovery_worker")
    sheet = queries.sheet(ravi, made(ravi), THEIRS)
    told = {part.key: [item.title for item in part.items] for part in sheet.sections}
    assert told["area"] == ["Area that answers for treatment: B12A"]
    assert told["consent"] == ["They did not agree that NDTMS may hold their treatment data"]


def test_the_day_they_agreed_it_stands_on_the_next_workers_sheet(ravi: Permit) -> None:
    pack = made(ravi)
    agreed(ravi, pack, Reader.NEXT_WORKER)
    assert "They agreed this sheet on Monday 2 November 2026" in queries.sheet(ravi, pack, THEIRS).who


def test_a_form_sent_twice_makes_one_pack(ravi: Permit) -> None:
    sent = form()
    assert actions.make(ravi, form=sent) == actions.make(ravi, form=sent)
    assert len(queries.packs(ravi) or []) == 1


def test_each_pack_is_the_next_version(ravi: Permit) -> None:
    made(ravi), made(ravi)
    found = queries.packs(ravi) or []
    assert [(each.version, each.state) for each in found] == [(2, PackState.MADE), (1, PackState.REPLACED)]


def test_a_pack_of_an_earlier_custody_holds_no_more_and_no_later_one_has_its_version(ravi: Permit) -> None:
    pack = made(ravi)
    story.bring_in(story.released(lastMovementDate="2026-11-02"), as_at=story.NOON + timedelta(hours=3))
    again = {"bookingId": "1200002", "receptionDate": "2026-11-03", "lastMovementDate": "2026-11-03"}
    story.bring_in(story.document(**again), as_at=story.noon(3))
    back = story.opens(story.worker(), story.person(), at=story.noon(3))
    assert newest(back).state is PackState.OVER
    assert queries.sheet(back, pack, HERS).notices == (
        "This sheet does not hold any more. Ask for a new one.",
    )
    with pytest.raises(Refused, match="earlier time in custody"):
        given(back, pack)
    made(back)
    assert (newest(back).version, newest(back).state) == (2, PackState.MADE)


def test_somebody_no_prison_ever_told_of_can_have_one_too() -> None:
    story.treated(SCRIPT)
    bea = story.opens(story.worker("community_treatment_worker", "PATH"), story.person(source="PATH"))
    pack = made(bea)
    assert newest(bea).state is PackState.MADE
    assert "Not shared" not in said(queries.sheet(bea, pack, HERS))


def test_a_pack_is_made_from_what_is_known_at_any_time() -> None:
    story.bring_in(story.document())
    ada = opens("prison_healthcare")
    sheet = queries.sheet(ada, made(ada), HERS)
    assert "Nothing is booked yet." in said(sheet)
    assert sheet.notices == ("You have not agreed this sheet yet.",)


def test_who_may_record_no_plan_makes_no_pack(ravi: Permit) -> None:
    governor = replace(ravi, write=frozenset())
    assert not queries.makes_packs(governor)
    assert queries.makes_packs(ravi)
    with pytest.raises(Refused):
        made(governor)


def test_everything_is_chosen_in_a_bounded_number_of_queries(ravi: Permit) -> None:
    made(ravi)
    for day in range(11, 19):
        booked(ravi, day=day)
    with CaptureQueriesContext(connection) as captured:
        actions.make(ravi, form=form())
    assert len(captured) <= 26


# What is chosen


def test_a_place_of_the_directory_is_told_with_how_to_get_there(ravi: Permit) -> None:
    place()
    booked(ravi)
    item = next(each for each in queries.sheet(ravi, made(ravi), HERS).sections if each.key == "where").items[
        0
    ]
    assert item.where
    assert (item.where.name, item.where.address) == ("Pathlight", ("12 Mill Lane", "Anywhere", "ZZ99 3VZ"))
    assert (item.where.opening, item.where.landmarks[0].minutes) == ("Open that day: 09:00 - 17:00", 6)


def test_a_protected_place_is_not_said_at_all(ravi: Permit) -> None:
    place(protected="yes")
    booked(ravi)
    pack = made(ravi)
    for edition in (HERS, THEIRS):
        sheet = said(queries.sheet(ravi, pack, edition))
        assert "Pathlight" not in sheet
        assert "Mill Lane" not in sheet


def test_no_words_that_somebody_typed_tell_of_a_protected_place(ravi: Permit) -> None:
    booked(ravi, Meeting("prescriber", "Tess of Moorland", "Round the back, 12 mill lane"))
    record_ready(
        ravi, item="meeting", state="confirmed", on_day=None, text="To zz993vz", at=ravi.at, form=form()
    )
    pack = made(ravi)
    assert "To zz993vz" in said(queries.sheet(ravi, pack, HERS))
    assert "Moorland" in said(queries.sheet(ravi, pack, THEIRS))
    place(name="Moorland", protected="yes")
    pack = made(ravi)
    for edition in (HERS, THEIRS):
        sheet = said(queries.sheet(ravi, pack, edition)).casefold()
        assert [word for word in ("tess", "mill lane", "zz99") if word in sheet] == []
        assert "moorland" not in sheet  # nor who said so, where the house is called after its door
    assert "Someone will meet you." in said(queries.sheet(ravi, pack, HERS))


def test_words_of_a_home_are_not_printed_where_an_address_is_protected(ravi: Permit) -> None:
    tess = replace(ravi, write=frozenset({"housing"}))
    record_ready(
        tess, item="home", state="confirmed", on_day=None, text="12 Secret Lane", at=ravi.at, form=form()
    )
    assert "12 Secret Lane" in said(queries.sheet(ravi, made(ravi), HERS))
    draft = Draft(
        identity_id=story.identity(),
        kind="alert_protected_contact",
        item="X",
        happened_at=story.NOON,
        dated_by="time",
        as_at=story.NOON,
        body={"alert_type": "X", "alert_code": "X", "is_active": True},
    )
    record.add_many(story.feed(), [draft])
    assert "12 Secret Lane" not in said(queries.sheet(ravi, made(ravi), HERS))


def test_a_number_that_is_always_answered_stands_on_their_sheet(ravi: Permit) -> None:
    place(name="Night line", always="yes")
    assert "01632 960001\nNight line" in said(queries.sheet(ravi, made(ravi), HERS))


def test_nothing_restricted_is_chosen_even_by_who_may_read_it(ravi: Permit) -> None:
    draft = Draft(
        identity_id=story.identity(),
        kind="need_money",
        happened_at=story.NOON,
        dated_by="time",
        as_at=story.NOON,
        body={"how_far": "high", "said": "They are sending me back", "text": ""},
        restricted=True,
    )
    record.add_many(story.feed(), [draft])
    mo = replace(opens("offender_management"), read_restricted=True)
    assert "sending me back" not in said(queries.sheet(mo, made(mo), THEIRS))


def test_nothing_told_to_some_alone_is_chosen_even_by_them(ravi: Permit) -> None:
    draft = Draft(
        identity_id=story.identity(),
        kind="need_money",
        happened_at=story.NOON,
        dated_by="time",
        as_at=story.NOON,
        body={"how_far": "high", "said": "I owe Dai Umbrella", "text": ""},
        only_for=(ravi.organisation_id,),
    )
    record.add_many(story.feed(), [draft])
    sealed = replace(ravi, opens_sealed=True)
    for permit in (ravi, sealed):
        assert "Dai Umbrella" not in said(queries.sheet(permit, made(permit), THEIRS))


def test_what_is_redacted_is_told_no_more(ravi: Permit) -> None:
    with in_step(ravi):
        treatment.record_naloxone(ravi, state="in_hand", text="", at=ravi.at, form=form())
    assert "Naloxone: in their hands" in said(queries.sheet(ravi, made(ravi), THEIRS))
    (entry,) = rows("SELECT id FROM record_entry WHERE kind = 'naloxone'")
    record.redact(ravi, entry[0], reason="Of somebody else")
    assert "Naloxone: in their hands" not in said(queries.sheet(ravi, made(ravi), THEIRS))


def test_of_two_words_the_last_counts_and_an_alert_that_ended_is_gone(ravi: Permit) -> None:
    for as_at, active in ((2, True), (3, False)):
        draft = Draft(
            identity_id=story.identity(),
            kind="alert_safety_now",
            item="PEEP",
            happened_at=story.noon(as_at),
            dated_by="time",
            as_at=story.noon(as_at),
            body={"alert_type": "M", "alert_code": "PEEP", "is_active": active},
        )
        record.add_many(story.feed(), [draft])
        sheet = said(queries.sheet(ravi, made(ravi), THEIRS))
        assert ("Personal Emergency Evacuation Plan" in sheet) is active


# Who reads it


def test_nobody_reads_more_of_a_pack_than_they_may(ravi: Permit) -> None:
    pack = made(ravi)
    kofi = replace(ravi, read=frozenset({"identity_contact", "plan_appointments"}))
    theirs, hers = queries.sheet(kofi, pack, THEIRS), queries.sheet(kofi, pack, HERS)
    assert "Methadone" not in said(theirs)
    assert "Not shared with whoever made this sheet" in said(theirs)
    assert {each.key for each in hers.sections}.isdisjoint({"medicines", "naloxone"})


def test_what_its_maker_could_not_see_is_not_shared_whoever_reads_it(ravi: Permit) -> None:
    mo = opens("offender_management")
    pack = made(mo)
    medicines = next(each for each in queries.sheet(ravi, pack, THEIRS).sections if each.key == "medicines")
    assert [item.title for item in medicines.items] == ["Not shared with whoever made this sheet"]


def test_packs_that_are_not_shared_are_none(ravi: Permit) -> None:
    made(ravi)
    nobody = replace(ravi, read=frozenset({"identity_contact"}))
    assert queries.packs(nobody) is None
    with pytest.raises(NotFound):
        queries.sheet(nobody, newest(ravi).id, HERS)


@pytest.mark.parametrize(
    "ask",
    [
        queries.pack,
        lambda permit, pack: queries.sheet(permit, pack, HERS),
        lambda permit, pack: queries.sheet_to_agree(permit, pack, Reader.PERSON),
        queries.differences,
        lambda permit, pack: actions.print_sheet(permit, pack, HERS),
        agreed,
        given,
        revoked,
    ],
)
def test_a_pack_of_somebody_else_is_as_good_as_absent(
    ravi: Permit, ask: Callable[[Permit, UUID], Any]
) -> None:
    pack = made(ravi)
    story.bring_in(story.document(), story.document("A9999ZZ", lastName="OTHER", bookingId="2"))
    other = story.opens(story.worker(), story.person("A9999ZZ"))
    with pytest.raises(NotFound):
        ask(other, pack)


def test_printing_is_logged_and_looking_is_not(ravi: Permit) -> None:
    pack = made(ravi)
    queries.sheet(ravi, pack, HERS)
    actions.print_sheet(ravi, pack, Edition(Reader.PERSON, Language.WELSH, Layout.LARGE, is_discreet=True))
    ((detail,),) = rows("SELECT detail::json FROM audit_event WHERE action = 'print sheet'")
    assert detail == {"entry": str(pack), "sheet": "person", "discreet": True}


# Agreeing


def test_what_they_want_left_out_is_left_out_of_every_version(ravi: Permit) -> None:
    booked(ravi)
    pack = made(ravi)
    key = next(
        item.key for each in queries.sheet(ravi, pack, HERS).sections for item in each.items if item.lines
    )
    agreed(ravi, pack, Reader.PERSON, "medicine:methadone", key)
    assert "Methadone" not in said(queries.sheet(ravi, pack, HERS))
    assert "Methadone" in said(queries.sheet_to_agree(ravi, pack, Reader.PERSON))
    assert "Methadone" in said(queries.sheet(ravi, pack, THEIRS))
    again = made(ravi)
    assert "Methadone" not in said(queries.sheet(ravi, again, HERS))
    assert newest(ravi).agreed == {}


def test_a_pack_is_agreed_once_both_sheets_are(ravi: Permit) -> None:
    pack = made(ravi)
    agreed(ravi, pack)
    assert newest(ravi).state is PackState.MADE
    agreed(ravi, pack, Reader.NEXT_WORKER)
    assert newest(ravi).state is PackState.AGREED
    assert queries.sheet(ravi, pack, HERS).notices == ()


def test_a_worker_who_cannot_see_what_was_left_out_leaves_it_out_too(ravi: Permit) -> None:
    pack = made(ravi)
    agreed(ravi, pack, Reader.PERSON, "medicine:methadone")
    kofi = replace(ravi, read=ravi.read - {"treatment_medicines"})
    agreed(kofi, pack)
    assert queries.left_out(ravi, Reader.PERSON) == ("medicine:methadone",)


def test_nobodys_word_on_a_sheet_is_silently_the_last(ravi: Permit) -> None:
    pack, opened = made(ravi), form()
    agreed(ravi, pack)
    with pytest.raises(Overtaken):
        actions.agree(ravi, pack, reader=Reader.PERSON, left_out=[], form=opened)


def test_an_older_version_and_one_taken_back_are_not_gone_on_with(ravi: Permit) -> None:
    older, newer = made(ravi), made(ravi)
    with pytest.raises(Refused, match="newer version"):
        agreed(ravi, older)
    revoked(ravi, newer)
    with pytest.raises(Refused, match="taken back"):
        given(ravi, newer)


def test_once_the_newest_is_taken_back_the_one_before_speaks_of_no_newer_one(ravi: Permit) -> None:
    older, newer = made(ravi), made(ravi)
    assert queries.sheet(ravi, older, HERS).notices == ("There is a newer sheet than this one. Ask for it.",)
    revoked(ravi, newer)
    assert queries.pack(ravi, older).state is PackState.LAPSED
    assert queries.sheet(ravi, older, HERS).notices == (
        "This sheet does not hold any more. Ask for a new one.",
    )
    made(ravi)
    assert [each.state for each in queries.packs(ravi) or []] == [
        PackState.MADE,
        PackState.REVOKED,
        PackState.REPLACED,
    ]


# Giving and taking back


def test_a_pack_that_was_given_says_to_whom_and_how(ravi: Permit) -> None:
    pack = made(ravi)
    given(ravi, pack, THEIRS, Edition(Reader.PERSON, Language.WELSH, Layout.LARGE, is_discreet=True))
    assert newest(ravi).state is PackState.GIVEN
    (line,) = newest(ravi).given
    assert (line.readers, line.language, line.layout, line.is_discreet, line.text) == (
        (Reader.NEXT_WORKER, Reader.PERSON),
        "cy",
        "large",
        True,
        "At the gate.",
    )


def test_a_pack_that_was_taken_back_says_so_on_each_sheet(ravi: Permit) -> None:
    pack = made(ravi)
    revoked(ravi, pack)
    line = newest(ravi).revoked
    assert line
    assert line.text == "The wrong place."
    assert queries.sheet(ravi, pack, THEIRS).notices == (
        "This sheet does not hold any more. Ask for a new one.",
    )


def test_the_same_form_of_each_kind_makes_one_entry(ravi: Permit) -> None:
    pack, sent = made(ravi), [form() for _ in range(3)]
    for _ in range(2):
        actions.agree(ravi, pack, reader=Reader.PERSON, left_out=[], form=sent[0])
        actions.give(ravi, pack, editions=[HERS], text="", form=sent[1])
    for _ in range(2):
        actions.revoke(ravi, pack, why="Wrong", form=sent[2])
    line = newest(ravi)
    assert (len(line.given), line.revoked is not None) == (1, True)
