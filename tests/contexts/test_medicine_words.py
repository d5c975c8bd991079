"""A source's word on a medicine: how old it is, and whose words are put side by side."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from tests import story
from throughgate.exchange import queries as exchange
from throughgate.linkage import queries as linkage
from throughgate.treatment import queries as treatment
from throughgate.treatment.queries import Medicines

pytestmark = pytest.mark.django_db
EARLIER = story.days_after(story.NOON, -32)
LATER = story.noon(10)


def sends(source: str, folder: Path, *, as_at: datetime, **columns: str) -> None:
    """A provider sends the same client and prescription, with these columns."""
    row = {"CLIENTID": f"{source}1", "nhs_number": "9990000018", "first_name": "Dee", "last_name": "Lantern"}
    row |= {"DOB": "1989-05-04", "prescription_id": "P1", "EPISODID": "E1", "REFLD": "2026-10-01"}
    row |= {"dose_unit": "mg", **columns}
    path = folder / "extract.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    story.organisation(source)
    story.bring_in_file(path, source=source, as_at=as_at, format_name="treatment")


def shown(*, at: datetime) -> Medicines:
    permit = story.opens(
        story.worker("community_prescriber", "PATH"), story.person("PATH1", source="PATH"), at=at
    )
    identity_ids = linkage.identity_ids(permit)
    said = exchange.last_said(permit, identity_ids, at=at)
    told = treatment.medicines(permit, identity_ids, on=at.date(), last_said=said)
    assert told is not None
    return told


def test_a_word_repeated_every_night_does_not_grow_old(tmp_path: Path) -> None:
    sends("PATH", tmp_path, as_at=EARLIER, medicine="Methadone", dose="40")
    (line,) = shown(at=LATER).medicines
    assert line.sources[0].is_old
    sends("PATH", tmp_path, as_at=LATER - timedelta(days=1), medicine="Methadone", dose="40")
    (line,) = shown(at=LATER).medicines
    assert not line.sources[0].is_old
    assert line.sources[0].known_at == LATER - timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM treatment_prescription")
        assert cursor.fetchone() == (1,)


def test_two_sources_that_write_a_medicine_differently_still_disagree_on_its_dose(tmp_path: Path) -> None:
    sends("PATH", tmp_path, as_at=story.NOON, medicine="METHADONE", dose="50")
    sends("WELL", tmp_path, as_at=story.NOON, medicine="Methadone 1mg/ml oral solution", dose="60")
    (line,) = shown(at=story.NOON).medicines
    assert [each.field for each in line.disagreements] == ["dose"]
