"""Every sheet, in its group."""

from collections.abc import Mapping
from itertools import chain

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

# As they stand on the page that offers them: the commonest group first, and the commonest of each.
GROUPS: Mapping[str, tuple[Sheet, ...]] = {
    "often": (contact.SHEET, appointment.SHEET, outcome.SHEET, ready.SHEET, step.SHEET, note.SHEET),
    "medicines": (last_dose.SHEET, medicine.SHEET, naloxone.SHEET),
    "known": (release_date.SHEET, need.SHEET, before.SHEET),
    "plan": (
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
    ),
    "wishes": (support_wish.SHEET, meeting_wish.SHEET, pressure.SHEET, trusted_person.SHEET),
    "team": (join_team.SHEET, leave_team.SHEET, outside.SHEET, lead.SHEET),
    "sharing": (
        sharing_choice.SHEET,
        passed_on.SHEET,
        must_not_know.SHEET,
        limited_record.SHEET,
        protected_address.SHEET,
    ),
}
SHEETS = tuple(chain.from_iterable(GROUPS.values()))
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
