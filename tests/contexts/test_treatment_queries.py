"""Medicines as each source says, and what treatment entries say."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tests import story
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.record import actions as record
from throughgate.record.rules import Draft
from throughgate.treatment import queries as treatment

pytestmark = pytest.mark.django_db
AFTER = story.noon(9)


def told(kind: str, *, at: datetime = story.NOON, **body: Any) -> Draft:
    return Draft(identity_id=story.identity(), kind=kind, happened_at=at, dated_by="day", as_at=at, body=body)


def prescribed(key: str = "rx1", *, at: datetime = story.NOON, **body: Any) -> Draft:
    said = {"prescription_key": key, "medicine": "Methadone", "started_on": date(2026, 10, 25), **body}
    return told("prescription", at=at, **said)


@pytest.fixture
def permit() -> Permit:
    story.bring_in(story.document())
    return story.opens(story.worker("prison_healthcare"), story.person(), at=AFTER)


def medicines(permit: Permit, **rest: Any) -> treatment.Medicines | None:
    return treatment.medicines(permit, linkage.identity_ids(permit), on=date(2026, 11, 9), **rest)


def write(*drafts: Draft) -> list[UUID]:
    return record.add_many(story.feed(), drafts)


def test_the_newest_word_on_each_prescription_is_shown_with_its_last_dose(permit: Permit) -> None:
    write(
        prescribed(dose=Decimal(40), dose_as_written="40", unit="ml"),
        prescribed(dose=Decimal(50), dose_as_written="50", unit="ml", at=story.noon(5)),
        told(
            "dose",
            medicine="methadone",
            taken_on=date(2026, 11, 4),
            amount=Decimal(40),
            amount_as_written="40",
        ),
        told(
            "dose", medicine="Methadone", taken_on=date(2026, 11, 6), taken_at=story.noon(6), at=story.noon(6)
        ),
    )
    found = medicines(permit)
    assert found is not None
    ((line,),) = [medicine.sources for medicine in found.medicines]
    assert line.prescription is not None
    assert line.last_dose is not None
    assert (line.prescription.fact.dose, line.last_dose.fact.taken_on) == (Decimal(50), date(2026, 11, 6))


def test_no_medicine_and_no_treatment_are_two_things(permit: Permit) -> None:
    assert medicines(permit) == treatment.Medicines((), is_treated=False)
    write(told("treatment_episode", episode_key="e1", started_on=date(2026, 10, 25)))
    assert medicines(permit) == treatment.Medicines((), is_treated=True)


def test_medicines_that_are_not_shared_are_neither_shown_nor_looked_for(permit: Permit) -> None:
    assert medicines(replace(permit, read=permit.read - {"treatment_medicines"})) is None


def test_what_was_prescribed_as_known_on_a_day_leaves_out_what_came_later(
    permit: Permit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(3).isoformat())
    write(prescribed(dose_as_written="40"))
    monkeypatch.setenv("TG_CLOCK", story.noon(6).isoformat())
    write(prescribed(dose_as_written="50", at=story.noon(5)))
    then, before = medicines(permit, known_on=story.noon(4)), medicines(permit, known_on=story.noon(2))
    assert then is not None
    assert before is not None
    assert then.medicines[0].sources[0].prescription.fact.dose_as_written == "40"  # type: ignore[union-attr]
    assert before.medicines == ()


def test_lines_say_what_entries_of_treatment_say(permit: Permit) -> None:
    drafts = [
        prescribed(dose_as_written="40", unit="ml"),
        told("treatment_episode", episode_key="e1", drugs=["heroin"], started_on=date(2026, 10, 25)),
        told("intervention", intervention_key="i1", modality="Prescribing"),
        told("attendance", attendance_key="a1", due_at=story.noon(4), outcome="attended"),
        told("treatment_unread", field="dose", as_written="a bit", problem="dose_not_a_number"),
    ]
    ids = dict(zip([draft.kind for draft in drafts], write(*drafts), strict=True))
    found = treatment.lines(permit, {kind: [entry_id] for kind, entry_id in ids.items()} | {"movement": []})
    assert found[ids["prescription"]].dose_as_written == "40"  # type: ignore[union-attr]
    assert found[ids["treatment_episode"]].drugs == ["heroin"]  # type: ignore[union-attr]
    assert found[ids["attendance"]].due_at == story.noon(4)  # type: ignore[union-attr]
    assert len(found) == 5
    assert clock.day_of(story.noon(4)) == date(2026, 11, 4)
