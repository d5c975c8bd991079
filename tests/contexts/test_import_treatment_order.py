"""Extracts of treatment in whatever order they come make the same record."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import content, story
from tests.contexts.treatment_extracts import METHADONE, NHS, OTHER, PROVIDER, Row, bring_in

pytestmark = pytest.mark.django_db

# Extracts in any order

# C1 is joined across providers by a number and stays alike; what is told of C2 changes, and joins nobody.
PEOPLE: tuple[dict[str, str], ...] = (
    {"CLIENTID": "C1"},
    {
        "CLIENTID": "C1",
        "first_name": "Dee",
        "last_name": "Lantern",
        "DOB": "1989-05-04",
        "nhs_number": NHS["C1"],
    },
    {
        "CLIENTID": "C1",
        "first_name": "Dee",
        "last_name": "Marlowe",
        "DOB": "04/05/1989",
        "nhs_number": NHS["C1"],
    },
    {"CLIENTID": "C2"},
    {"CLIENTID": "C2", "first_name": "Tomasz", "last_name": "Kettle", "DOB": "12/03/93", "eyes": "brown"},
    {"CLIENTID": "C2", "FINITIAL": "T", "SINITIAL": "K", "DOB": "1993-02-30", "interpreter": "perhaps"},
)
EPISODES: tuple[dict[str, str], ...] = (
    {},
    {"EPISODID": "E1"},
    {"EPISODID": "E1", "REFLD": "2026-10-01", "DRUG1": "1011"},
    {"EPISODID": "E1", "REFLD": "2026-10-01", "DISD": "2026-10-30", "discharge_reason": "dropped_out"},
    {"EPISODID": "E1", "REFLD": "2026-10-01", "DISD": "31/09/2026"},
    {"EPISODID": "E2", "TRIAGED": "2026-10-20", "DISD": "2026-11-01", "discharge_reason": "died"},
    {"EPISODID": "E1", "MODID": "M1", "MODAL": "94", "MODST": "2026-10-05"},
    {"EPISODID": "E2", "MODID": "M1", "MODAL": "94", "MODST": "5th of October"},
)
MEDICINES: tuple[dict[str, str], ...] = (
    {},
    dict(METHADONE),
    {**METHADONE, "dose": "50", "EPISODID": "E2"},
    {**METHADONE, "dose": "0,5", "prescribed_until": "31/11/2026"},
    {**METHADONE, "last_dose_at": "2026-11-02T09:15", "last_dose": "40"},
    {**METHADONE, "last_dose_at": "2026-11-03", "last_dose": "lots"},
    {"medicine": "Methadone", "last_dose_at": "2026-10-25T01:30", "last_dose": "40"},
    {"attendance_id": "A1", "attendance_at": "2026-11-04T10:00"},
    {"attendance_id": "A1", "attendance_at": "2026-11-04T10:00", "attendance_outcome": "attended"},
    {"attendance_id": "A1", "attendance_at": "04/11/2026", "attendance_outcome": "DNA"},
)


@dataclass(frozen=True)
class Extract:
    """What one provider said at a moment."""

    source: str
    as_at: datetime
    rows: tuple[Row, ...]


@st.composite
def histories(draw: st.DrawFn) -> tuple[Extract, ...]:
    """Extracts of two providers about the same people, each provider's at moments of its own."""
    moments = st.tuples(st.sampled_from([PROVIDER, OTHER]), st.integers(0, 5))
    rows = st.tuples(*map(st.sampled_from, (PEOPLE, EPISODES, MEDICINES)))
    return tuple(
        Extract(
            source,
            story.NOON + timedelta(days=day),
            tuple(
                {**who, **episode, **medicine}
                for who, episode, medicine in draw(st.lists(rows, min_size=1, max_size=3))
            ),
        )
        for source, day in draw(st.lists(moments, min_size=2, max_size=6, unique=True))
    )


def told_by(extracts: Sequence[Extract]) -> dict[str, content.Rows]:
    """The record these make, in the order given; nothing of it stays."""
    with undone():
        for extract in extracts:
            counts = bring_in(*extract.rows, as_at=extract.as_at, source=extract.source).counts
            assert counts["read"] == sum(
                counts[name] for name in ("new", "changed", "unchanged", "held", "rejected")
            )
        return content.everything()


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_extracts_in_any_order_make_the_same_record(data: st.DataObject) -> None:
    history = data.draw(histories())
    shuffled = data.draw(st.permutations(history))
    in_order = sorted(history, key=lambda extract: (extract.as_at, extract.source))
    expected, found = told_by(in_order), told_by(shuffled)
    for what, rows in expected.items():
        assert found[what] == rows, what
