"""The demo: the town as it stands on a day, brought in by the door everybody uses."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection

from tests.database import DEMO_DAY
from tests.story import opens
from throughgate.access import actions as access
from throughgate.assessment import queries as assessment
from throughgate.assessment.rules import answers, burden
from throughgate.audit import queries as audit
from throughgate.audit import sealing
from throughgate.custody import queries as custody
from throughgate.custody.queries import DateLine, Wanted
from throughgate.exchange import queries as exchange
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.linkage import queries as linkage
from throughgate.oversight import queries as oversight
from throughgate.packs import queries as packs
from throughgate.packs.content import Reader
from throughgate.packs.queries import PackLine
from throughgate.packs.rules import PackState
from throughgate.pathway import queries as pathway
from throughgate.pathway.queries import PlanLine, Tab
from throughgate.pathway.rules import CoverState, Shape
from throughgate.people import queries as people
from throughgate.record import queries as record
from throughgate.staff import cast as signing_in
from throughgate.staff.queries import Hat
from throughgate.story import queries as own_story
from throughgate.summaries import queries as summaries
from throughgate.summaries.rules import TextState
from throughgate.summaries.words import plain
from throughgate.team import lists
from throughgate.team import queries as team
from throughgate.team.queries import Board
from throughgate.treatment import queries as treatment
from throughgate.wiring import demo
from throughgate.wiring.demo import stories

NOW = clock.start_of(DEMO_DAY) + timedelta(hours=9)


def hat(name: str) -> Hat:
    return next(each for each in signing_in.hats(on=DEMO_DAY) if each.worker_name.endswith(name))


def found(worker: str, name: str) -> list[str]:
    """Whom a search by name shows this worker."""
    permit = access.issue_list_permit(hat(worker), purpose="direct_care", at=NOW)
    listed = custody.everyone(permit, Wanted(words=tuple(name.lower().split())))
    return [each.name for each in listed.people]


def listing(worker: str) -> ListPermit:
    return access.issue_list_permit(hat(worker), purpose="direct_care", at=NOW)


def opened(worker: str, person: str) -> Permit:
    """The worker opens the record of somebody they find."""
    (each,) = custody.everyone(listing(worker), Wanted(words=tuple(person.lower().split()))).people
    return opens(hat(worker), each.person_id, at=NOW)


FOUND = [  # person, who finds them, who does not
    ("Dee Lantern", ["Thermos", "Umbra", "Doorbell"], ["Inkwell", "Footpath", "Keyring"]),
    ("Marcus Teacup", ["Inkwell", "Thermos", "Clipboard", "Calendar"], ["Umbra", "Doorbell", "Footpath"]),
    ("Sian Umbrella", ["Thermos", "Umbra"], ["Inkwell", "Doorbell"]),
    ("Tomasz Kettle", ["Inkwell", "Thermos"], ["Doorbell", "Umbra"]),
    ("Tomas Ketle", ["Doorbell", "Stamp"], ["Umbra", "Clipboard"]),
    ("Joe Ladder", ["Inkwell", "Doorbell"], ["Umbra"]),
    ("Kim Button", ["Doorbell"], ["Inkwell", "Thermos"]),
    ("Kit Button", ["Inkwell", "Thermos"], ["Doorbell"]),
    ("Aisha Lighthouse", ["Thermos", "Umbra", "Doorbell"], ["Inkwell"]),
    ("Danny Compass", ["Inkwell", "Thermos", "Doorbell"], ["Umbra"]),
    ("Precious Harbour", ["Doorbell", "Footpath"], ["Inkwell", "Umbra", "Thermos"]),
    ("Lee Postbox", ["Inkwell", "Clipboard", "Doorbell"], ["Umbra"]),
    ("Rhys Windmill", ["Inkwell", "Thermos"], ["Umbra", "Doorbell"]),
    ("Noor Bridge", ["Thermos", "Doorbell"], ["Inkwell"]),
    ("Sam Gravel", ["Doorbell", "Stamp", "Whistle"], ["Inkwell", "Thermos"]),
    ("J T", ["Doorbell"], ["Inkwell", "Thermos"]),
]


@pytest.mark.parametrize(("name", "by", "not_by"), FOUND, ids=[row[0] for row in FOUND])
def test_everybody_is_found_by_those_concerned_with_them_and_by_nobody_else(
    town: None, name: str, by: list[str], not_by: list[str]
) -> None:
    assert [worker for worker in by if not found(worker, name)] == []
    assert [worker for worker in not_by if found(worker, name)] == []


@pytest.mark.parametrize("worker", ["Ledger", "Gate", "Switch"])
def test_those_whose_role_sees_nobody_are_told_so(town: None, worker: str) -> None:
    with pytest.raises(Refused, match="does not see people by name"):
        found(worker, "Dee Lantern")


def test_a_stranger_cannot_open_what_they_do_not_find(town: None) -> None:
    person_id = opened("Umbra", "Dee Lantern").person_id
    with pytest.raises(NotFound):
        access.issue_permit(hat("Inkwell"), person_id, purpose="direct_care", at=NOW)


def test_father_and_son_are_two_people_of_one_name(town: None) -> None:
    assert found("Doorbell", "Joe Ladder") == ["Joe Ladder", "Joe Ladder"]
    assert linkage.lookalikes(_permit_of_younger_joe()) == 1


def _permit_of_younger_joe() -> Permit:
    listed = access.issue_list_permit(hat("Doorbell"), purpose="direct_care", at=NOW)
    joes = custody.everyone(listed, Wanted(words=("joe", "ladder"))).people
    younger = max(joes, key=lambda each: each.birth_date or date.min)
    return access.issue_permit(hat("Doorbell"), younger.person_id, purpose="direct_care", at=NOW)


def test_who_waits_to_be_told_apart(town: None) -> None:
    permit = access.issue_review_permit(hat("Ditto"), organisation_id=hat("Ditto").organisation_id, at=NOW)
    pairs = linkage.held(permit, limit=50)
    asked = {
        frozenset(each.first_name.title() for each in people.known_as(permit, _both(pair)).values()): set(
            pair.reasons
        )
        for pair in pairs
    }
    assert "perhaps_twins" in asked[frozenset({"Kim", "Kit"})]
    assert "day_and_month_swapped" in asked[frozenset({"Tomasz", "Tomas"})]
    assert "generation_apart" in asked[frozenset({"Joe"})]


def _both(pair: linkage.HeldPair) -> frozenset[UUID]:
    return frozenset({pair.identity_id, pair.other_id})


def test_one_emergency_was_looked_into_and_one_waits(town: None) -> None:
    sol = access.issue_list_permit(hat("Padlock"), purpose="audit", at=NOW)
    (answered,), (waits,) = oversight.decided(sol, limit=9), oversight.waiting(sol, limit=9)
    assert (answered.person_name, answered.finding, answered.telling) == ("Sam Gravel", "in_order", "book")
    assert (waits.person_name, waits.why) == ("Rhys Windmill", "life_in_danger")
    own = access.issue_own_permit(answered.person_id or UUID(int=0), level="beside", at=NOW)
    assert [look.role for look in audit.looks(own).shown if look.emergency] == ["liaison_diversion"]
    with pytest.raises(NotFound):  # it has ended
        access.issue_permit(hat("Stamp"), waits.person_id or UUID(int=0), purpose="direct_care", at=NOW)


def test_noor_is_marked_as_reported_to_have_died(town: None) -> None:
    assert people.banner(opened("Thermos", "Noor Bridge")).death == "reported"


def test_lee_is_back_on_recall_and_marcus_on_remand(town: None) -> None:
    permit = access.issue_list_permit(hat("Inkwell"), purpose="direct_care", at=NOW)
    standing = {
        name: custody.everyone(permit, Wanted(words=(name,))).people[0].standing for name in ("lee", "marcus")
    }
    assert standing == {"lee": "back_on_recall", "marcus": "remand"}


def test_an_event_told_of_lees_return_hours_before_the_extract_did(town: None) -> None:
    permit = opened("Inkwell", "Lee Postbox")
    told = record.current(permit, identity_ids=linkage.identity_ids(permit), kinds=frozenset({"movement"}))
    (event,) = (entry for entry in told if entry.source == "prison-events")
    (extract,) = (entry for entry in told if entry.as_at > event.as_at)
    assert extract.recorded_at - event.recorded_at == timedelta(hours=4)
    panel = custody.panel(permit, linkage.identity_ids(permit))
    assert panel is not None
    assert panel.now is not None
    assert panel.now.starts_on == DEMO_DAY - timedelta(days=1)


def test_dees_release_moved_yesterday_and_before_that_nobody_knew(town: None) -> None:
    permit = opened("Umbra", "Dee Lantern")
    assert _confirmed(permit, nights_ago=0) == DEMO_DAY + timedelta(days=12)
    assert _confirmed(permit, nights_ago=1) == DEMO_DAY + timedelta(days=16)


def _confirmed(permit: Permit, *, nights_ago: int) -> date | None:
    """The confirmed release date, as it was known in the morning that many days ago."""
    known_on = NOW - timedelta(days=nights_ago)
    identities = linkage.identity_ids(permit, known_on=known_on)
    told = record.current(
        permit, identity_ids=identities, kinds=frozenset({"expected_date"}), known_on=known_on
    )
    newest = next(entry for entry in told if entry.item == "CONFIRMED")
    line = custody.lines(permit, {newest.kind: [newest.id]})[newest.id]
    assert isinstance(line, DateLine)
    return line.expected_on


def test_two_sources_disagree_on_dannys_dose(town: None) -> None:
    permit = opened("Thermos", "Danny Compass")
    told = treatment.medicines(permit, linkage.identity_ids(permit), on=DEMO_DAY)
    assert told is not None
    methadone = next(line for line in told.medicines if "methadone" in line.medicine)
    (dose,) = [each for each in methadone.disagreements if each.field == "dose"]
    assert sorted(said for _, (said,) in dose.sayings) == ["50", "60"]


ON_TODAY = [  # who looks, on which tab, whom they find
    ("Inkwell", Tab.THIS_WEEK, {"Marcus Teacup"}),
    ("Inkwell", Tab.READY_BUT_FOR, {"Marcus Teacup", "Rhys Windmill"}),
    ("Inkwell", Tab.ARRIVED, {"Lee Postbox"}),
    ("Doorbell", Tab.TWELVE_WEEKS, {"Dee Lantern", "Joe Ladder"}),
    ("Doorbell", Tab.LEFT, {"Aisha Lighthouse", "Danny Compass"}),
]


@pytest.mark.parametrize(("worker", "tab", "cast"), ON_TODAY, ids=[f"{row[0]} {row[1]}" for row in ON_TODAY])
def test_each_tab_of_today_has_its_people(town: None, worker: str, tab: Tab, cast: set[str]) -> None:
    permit = access.issue_list_permit(hat(worker), purpose="direct_care", at=NOW)
    assert {row.name for row in pathway.today(permit, tab=tab, limit=300).rows} >= cast


def planned(worker: str, person: str) -> PlanLine:
    plan = pathway.plan(opened(worker, person))
    assert plan is not None
    return plan


def test_each_of_the_cast_shows_the_state_of_their_story(town: None) -> None:
    dee, danny = planned("Thermos", "Dee Lantern"), planned("Doorbell", "Danny Compass")
    assert (dee.was_leaving_on, dee.cover, dee.seen_on) == (day(16), CoverState.ENDS, None)
    assert (danny.cover, danny.cover_until, danny.seen_on) == (CoverState.ENDS, day(1), day(4))
    assert planned("Inkwell", "Lee Postbox").shape is Shape.RECALL
    assert planned("Inkwell", "Marcus Teacup").shape is Shape.REMAND
    assert planned("Inkwell", "Rhys Windmill").missing <= 3


def day(days: int) -> date:
    return DEMO_DAY + timedelta(days=days)


def test_nothing_is_known_before_it_was_sent_nor_told_from_the_future(town: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT bool_and(recorded_at >= as_at), max(recorded_at) FROM record_entry")
        is_known_after, newest = cursor.fetchone()
    assert is_known_after
    assert newest < clock.start_of(DEMO_DAY)


def test_a_note_stands_where_its_writer_put_it_and_is_read_by_those_who_may(town: None) -> None:
    permit = opened("Thermos", "Dee Lantern")
    told = record.current(
        permit, identity_ids=linkage.identity_ids(permit), kinds=frozenset({"note_treatment", "note_plan"})
    )
    assert len([entry for entry in told if entry.recorded_by]) == 3
    assert all(entry.happened_at == entry.recorded_at for entry in told)


def test_what_one_service_asked_of_marcus_another_confirmed(town: None) -> None:
    permit = opened("Thermos", "Marcus Teacup")
    told = assessment.known(permit, concepts=["reads"])["reads"]
    assert [(each.stage, each.answer.how) for each in told] == [
        ("second_day", "confirmed"),
        ("comprehensive", "asked"),
    ]
    assert told[0].answer.first == told[1].entry_id
    *_rest, first_night = assessment.sittings(opened("Thermos", "Dee Lantern"))
    assert (first_night.first.stage, first_night.seconds) == ("first_night", 150)


def test_the_record_office_sees_what_came_in(town: None) -> None:
    permit = access.issue_review_permit(hat("Ditto"), organisation_id=hat("Ditto").organisation_id, at=NOW)
    newest = exchange.runs(permit, limit=4)
    assert {run.state for run in newest} == {"finished"}
    assert all(run.as_at_given for run in newest)


def test_the_one_row_that_nobody_can_place_is_rejected(town: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT field, as_written FROM exchange_rejected")
        assert cursor.fetchall() == [("prisonerNumber", "NOT KNOWN")]


def test_the_audit_holds(town: None) -> None:
    assert sealing.verify().broken_seal is None


def test_a_second_load_of_the_same_database_is_refused(town: None) -> None:
    with pytest.raises(Refused, match="an empty one only"):
        demo.load(DEMO_DAY)


def test_everybody_one_can_be_is_named_with_role_and_place(
    town: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TG_CLOCK", NOW.isoformat())
    lines = demo.people()
    assert "Ravi Inkwell: Prison recovery worker, HMP Exampleton" in lines
    assert len(lines) == len(stories.rows("workers"))


# Packs and texts


def newest(permit: Permit) -> PackLine:
    found = packs.packs(permit)
    assert found
    return found[0]


def test_dees_pack_is_out_of_date_since_her_day_moved(town: None) -> None:
    permit = opened("Thermos", "Dee Lantern")
    pack = newest(permit)
    assert pack.state is PackState.AGREED
    moved = next(each for each in packs.differences(permit, pack.id) if each.key == "release")
    assert ("6 December 2026" in moved.before, "2 December 2026" in moved.now) == (True, True)


def test_what_dees_doctor_was_told_is_out_of_date_as_well(town: None) -> None:
    permit = opened("Thermos", "Dee Lantern")
    (text,) = summaries.texts(permit) or []
    assert (text.text.code, text.state) == ("gp", TextState.GIVEN)
    assert "release" in {each.key for each in summaries.differences(permit, [text])[text.id]}


def test_the_court_reads_of_marcus_what_he_agreed_to(town: None) -> None:
    permit = opened("Inkwell", "Marcus Teacup")
    (text,) = summaries.texts(permit) or []
    said = plain(summaries.sheet(permit, text.id))
    assert ("A door I can close" in said, "crack" in said) == (True, False)


def test_marcus_has_a_standing_pack_for_his_day_in_court(town: None) -> None:
    assert newest(opened("Inkwell", "Marcus Teacup")).state is PackState.MADE
    marcus = next(row for row in packs.due(listing("Inkwell")) if row.name == "Marcus Teacup")
    assert (marcus.hearing_on, marcus.state) == (day(1), "made")


def test_precious_was_given_hers_at_the_gate(town: None) -> None:
    pack = newest(opened("Doorbell", "Precious Harbour"))
    assert pack.state is PackState.GIVEN
    (given,) = pack.given
    assert given.readers == (Reader.PERSON, Reader.NEXT_WORKER)
    assert clock.day_of(given.at) == day(-60)


# Stories, and what was asked


READERS = {"Umbra": ["own_matters", "own_people"], "Doorbell": ["own_matters"]}


def test_dee_chose_who_reads_each_part_of_her_story(town: None) -> None:
    told = {
        name: own_story.said(opened(name, "Dee Lantern"), "own_matters", "own_people") for name in READERS
    }
    assert {name: [kind for kind, _item in said] for name, said in told.items()} == READERS


def test_lee_was_assessed_eight_times_in_ten_days_by_six_services(town: None) -> None:
    permit = access.issue_own_permit(opened("Inkwell", "Lee Postbox").person_id, level="word", at=NOW)
    kept = assessment.answers(permit)
    told = burden.burden(answers.sittings(kept), {}, {})
    assert (told.sittings, told.most_in_ten_days, told.organisations) == (8, 8, 6)


def test_precious_was_measured_twice_and_lets_what_changed_be_read(town: None) -> None:
    sittings = assessment.sittings(opened("Doorbell", "Precious Harbour"))
    measured = [each.first.instrument for each in sittings if each.first.instrument != "standard"]
    assert sorted(measured) == ["barc_10", "barc_10", "top", "top"]
    (told,) = own_story.published(access.issue_cohort_permit(hat("Ledger"), page="stories", at=NOW))
    assert told.words["own_now"] == "I wash up after the breakfast and I am in nobody's debt."


# Teams


def board(name: str, person: str) -> Board:
    return team.board(opened(name, person))


def test_dees_team_is_led_by_tess_and_waits_for_a_prescriber(town: None) -> None:
    hers = board("Umbra", "Dee Lantern")
    assert [(each.hat.worker_name, each.leads) for each in hers.members] == [
        ("Tess Umbra", ("whole",)),
        ("Nurse Ada Thermos", ("medicines",)),
        ("Gus Calendar", ()),
    ]
    assert {each.said.line.text for each in hers.goals} == {
        "Somebody I know at the gate.",
        "To cook for other people again.",
    }
    assert set(hers.wishes) == {"asks_again"}


def test_a_message_about_treatment_reaches_who_reads_treatment(town: None) -> None:
    about = {name: len(board(name, "Dee Lantern").messages) for name in ("Umbra", "Thermos")}
    assert about == {"Umbra": 1, "Thermos": 2}


def test_a_peer_leads_preciouss_team_and_is_asked_something(town: None) -> None:
    hers = board("Footpath", "Precious Harbour")
    assert {each.hat.worker_name: each.leads for each in hers.members} == {
        "Kofi Footpath": ("whole",),
        "Bea Doorbell": ("drugs_alcohol",),
        "Ivy Keyring": (),
        "Cal Notebook": (),
    }
    asked = lists.waiting(listing("Footpath")).asked
    assert [(each.name, each.text) for each in asked] == [
        ("Precious Harbour", "Ask when the next training for mentors begins.")
    ]


def test_a_work_coach_finds_her_too_and_nobody_else(town: None) -> None:
    assert [each.name for each in custody.everyone(listing("Notebook"), Wanted()).people] == [
        "Precious Harbour"
    ]


def test_a_housing_worker_finds_her_through_the_team_alone(town: None) -> None:
    permit = listing("Keyring")
    found = custody.everyone(permit, Wanted(words=("precious", "harbour"))).people
    assert [each.name for each in found] == ["Precious Harbour"]
    assert custody.everyone(permit, Wanted(words=("dee", "lantern"))).people == []


def referred(name: str, person: str) -> list[tuple[str, str]]:
    found = team.plan(opened(name, person)).referrals
    return [(each.said.line.who, each.word.line.state if each.word else "") for each in found]


def test_one_referral_waits_one_was_refused_and_one_found_a_bed(town: None) -> None:
    assert referred("Umbra", "Dee Lantern") == [("The parish college, evening classes", "")]
    assert set(referred("Inkwell", "Marcus Teacup")) == {
        ("Openhand Housing", "refused"),
        ("Anywhere Council, housing options", ""),
    }
    assert referred("Keyring", "Lee Postbox") == [("St Elsewhere Crisis House", "seen")]
    plan = planned("Umbra", "Dee Lantern")
    assert "answer_money_work_learning" in {step.code for step in plan.steps}


def test_the_crisis_house_finds_whom_openhand_helps_and_nobody_else(town: None) -> None:
    """They share under one umbrella for resettlement, and for nothing else."""
    assert found("Blanket", "Lee Postbox") == []
    shared = access.issue_list_permit(hat("Blanket"), purpose="resettlement", at=NOW)
    assert {each.name for each in custody.everyone(shared, Wanted()).people} == {
        "Lee Postbox",
        "Precious Harbour",
    }
