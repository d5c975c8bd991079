"""Packs: chosen, agreed, given, taken back, and read by those who may."""

from datetime import date, time
from uuid import UUID

import pytest

from tests import story
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.packs import actions, queries
from throughgate.packs.content import Edition, Reader, Sheet
from throughgate.pathway.actions import in_step
from throughgate.record.rules import Form
from throughgate.referral import actions as referral
from throughgate.referral.actions import Meeting

pytestmark = pytest.mark.django_db
HERS, THEIRS = Edition(Reader.PERSON), Edition(Reader.NEXT_WORKER)
LEAVES = {
    "confirmedReleaseDate": "2026-11-10",
    "conditionalReleaseDate": "2026-11-10",
    "legalStatus": "SENTENCED",
}
SCRIPT = {
    "EPISODID": "W-1",
    "REFLD": "2026-10-20",
    "DRUG1": "1011",
    "CONSENT": "y",
    "prescription_id": "p1",
    "medicine": "Methadone 1mg/ml oral solution",
    "dose": "40",
    "dose_unit": "mg",
    "supervision": "supervised",
    "prescribed_from": "2026-10-20",
    "prescribed_until": "2026-11-24",
    "last_dose_at": "2026-11-02 08:40",
    "last_dose": "40",
}


@pytest.fixture
def ravi() -> Permit:
    """A prison recovery worker; Dee leaves in eight days, and her medicine lasts two weeks more."""
    story.bring_in(story.document(**LEAVES))
    story.treated(SCRIPT)
    return story.opens(story.worker(), story.person())


def form() -> Form:
    return Form(str(new_id()))


def made(permit: Permit) -> UUID:
    with in_step(permit):
        return actions.make(permit, form=form())


def words(sheet: Sheet) -> str:
    return "\n".join(
        part
        for section in sheet.sections
        for item in section.items
        for part in (section.heading, item.title, *item.lines, item.source)
    )


def test_both_sheets_tell_what_is_known(ravi: Permit) -> None:
    referral.book(
        ravi,
        Meeting("prescriber", "Dr Stamp", "Pathlight"),
        on=date(2026, 11, 17),
        at_time=time(10),
        form=form(),
    )
    pack = made(ravi)
    hers, theirs = words(queries.sheet(ravi, pack, HERS)), words(queries.sheet(ravi, pack, THEIRS))
    assert "Your medicine lasts until Tuesday 24 November." in hers
    assert "Last dose: 40 milligrams, Monday 2 November 2026, 08:40" in theirs
