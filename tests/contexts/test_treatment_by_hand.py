"""Medicines, doses and naloxone as workers write them: beside what feeds say, and never in their place."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests import story
from tests.content import rows
from throughgate.foundation.clock import LONDON
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.record.rules import Form
from throughgate.treatment import actions as treatment
from throughgate.treatment import queries
from throughgate.treatment.rules import Prescribed, SourceLine, Taken

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 9)
METHADONE = Prescribed(medicine="Methadone", dose="50", unit="ml", started_on=date(2026, 11, 1))
DOSE = Taken(medicine="methadone", dose=".5", unit="mg", taken_on=date(2026, 11, 8))


@pytest.fixture
def permit(monkeypatch: pytest.MonkeyPatch) -> Permit:
    """A nurse's, on the ninth."""
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    story.bring_in(story.document())
    return story.opens(story.worker("prison_healthcare"), story.person(), at=story.noon(9))


def prescribed(permit: Permit, told: Prescribed = METHADONE, key: str = "k1") -> None:
    treatment.record_prescription(permit, told, at=permit.at, form=Form(key))


def taken(permit: Permit, told: Taken = DOSE, key: str = "k1") -> None:
    treatment.record_dose(permit, told, at=permit.at, form=Form(key))


def naloxone(permit: Permit, state: str, key: str = "k1", **rest: Any) -> None:
    treatment.record_naloxone(permit, **{"state": state, "text": "", "at": permit.at, **rest}, form=Form(key))


def medicines(permit: Permit) -> queries.Medicines:
    found = queries.medicines(permit, linkage.identity_ids(permit), on=TODAY)
    assert found is not None
    return found


def sources(permit: Permit) -> list[SourceLine]:
    return [source for medicine in medicines(permit).medicines for source in medicine.sources]


def test_a_medicine_written_by_hand_stands_among_those_that_sources_say(permit: Permit) -> None:
    for _ in range(2):
        prescribed(permit)
    (source,) = sources(permit)
    assert source.prescription is not None
    assert (source.prescription.fact.dose, source.prescription.fact.dose_as_written) == (Decimal(50), "50")
    assert (source.voice.source, source.worker) == ("hand", str(permit.worker_id))


def test_the_newest_word_of_an_organisations_workers_on_a_medicine_counts(permit: Permit) -> None:
    prescribed(permit)
    later = replace(permit, at=story.noon(10))
    prescribed(later, replace(METHADONE, medicine="METHADONE 1mg/ml", dose="40"), "k2")
    (source,) = sources(permit)
    assert source.prescription is not None
    assert source.prescription.fact.dose_as_written == "40"


def test_a_hand_and_the_feed_of_one_organisation_that_differ_are_shown_to_differ(permit: Permit) -> None:
    story.treated(
        {"prescription_id": "P1", "medicine": "Methadone", "dose": "60", "dose_unit": "ml"}, source="MDI"
    )
    prescribed(permit)
    (line,) = medicines(permit).medicines
    (dose,) = line.disagreements
    assert {voice.source: said for voice, said in dose.sayings} == {"hand": ("50",), "treatment": ("60",)}


@pytest.mark.parametrize(("written", "kept"), [(".5", "0.5000"), ("0.05", "0.0500"), ("as before", "None")])
def test_a_dose_is_kept_as_it_was_written_and_as_an_exact_number(
    permit: Permit, written: str, kept: str
) -> None:
    taken(permit, replace(DOSE, dose=written))
    ((number, as_written),) = rows("SELECT amount, amount_as_written FROM treatment_dose")
    assert (str(number), as_written) == (kept, written)


def test_a_dose_has_a_time_only_if_it_is_known(permit: Permit) -> None:
    taken(permit)
    at = datetime(2026, 11, 9, 8, 30, tzinfo=LONDON)
    taken(permit, replace(DOSE, taken_on=TODAY, taken_at=at), "k2")
    assert rows("SELECT dated_by FROM record_entry WHERE kind = 'dose' ORDER BY happened_at") == [
        ("day",),
        ("time",),
    ]
    (source,) = sources(permit)
    assert source.last_dose is not None
    assert source.last_dose.fact.taken_at == at


def test_what_was_written_by_hand_lasts_as_long_as_what_a_feed_says(permit: Permit) -> None:
    prescribed(permit, replace(METHADONE, until_on=date(2026, 12, 1)))
    ((supply,),) = queries.supplies(permit, [story.person()]).values()
    assert supply[:4] == ("methadone", date(2026, 11, 1), date(2026, 12, 1), None)
    assert (supply.supervised, supply.pharmacy) == (METHADONE.supervised, METHADONE.pharmacy)


def test_how_far_they_are_with_naloxone_is_told_in_the_order_it_came_to_be(permit: Permit) -> None:
    naloxone(permit, "in_hand")
    naloxone(permit, "trained", "k2", at=story.noon(3), dated_by="day")
    person_id = story.person()
    assert queries.naloxone(permit, [person_id]) == [
        (person_id, "trained", date(2026, 11, 3)),
        (person_id, "in_hand", TODAY),
    ]


def test_what_can_be_read_in_two_ways_is_refused(permit: Permit) -> None:
    with pytest.raises(Refused, match="Choose what the dose is measured in"):
        prescribed(permit, replace(METHADONE, unit=""))
    with pytest.raises(Refused, match="A comma is read in two ways"):
        taken(permit, replace(DOSE, dose="1,5"))
    with pytest.raises(Refused, match="Choose how far they are"):
        naloxone(permit, "perhaps")
    assert medicines(permit).medicines == ()


def test_only_who_writes_of_treatment_records_medicines(permit: Permit) -> None:
    reader = replace(permit, write=frozenset({"housing"}))
    assert (queries.records_medicines(permit), queries.records_medicines(reader)) == (True, False)
    with pytest.raises(Refused, match="does not record this kind"):
        prescribed(reader)
