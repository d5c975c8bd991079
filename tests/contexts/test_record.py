"""The one door to a record: what is written stays, stamped from the permit, and is read as it was known."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import database, story
from tests.content import rows
from tests.story import GETHIN, NOON
from throughgate.custody import actions as custody
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.linkage import own
from throughgate.people import actions as people
from throughgate.record import actions as record
from throughgate.record import history, queries
from throughgate.record.queries import Window
from throughgate.record.rules import Draft, Locked, NotYours, OutsideThePermit, Overtaken
from throughgate.staff import queries as hats

pytestmark = pytest.mark.django_db


@pytest.fixture
def dee() -> Permit:
    """Dee's record, opened by the offender management unit of the prison that holds her."""
    story.bring_in(story.document())
    return story.opens(story.worker("offender_management"), story.person())


def note(
    permit: Permit, text: str = "Asked about a room", *, kind: str = "note_housing", **rest: Any
) -> Draft:
    told = {"happened_at": NOON, "dated_by": "time", "as_at": NOON, **rest}
    return Draft(identity_id=own.identity(permit), kind=kind, body={"text": text}, **told)


def words(permit: Permit, *, known_on: datetime | None = None) -> list[str]:
    """What the notes of a record say, newest first."""
    identity_ids = [own.identity(permit)]
    found = queries.current(
        permit, identity_ids=identity_ids, kinds=frozenset({"note_housing"}), known_on=known_on
    )
    return [rows("SELECT text FROM contacts_note WHERE entry_id = %s", each.id)[0][0] for each in found]


# Adding


def test_who_when_and_for_whom_are_stamped_from_the_permit(dee: Permit) -> None:
    entry_id = record.add(dee, note(dee))
    ((by, organisation, source, permit_id, category),) = rows(
        "SELECT recorded_by, organisation_id, source, permit_id, category FROM record_entry WHERE id = %s",
        entry_id,
    )
    assert (by, organisation, permit_id) == (dee.worker_id, dee.organisation_id, dee.id)
    assert (source, category) == ("hand", "housing")


def test_writing_leaves_an_audit_row_with_permit_person_and_count(dee: Permit) -> None:
    record.add(dee, note(dee))
    written = rows(
        "SELECT actor_kind, actor_id, post_id, role, purpose, person_id, rows FROM audit_event"
        " WHERE action = 'add entries' AND permit_id = %s",
        dee.id,
    )
    assert written == [
        ("worker", dee.worker_id, dee.post_id, dee.role, dee.purpose, dee.person_id, 1),
    ]


def test_nothing_is_written_when_the_audit_cannot_be(dee: Permit, no_audit: Callable[[], None]) -> None:
    draft = note(dee)
    before = rows("SELECT count(*) FROM record_entry")
    no_audit()
    with pytest.raises(ProgrammingError, match="audit_event"), transaction.atomic():
        record.add(dee, draft)
    assert rows("SELECT count(*) FROM record_entry") == before


@pytest.fixture
def no_audit() -> Callable[[], None]:
    """Takes away the right to write the audit, for the rest of the test."""

    def take_away() -> None:
        with database.role("owner"), connection.cursor() as cursor:
            cursor.execute("REVOKE INSERT ON audit_event FROM tg_web")

    return take_away


def test_a_role_writes_only_its_categories(dee: Permit) -> None:
    draft = note(dee, kind="note_treatment")
    with pytest.raises(OutsideThePermit):
        record.add(dee, draft)
    assert not rows("SELECT FROM contacts_note")


def test_an_organisation_writes_only_on_what_it_knows_itself(dee: Permit) -> None:
    story.bring_in(story.document(), source="LEI")
    elsewhere = replace(note(dee), identity_id=story.identity(source="LEI"))
    with pytest.raises(OutsideThePermit):
        record.add(dee, elsewhere)


def test_a_permit_for_one_person_writes_on_no_other(dee: Permit) -> None:
    story.bring_in(story.document(GETHIN, bookingId="2", firstName="GETHIN", dateOfBirth="1970-01-02"))
    with pytest.raises(OutsideThePermit):
        record.add(dee, replace(note(dee), identity_id=story.identity(GETHIN)))


def test_a_form_sent_twice_makes_one_entry(dee: Permit) -> None:
    draft = note(dee, source_reference="form 1")
    assert record.add(dee, draft) == record.add(dee, draft)
    assert len(words(dee)) == 1


def test_a_record_is_locked_once_a_death_is_confirmed_but_for_late_entries(dee: Permit) -> None:
    people.note_death(dee, [dee.person_id], state="reported")
    record.add(dee, note(dee, "Still open"))
    custody.confirm_death(dee, died_on=NOON.date(), reason="Told by the hospital", at=NOON)
    with pytest.raises(Locked), transaction.atomic():
        record.add(dee, note(dee, "Too late"))
    record.add(dee, note(dee, "For the review", reason="Asked for by the coroner"))
    assert sorted(words(dee)) == ["For the review", "Still open"]


def test_a_feed_that_has_nothing_to_add_writes_nothing() -> None:
    assert record.add_many(story.feed(), []) == []


def test_the_same_episode_is_made_once(dee: Permit) -> None:
    feed, identity_id = story.feed(), story.identity()
    wanted = [(identity_id, "custody", "1"), (identity_id, "custody", "2")]
    first = record.episodes(feed, wanted)
    assert first == record.episodes(feed, wanted)
    assert len(set(first.values())) == 2
    assert record.episodes(feed, []) == {}


# Superseding


def test_a_correction_stands_in_place_of_the_entry_and_both_stay(dee: Permit) -> None:
    first = record.add(dee, note(dee, "A room in Lees"))
    second = record.supersede(dee, first, note(dee, "A room in Leeds"), reason="A slip")
    assert words(dee) == ["A room in Leeds"]
    assert rows("SELECT supersedes_id, reason FROM record_entry WHERE id = %s", second) == [(first, "A slip")]
    assert rows("SELECT text FROM contacts_note WHERE entry_id = %s", first) == [("A room in Lees",)]


def test_a_correction_sent_twice_is_one_correction(dee: Permit) -> None:
    first = record.add(dee, note(dee))
    draft = note(dee, "Asked about a flat", source_reference="form 2")
    done = record.supersede(dee, first, draft, reason="A slip")
    assert record.supersede(dee, first, draft, reason="A slip") == done


def test_only_the_newest_version_is_corrected(dee: Permit) -> None:
    first = record.add(dee, note(dee))
    record.supersede(dee, first, note(dee, "Second"), reason="A slip")
    with pytest.raises(Refused, match="has been corrected since"):
        record.supersede(dee, first, note(dee, "Another second"), reason="A slip")


def test_the_database_itself_refuses_two_corrections_of_one_entry() -> None:
    story.bring_in(story.document())
    feed, identity_id = story.feed(), story.identity()
    (first,) = record.add_many(feed, [story.told_cell(identity_id, "X-1")])
    drafts = [story.told_cell(identity_id, cell, supersedes=first, reason="A slip") for cell in "YZ"]
    with (
        pytest.raises(IntegrityError, match="an_entry_is_superseded_once"),
        transaction.atomic(),
    ):
        record.add_many(feed, drafts)


def test_another_organisation_does_not_correct_but_a_data_quality_role_does(dee: Permit) -> None:
    first = record.add(dee, note(dee, kind="note_custody"))
    story.organisation("PATH")
    others = story.opens(story.worker(at="PATH", works_in=["MDI"]), story.person())
    with pytest.raises(NotYours):
        record.supersede(others, first, note(others, kind="note_custody"), reason="A slip")
    story.organisation("DATA", "probation")
    quality = story.worker("data_quality", "DATA", works_in=["MDI"])
    permit = story.opens(quality, story.person(), purpose="data_quality")
    fixed = record.supersede(permit, first, note(permit, "Put right", kind="note_custody"), reason="A slip")
    ((identity_id, organisation_id),) = rows(
        "SELECT identity_id, organisation_id FROM record_entry WHERE id = %s", fixed
    )
    assert (identity_id, organisation_id) == (own.identity(dee), quality.organisation_id)


def test_what_the_worker_may_not_read_is_as_one_that_is_not_there(dee: Permit) -> None:
    hidden = record.add(dee, note(dee, restricted=True))
    story.bring_in(story.document(GETHIN, bookingId="2", firstName="GETHIN", dateOfBirth="1970-01-02"))
    elsewhere = story.opens(story.worker("offender_management"), story.person(GETHIN))
    for permit, entry_id in (
        (replace(dee, read_restricted=False), hidden),
        (replace(dee, read=frozenset({"story"})), hidden),
        (elsewhere, hidden),
        (dee, new_id()),
    ):
        with pytest.raises(NotFound):
            record.supersede(permit, entry_id, note(permit), reason="A slip")
        with pytest.raises(NotFound):
            record.redact(permit, entry_id, reason="Not about her")


def test_a_correction_is_no_less_restricted_than_what_it_corrects(dee: Permit) -> None:
    first = record.add(dee, note(dee, restricted=True))
    second = record.supersede(dee, first, note(dee, "Other words"), reason="A slip")
    assert rows("SELECT restricted FROM record_entry WHERE id = %s", second) == [(True,)]


FEWER: dict[str, Callable[[Permit], Draft]] = {
    "restricted": lambda dee: note(dee, "Her ex knows of it", restricted=True),
    "for the writer alone": lambda dee: note(dee, "Her ex knows of it", only_for=(dee.worker_id,)),
    "of another category": lambda dee: replace(
        note(dee), kind="entered_safeguarding", body={"system": "nomis"}
    ),
}


@pytest.mark.parametrize("fewer", FEWER.values(), ids=FEWER)
def test_a_correction_for_fewer_leaves_nothing_of_the_old_words_standing_for_the_others(
    dee: Permit, fewer: Callable[[Permit], Draft]
) -> None:
    hat, first = story.worker("housing_worker"), record.add(dee, note(dee))
    left_out = story.opens(hat, story.person(), purpose="resettlement")
    assert words(left_out) == ["Asked about a room"]
    dee = again(dee)
    second = record.supersede(dee, first, fewer(dee), reason="Not for all")
    assert [each.id for each in history.versions(dee, first)] == [second, first]
    with pytest.raises(Overtaken) as refusal:
        record.supersede(dee, first, note(dee, "And again"), reason="A slip")
    assert refusal.value.newer == second
    left_out = story.opens(hat, story.person(), purpose="resettlement")
    assert words(left_out) == []
    assert [each.kind for each in history.versions(left_out, first)] == ["withdrawn", "note_housing"]


def again(permit: Permit) -> Permit:
    """The same worker opens the record once more, after somebody else did."""
    assert permit.worker_id
    assert permit.post_id
    return story.opens(hats.hat(permit.worker_id, permit.post_id, on=NOON.date()), permit.person_id)


def test_what_a_correction_took_the_place_of_is_not_taken_back(dee: Permit) -> None:
    first = record.add(dee, note(dee))
    record.supersede(dee, first, note(dee, "Only I", only_for=(dee.worker_id,)), reason="Not for all")
    with pytest.raises(Refused, match="has been corrected"):
        record.undo(dee, first)


def test_what_is_taken_back_is_known_to_nobody_but_those_who_read_it(dee: Permit) -> None:
    first = record.add(dee, note(dee, restricted=True))
    record.undo(dee, first)
    assert rows("SELECT restricted FROM record_entry WHERE supersedes_id = %s", first) == [(True,)]


@pytest.mark.usefixtures("dee")
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_superseding_loses_nothing(choices: list[int]) -> None:
    """Each number adds a note, or corrects that one of those standing."""
    with transaction.atomic():
        permit = story.opens(story.worker("offender_management"), story.person())
        standing: dict[UUID, str] = {}
        for number, choice in enumerate(choices):
            before = rows("SELECT count(*) FROM record_entry")[0][0]
            ids = sorted(standing)
            draft = note(permit, f"note {number}")
            if choice < len(ids):
                del standing[ids[choice]]
                entry_id = record.supersede(permit, ids[choice], draft, reason="A slip")
            else:
                entry_id = record.add(permit, draft)
            standing[entry_id] = f"note {number}"
            assert rows("SELECT count(*) FROM record_entry")[0][0] == before + 1
        assert sorted(words(permit)) == sorted(standing.values())
        transaction.set_rollback(True)


# Reading, as it stands and as it was known


@dataclass(frozen=True)
class Written:
    """The slow model of an entry."""

    id: UUID
    at: datetime
    supersedes: UUID | None


def as_known(history: list[Written], at: datetime) -> set[UUID]:
    """What was known at a moment: what had been written, without what had been superseded."""
    known = [each for each in history if each.at <= at]
    return {each.id for each in known} - {each.supersedes for each in known if each.supersedes}


def test_as_known_on_any_moment_is_what_had_been_written_by_then(
    dee: Permit, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(20261121)  # noqa: S311 - a sample that can be drawn again
    history: list[Written] = []
    moment = NOON
    for number in range(40):
        moment += timedelta(minutes=chance.choice([0, 1, 90]))
        monkeypatch.setenv("TG_CLOCK", moment.isoformat())
        draft = note(dee, f"note {number}", happened_at=NOON - timedelta(days=chance.randrange(30)))
        heads = sorted(as_known(history, moment))
        old = chance.choice(heads) if heads and chance.random() < 0.5 else None
        entry_id = record.supersede(dee, old, draft, reason="A slip") if old else record.add(dee, draft)
        history.append(Written(entry_id, moment, old))
    moments = {each.at + timedelta(seconds=late) for each in history for late in (-1, 0, 1)}
    for at in moments:
        found = queries.current(
            dee, identity_ids=[own.identity(dee)], kinds=frozenset({"note_housing"}), known_on=at
        )
        assert {each.id for each in found} == as_known(history, at)


@pytest.fixture
def many(dee: Permit) -> Permit:
    for number in range(23):
        record.add(dee, note(dee, f"note {number}", happened_at=NOON + timedelta(hours=number // 3)))
    return dee


def test_pages_follow_on_from_one_another_and_leave_nothing_out(many: Permit) -> None:
    identity_ids = [own.identity(many), story.identity()]
    whole = queries.page(many, identity_ids=identity_ids, window=Window(limit=1000))
    assert whole.next is None
    found, window = [], Window(limit=7)
    while True:
        page = queries.page(many, identity_ids=identity_ids, window=window)
        found += page.entries
        if page.next is None:
            break
        window = replace(window, before=page.next)
    assert found == whole.entries
    assert len(found) > 23


def test_a_page_shows_only_what_the_permit_reads(dee: Permit) -> None:
    identity_ids = [own.identity(dee)]
    open_, hidden = record.add(dee, note(dee)), record.add(dee, note(dee, restricted=True))

    def seen(permit: Permit, **window: Any) -> set[UUID]:
        page = queries.page(permit, identity_ids=identity_ids, window=Window(**window))
        return {each.id for each in page.entries} & {open_, hidden}

    assert seen(dee) == {open_, hidden}
    assert seen(replace(dee, read_restricted=False)) == {open_}
    assert seen(replace(dee, read=frozenset({"custody_legal"}))) == set()
    assert seen(dee, categories=frozenset({"custody_legal"})) == set()
    assert seen(dee, kinds=frozenset({"movement"})) == set()
    assert seen(dee, kinds=frozenset({"note_housing"})) == {open_, hidden}


def test_every_kind_has_a_category() -> None:
    assert queries.kinds()["movement"] == "custody_legal"


# Blanking


def test_blanking_leaves_the_skeleton_and_the_reason_and_no_word(dee: Permit) -> None:
    entry_id = record.add(dee, note(dee, "About somebody else"))
    record.redact(dee, entry_id, reason="Not about her")
    ((happened_at, by, reason, redacted_at),) = rows(
        "SELECT happened_at, recorded_by, reason, redacted_at FROM record_entry WHERE id = %s", entry_id
    )
    assert (happened_at, by, reason) == (NOON, dee.worker_id, "Not about her")
    assert redacted_at
    assert words(dee) == [""]


def test_blanking_is_audited_by_id_and_not_by_its_words(dee: Permit) -> None:
    entry_id = record.add(dee, note(dee))
    record.redact(dee, entry_id, reason="Not about her")
    ((detail, permit_id),) = rows("SELECT detail::json, permit_id FROM audit_event WHERE action = 'redact'")
    assert (detail, permit_id) == ({"entry": str(entry_id)}, dee.id)


def test_nothing_is_blanked_when_the_audit_cannot_be_written(
    dee: Permit, no_audit: Callable[[], None]
) -> None:
    entry_id = record.add(dee, note(dee))
    no_audit()
    with pytest.raises(DatabaseError), transaction.atomic():
        record.redact(dee, entry_id, reason="Not about her")
    assert words(dee) == ["Asked about a room"]


def test_another_organisations_words_are_not_blanked(dee: Permit) -> None:
    entry_id = record.add(dee, note(dee))
    story.organisation("PATH")
    others = story.opens(story.worker(at="PATH", works_in=["MDI"]), story.person())
    with pytest.raises(NotYours):
        record.redact(others, entry_id, reason="Not about her")


def test_stays_and_standing_are_told_without_a_blanked_movement(dee: Permit) -> None:
    ((movement,),) = rows("SELECT id FROM record_entry WHERE kind = 'movement'")
    record.redact(dee, movement, reason="Not about her")
    custody.refresh(story.feed(), [dee.person_id])
    assert rows("SELECT FROM custody_stay") == []
    story.bring_in(story.document(cellLocation="B-2-002"), as_at=story.noon(4))
    story.bring_in(story.document(), as_at=story.noon(3))
    assert rows(
        "SELECT what, redacted_at IS NULL FROM custody_movement JOIN record_entry ON id = entry_id"
    ) == [("", False)]


def test_the_web_role_cannot_blank_by_itself(dee: Permit) -> None:
    entry_id = record.add(dee, note(dee))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('tg.redacting', 'record_entry', true)")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("UPDATE record_entry SET item = 'x' WHERE id = %s", [entry_id])
