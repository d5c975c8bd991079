"""Every sheet, the commonest first."""

from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.pages.recording.sheet import Sheet
from throughgate.pages.recording.sheets import (
    appointment,
    before,
    contact,
    goal,
    goal_word,
    hard_day,
    join_team,
    last_dose,
    lead,
    leave_team,
    limited_record,
    medicine,
    meeting_wish,
    message,
    must_not_know,
    naloxone,
    need,
    note,
    outcome,
    outside,
    passed_on,
    pressure,
    protected_address,
    ready,
    reason,
    referral,
    referral_word,
    release_date,
    sharing_choice,
    step,
    support_wish,
    task,
    task_word,
    trusted_person,
    unmet,
)
from throughgate.record.queries import Spine

SHEETS: tuple[Sheet, ...] = (
    contact.SHEET,
    appointment.SHEET,
    outcome.SHEET,
    ready.SHEET,
    step.SHEET,
    note.SHEET,
    passed_on.SHEET,
    last_dose.SHEET,
    medicine.SHEET,
    naloxone.SHEET,
    release_date.SHEET,
    need.SHEET,
    before.SHEET,
    message.SHEET,
    task.SHEET,
    task_word.SHEET,
    goal.SHEET,
    goal_word.SHEET,
    reason.SHEET,
    hard_day.SHEET,
    referral.SHEET,
    referral_word.SHEET,
    unmet.SHEET,
    support_wish.SHEET,
    meeting_wish.SHEET,
    pressure.SHEET,
    join_team.SHEET,
    leave_team.SHEET,
    outside.SHEET,
    lead.SHEET,
    sharing_choice.SHEET,
    must_not_know.SHEET,
    limited_record.SHEET,
    protected_address.SHEET,
    trusted_person.SHEET,
)
BY_KIND = {kind: sheet for sheet in SHEETS for kind in sheet.kinds}


def named(what: str) -> Sheet:
    """Raises: NotFound where there is none of that name."""
    for sheet in SHEETS:
        if sheet.what == what:
            return sheet
    raise NotFound


def offered(permit: Permit, *, death: str) -> list[Sheet]:
    """What this role may record of somebody: nothing else is offered."""
    return [sheet for sheet in SHEETS if sheet.is_open(permit, death=death)]


def is_correctable(permit: Permit, entry: Spine) -> bool:
    """What this organisation wrote by hand, and this role writes."""
    return (
        entry.kind in BY_KIND
        and entry.source == permit.source
        and entry.organisation_id == permit.organisation_id
        and entry.category in permit.write
        and not entry.is_redacted
    )
