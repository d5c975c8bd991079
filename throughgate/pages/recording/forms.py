"""What the pages of recording send: shapes only; what may be kept is decided elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.pages.person.reading import History
from throughgate.pages.recording.sheet import Sheet, Typed
from throughgate.pages.typed import id_in
from throughgate.record.queries import Spine
from throughgate.record.rules import Form

LONGEST_KEY = 120  # characters: what the record holds of it


@dataclass(frozen=True, kw_only=True)
class Filling:
    """A sheet as a worker fills it in; opening it makes the key of its form."""

    sheet: Sheet
    typed: Typed
    form: Form
    wrong: Mapping[str, str] = field(default_factory=dict)  # field -> why it cannot be kept
    newer: History | None = None  # what somebody else has said meanwhile


def opened(permit: Permit, sheet: Sheet, given: Mapping[str, str]) -> Filling:
    """A new sheet, with what the address knows already."""
    return Filling(
        sheet=sheet,
        typed=Typed(given=_held(permit, sheet, given), at=permit.at),
        form=Form(str(new_id())),
    )


def sent(permit: Permit, sheet: Sheet, given: Mapping[str, str], *, old: Spine | None = None) -> Filling:
    """A sheet as it was sent; `old` is what it corrects, in whichever version stands."""
    return Filling(
        sheet=sheet,
        typed=Typed(
            given=_held(permit, sheet, given),
            at=old.happened_at if old else permit.at,
            dated_by=old.dated_by if old else "time",
        ),
        form=Form(
            given.get("form_key", "")[:LONGEST_KEY],
            reason=given.get("reason", "").strip(),
            corrects=id_in(given, "corrects") if old else None,
        ),
    )


def correcting(sheet: Sheet, old: Spine, line: object) -> Filling:
    """A sheet filled in with what an entry says."""
    return Filling(
        sheet=sheet,
        typed=Typed(given=sheet.typed_from(old, line), at=old.happened_at, dated_by=old.dated_by),
        form=Form(str(new_id()), corrects=old.id),
    )


def overtaken(filling: Filling, newer: History) -> Filling:
    """The sheet opened anew, with what was said meanwhile in sight."""
    corrects = newer.versions[0].id if filling.form.corrects else None
    return replace(filling, form=replace(filling.form, key=str(new_id()), corrects=corrects), newer=newer)


def _held(permit: Permit, sheet: Sheet, given: Mapping[str, str]) -> dict[str, str]:
    """Of what was sent, what the sheet has controls for."""
    return {control: given[control] for control in sheet.controls(permit) if control in given}
