"""Both sheets of three of the cast, word for word as they stand on paper.

When words change on purpose, write the files afresh and read the difference as the person would:
TG_GOLDEN=write ./tg test tests/contexts/test_rendering_golden.py
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from tests import story
from tests.contexts.test_rendering import read
from throughgate.directory import actions as directory
from throughgate.directory import place_file
from throughgate.foundation.permits import Permit
from throughgate.packs import actions, queries, rendering
from throughgate.packs.content import Edition, Language, Reader
from throughgate.pathway.actions import in_step
from throughgate.record.rules import Form
from throughgate.referral import actions as referral
from throughgate.referral.actions import Meeting
from throughgate.wiring.demo.stories import DEMO

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "golden"


@dataclass(frozen=True)
class Told:
    """What is known of one of the cast."""

    prison: Mapping[str, Any]
    treatment: Mapping[str, str] = field(default_factory=dict)
    meets: Callable[[Permit], object] = lambda permit: None
    language: Language = Language.ENGLISH


def dee_meets(permit: Permit) -> None:
    doctor = Meeting("prescriber", "Dr Ola Stamp", "Pathlight Recovery")
    referral.book(permit, doctor, on=date(2026, 11, 17), at_time=time(10), form=Form("dee meets"))


def sian_meets(permit: Permit) -> None:
    worker = Meeting("probation", "Gus Calendar", "Anywhere Probation")
    referral.book(permit, worker, on=date(2026, 11, 11), at_time=time(14, 30), form=Form("sian meets"))


SCRIPT = {
    "EPISODID": "W-1",
    "REFLD": "2026-10-20",
    "DRUG1": "1011",
    "CONSENT": "y",
    "prescription_id": "p1",
    "dose_unit": "mg",
    "supervision": "supervised",
    "prescribed_from": "2026-10-20",
    "prescribed_until": "2026-11-24",
    "last_dose_at": "2026-11-02 08:40",
}
LEAVES = {
    "confirmedReleaseDate": "2026-11-10",
    "conditionalReleaseDate": "2026-11-10",
    "legalStatus": "SENTENCED",
}
CAST = {
    "dee": Told(
        {"firstName": "DEE", "lastName": "LANTERN", **LEAVES},
        {**SCRIPT, "medicine": "Methadone 1mg/ml oral solution", "dose": "40", "last_dose": "40"},
        dee_meets,
    ),
    "marcus": Told(
        {"firstName": "MARCUS", "lastName": "TEACUP", "gender": "Male"},
        {**SCRIPT, "medicine": "Buprenorphine 8mg tablets", "dose": "8", "last_dose": "8"},
    ),
    "sian": Told(
        {"firstName": "SIÂN", "lastName": "UMBRELLA", **LEAVES}, meets=sian_meets, language=Language.WELSH
    ),
}


def printed(told: Told) -> str:
    """What both sheets of a pack say, page by page."""
    story.bring_in(story.document(**told.prison))
    if told.treatment:
        story.treated({**told.treatment, "first_name": "", "last_name": "", "DOB": ""})
    story.organisation("PATH")
    directory.put_places(_demo_places(), at=story.NOON)
    permit = story.opens(story.worker(), story.person())
    with in_step(permit):
        told.meets(permit)
    with in_step(permit):
        pack = actions.make(permit, form=Form("a pack"))
    editions = [Edition(Reader.PERSON, told.language), Edition(Reader.NEXT_WORKER)]
    documents = [rendering.pdf(queries.sheet(permit, pack, edition)) for edition in editions]
    pages = [page.extract_text().strip() for document in documents for page in read(document).pages]
    return "\n\n--------\n\n".join(pages) + "\n"


def _demo_places() -> list[place_file.PlaceRow]:
    lines = (DEMO / "places.csv").read_text(encoding="utf-8").splitlines()
    return [row for row in place_file.read(lines) if row.organisation == "PATH"]


@pytest.mark.parametrize("who", CAST)
def test_sheets_say_word_for_word(who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.NOON.isoformat())
    path, found = GOLDEN / f"{who}.txt", printed(CAST[who])
    if os.environ.get("TG_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")
