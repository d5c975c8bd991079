"""What an entry of each kind says, in words."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from throughgate.contacts.queries import ContactLine, NoteLine
from throughgate.custody.queries import (
    AlertLine,
    DateLine,
    DeathLine,
    LegalLine,
    LocationLine,
    MovementLine,
    NeedLine,
)
from throughgate.custody.queries import UnreadLine as CustodyUnreadLine
from throughgate.foundation.codesets import code_set
from throughgate.pages import dates
from throughgate.pages.components.shapes import Mark
from throughgate.pages.names import Names, code_label
from throughgate.treatment.queries import (
    AttendanceLine,
    DoseLine,
    EpisodeLine,
    InterventionLine,
    PrescriptionLine,
)
from throughgate.treatment.queries import UnreadLine as TreatmentUnreadLine


class Words(NamedTuple):
    """An entry in words: what kind of thing, what it says, and what to notice about it."""

    kind: str
    text: str
    marks: tuple[Mark, ...] = ()


def of_movement(line: MovementLine, names: Names) -> Words:
    reason = code_set("movement_reasons").get(line.movement_type, line.movement_reason)
    return Words(
        movement_word(line.what),
        _sentences([_places(line, names), _(reason["meaning"]) if reason else _unknown_code(line)]),
        tuple(_movement_marks(line)),
    )


def movement_word(what: str) -> str:
    """A kind of movement: "Received"."""
    return _movements(get_language())[what]


@cache
def _movements(_language: str | None) -> dict[str, str]:
    return {
        "received": _("Received"),
        "transferred": _("Moved"),
        "in_transit": _("On the way to another prison"),
        "to_court": _("To court"),
        "back_from_court": _("Back from court"),
        "on_leave": _("On leave"),
        "back_from_leave": _("Back from leave"),
        "to_hospital": _("To hospital"),
        "back_from_hospital": _("Back from hospital"),
        "released": _("Released"),
        "back_in_custody": _("Back in custody"),
        "escaped_or_absent": _("Away without leave"),
        "died": _("Death reported"),
        "administrative": _("A change on paper"),
        "unclear": _("Movement not clear"),
    }


def _places(line: MovementLine, names: Names) -> str:
    """From where and to where, as far as the source says."""
    said = {"from": names.prison(line.from_prison), "to": names.prison(line.to_prison)}
    if line.from_prison and line.to_prison and line.from_prison != line.to_prison:
        return _("From %(from)s to %(to)s") % said
    if line.to_prison:
        return _("At %(to)s") % said
    return _("From %(from)s") % said if line.from_prison else ""


def _unknown_code(line: MovementLine) -> str:
    if not line.movement_reason:
        return ""
    return _("Code %(code)s is not in our table") % {"code": f"{line.movement_type} {line.movement_reason}"}


def _movement_marks(line: MovementLine) -> Iterable[Mark]:
    if line.check_by_hand:
        yield Mark(_("check by hand"), "red")
    if line.missed:
        yield Mark(_("not told, worked out from what came after"))


def of_legal_status(line: LegalLine, _names: Names) -> Words:
    status = code_label("legal_status_groups", line.legal_status) if line.legal_status else ""
    sentence = code_label("legal_status", line.status_code) if line.status_code else ""
    recall = _("On recall") if line.recall and line.legal_status != "RECALL" else ""
    return Words(_("Legal status"), _sentences([status, sentence, recall]) or _("Taken away by the source"))


def of_recall(line: LegalLine, names: Names) -> Words:
    return Words(_("Recall issued"), of_legal_status(line, names).text)


def of_expected_date(line: DateLine, _names: Names) -> Words:
    return Words(_("Expected date"), expected(line))


def expected(line: DateLine) -> str:
    """ "Conditional release date Thu 3 Dec 2026"."""
    kind = code_label("release_date_types", line.date_type)
    if line.expected_on is None:
        return _("%(kind)s taken away") % {"kind": kind}
    return _("%(kind)s %(day)s") % {"kind": kind, "day": dates.day(line.expected_on)}


def of_location(line: LocationLine, names: Names) -> Words:
    return Words(
        _("Lives in"), _("%(cell)s, %(prison)s") % {"cell": line.cell, "prison": names.prison(line.prison)}
    )


def of_alert(line: AlertLine, _names: Names) -> Words:
    label = code_label("alert_codes", line.alert_code)
    return Words(_("Alert raised") if line.is_active else _("Alert taken down"), label)


def of_need(line: NeedLine, _names: Names) -> Words:
    code = "/".join(part for part in (line.need_type, line.need_code) if part)
    return Words(
        _("Care need"),
        _sentences(
            [
                line.description or code,
                line.status,
                *_span([(_("since %(day)s"), line.started_on), (_("until %(day)s"), line.ended_on)]),
            ]
        ),
    )


def of_unread(line: CustodyUnreadLine | TreatmentUnreadLine, _names: Names) -> Words:
    said = {"field": line.field, "written": line.as_written}
    return Words(
        _("Could not be read"),
        _("%(field)s: “%(written)s”, kept as the source wrote it") % said,
        (Mark(_("check by hand"), "red"),),
    )


def of_death(line: DeathLine, _names: Names) -> Words:
    kinds = {
        "reported": _("Death reported"),
        "confirmed": _("Death confirmed"),
        "mistaken": _("Report of a death was a mistake"),
    }
    day = _("on %(day)s") % {"day": dates.day(line.died_on)} if line.died_on else ""
    return Words(kinds[line.state], day)


def of_episode(line: EpisodeLine, _names: Names) -> Words:
    days = [
        (_("referred %(day)s"), line.referred_on),
        (_("assessed %(day)s"), line.triaged_on),
        (_("started %(day)s"), line.started_on),
        (_("ended %(day)s"), line.ended_on),
    ]
    drugs = ", ".join(line.drugs or ())
    reason = code_label("discharge_reasons", line.end_reason) if line.end_reason else ""
    return Words(_("Treatment"), _sentences([", ".join(_span(days)), reason, drugs]))


def of_intervention(line: InterventionLine, _names: Names) -> Words:
    days = [(_("started %(day)s"), line.started_on), (_("ended %(day)s"), line.ended_on)]
    return Words(
        _("Part of treatment"),
        _sentences([line.modality, line.setting, ", ".join(_span(days)), line.exit_status]),
    )


def of_prescription(line: PrescriptionLine, _names: Names) -> Words:
    days = [
        (_("from %(day)s"), line.started_on),
        (_("until %(day)s"), line.until_on),
        (_("stopped %(day)s"), line.stopped_on),
    ]
    supervised = code_label("supervision", line.supervised) if line.supervised else ""
    return Words(
        _("Prescription"),
        _sentences(
            [
                " ".join(part for part in (line.medicine, line.form) if part),
                " ".join(part for part in (line.dose_as_written, line.unit, line.frequency) if part),
                supervised,
                ", ".join(_span(days)),
                line.prescriber,
            ]
        ),
    )


def of_dose(line: DoseLine, _names: Names) -> Words:
    when = dates.moment(line.taken_at) if line.taken_at else dates.day(line.taken_on)
    amount = " ".join(part for part in (line.amount_as_written, line.unit) if part)
    no_time = "" if line.taken_at else _("time not recorded")
    return Words(_("Last dose seen"), _sentences([line.medicine, amount, when, no_time]))


def of_attendance(line: AttendanceLine, _names: Names) -> Words:
    outcome = code_label("attendance_outcomes", line.outcome) if line.outcome else _("not known yet")
    return Words(_("Appointment"), _sentences([line.what, dates.moment(line.due_at), line.mode, outcome]))


def of_contact(line: ContactLine, _names: Names) -> Words:
    return Words(_("Contact"), _sentences([line.mode, line.outcome, line.text]))


def of_note(line: NoteLine, _names: Names) -> Words:
    return Words(_("Note"), line.text)


def _span(days: Iterable[tuple[str, date | None]]) -> list[str]:
    return [words % {"day": dates.day(on)} for words, on in days if on]


def _sentences(parts: Iterable[str]) -> str:
    """Parts that say something, each as a short sentence."""
    said = [part.strip().rstrip(".") for part in parts if part and part.strip()]
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in said)


SAYERS: dict[type, Callable[[Any, Names], Words]] = {
    MovementLine: of_movement,
    LegalLine: of_legal_status,
    DateLine: of_expected_date,
    LocationLine: of_location,
    AlertLine: of_alert,
    NeedLine: of_need,
    CustodyUnreadLine: of_unread,
    DeathLine: of_death,
    EpisodeLine: of_episode,
    InterventionLine: of_intervention,
    PrescriptionLine: of_prescription,
    DoseLine: of_dose,
    AttendanceLine: of_attendance,
    TreatmentUnreadLine: of_unread,
    ContactLine: of_contact,
    NoteLine: of_note,
}


def of_entry(kind: str, line: Any, names: Names) -> Words:
    """What an entry says, by the shape of its body."""
    if kind == "recall_issued":
        return of_recall(line, names)
    return SAYERS[type(line)](line, names)
