"""Release packs in the words of the trade: a test arranges with these and reads sheets as printed."""

from collections.abc import Iterator
from datetime import date, datetime, time
from uuid import UUID

from tests import story
from throughgate.directory import actions as directory
from throughgate.directory import place_file
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.packs import actions, queries
from throughgate.packs.content import Edition, Reader, Section, Sheet
from throughgate.pathway.actions import in_step
from throughgate.record.rules import Form
from throughgate.referral import actions as referral
from throughgate.referral.actions import Meeting

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
PRESCRIBER = Meeting("prescriber", "Dr Stamp", "Pathlight")
MILL = (
    "PATH,MILL,{name},,12 Mill Lane|Anywhere,ZZ99 3VZ,01632 960001,{always},{protected},mon-fri 09:00-17:00,"
    "the bus station n 6"
)


def known() -> Permit:
    """A prison recovery worker's; Dee leaves in eight days, and her medicine lasts two weeks more."""
    story.bring_in(story.document(**LEAVES))
    story.treated(SCRIPT)
    return story.opens(story.worker(), story.person())


def form() -> Form:
    return Form(str(new_id()))


def made(permit: Permit) -> UUID:
    with in_step(permit):
        return actions.make(permit, form=form())


def booked(permit: Permit, meeting: Meeting = PRESCRIBER, *, day: int = 17) -> None:
    with in_step(permit):
        referral.book(permit, meeting, on=date(2026, 11, day), at_time=time(10), form=form())


def agreed(permit: Permit, pack: UUID, reader: Reader = Reader.PERSON, *left_out: str) -> UUID:
    with in_step(permit):
        return actions.agree(permit, pack, reader=reader, left_out=left_out, form=form())


def given(permit: Permit, pack: UUID, *editions: Edition) -> UUID:
    with in_step(permit):
        return actions.give(permit, pack, editions=editions or (HERS,), text="At the gate.", form=form())


def revoked(permit: Permit, pack: UUID) -> UUID:
    with in_step(permit):
        return actions.revoke(permit, pack, why="The wrong place.", form=form())


def place(
    *, name: str = "Pathlight", always: str = "no", protected: str = "no", at: datetime = story.NOON
) -> None:
    said = line(name=name, always=always, protected=protected)
    directory.put_places(place_file.read([",".join(place_file.COLUMNS), said]), at=at)


def line(*, name: str = "Pathlight", always: str = "no", protected: str = "no") -> str:
    """Of a file of places."""
    return MILL.format(name=name, always=always, protected=protected)


def newest(permit: Permit) -> queries.PackLine:
    found = queries.packs(permit)
    assert found
    return found[0]


def said(sheet: Sheet) -> str:
    return "\n".join(part for each in sheet.sections for part in _said(each))


def _said(section: Section) -> Iterator[str]:
    for item in section.items:
        yield from (section.heading, item.title, *item.lines, item.source)
        if item.where:
            yield from (item.where.name, *item.where.address, item.where.phone)


def opens(role: str, *, at: str = "MDI") -> Permit:
    return story.opens(story.worker(role, at), story.person())
