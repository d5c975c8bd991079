"""What an entry of each kind says, in words. In each function `_` is the wording of the page."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from throughgate.assessment.queries import AnswersLine, BeforeLine
from throughgate.assessment.queries import NeedLine as AssessedLine
from throughgate.contacts.queries import ContactLine, EnteredLine, NoteLine
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
from throughgate.custody.rules import ExpectedDate
from throughgate.foundation.codesets import code_set
from throughgate.oversight.passing_on import PassedOnLine
from throughgate.packs.queries import AgreedEntry, GivenEntry, PackEntry, RevokedEntry
from throughgate.pages import flags
from throughgate.pages.components.shapes import Mark
from throughgate.pages.names import Names
from throughgate.pages.person import answer_words, book_words, team_words
from throughgate.pages.person.said import Words, dated, joined, sentences
from throughgate.pages.sharing import words as sharing
from throughgate.pages.steps import state_words, what_of
from throughgate.pages.story import words as story
from throughgate.pages.summaries import words as summaries
from throughgate.pages.wording import Wording
from throughgate.pathway.queries import ReadyLine, StepWordLine
from throughgate.referral.queries import AppointmentLine, OutcomeLine
from throughgate.treatment.queries import (
    AttendanceLine,
    DoseLine,
    EpisodeLine,
    InterventionLine,
    NaloxoneLine,
    PrescriptionLine,
)
from throughgate.treatment.queries import UnreadLine as TreatmentUnreadLine
from throughgate.treatment.rules import units


def of_movement(line: MovementLine, names: Names) -> Words:
    return Words(
        movement_word(line.what, names.wording),
        sentences([_places(line, names), _reason(line, names.wording)]),
        tuple(_movement_marks(line, names.wording)),
    )


def movement_word(what: str, _: Wording) -> str:
    """A kind of movement: "Received"."""
    return _movement_words(_)[what]


@cache
def _movement_words(_: Wording) -> dict[str, str]:
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
    _ = names.wording
    said = {"from": names.prison(line.from_prison), "to": names.prison(line.to_prison)}
    if line.from_prison and line.to_prison and line.from_prison != line.to_prison:
        return _("From %(from)s to %(to)s") % said
    if line.to_prison:
        return _("At %(to)s") % said
    return _("From %(from)s") % said if line.from_prison else ""


def _reason(line: MovementLine, _: Wording) -> str:
    if not line.movement_reason:
        return ""
    row = code_set("movement_reasons").get(line.movement_type, line.movement_reason)
    if row:
        meaning = row["meaning"]
        return _(meaning)
    return _("Code %(code)s is not in our table") % {"code": f"{line.movement_type} {line.movement_reason}"}


def _movement_marks(line: MovementLine, _: Wording) -> Iterator[Mark]:
    if line.check_by_hand:
        yield Mark(_("check by hand"), "red")
    if line.missed:
        yield Mark(_("not told, worked out from what came after"))


def of_legal_status(line: LegalLine, names: Names) -> Words:
    _ = names.wording
    marks = (Mark(_("check by hand"), "red"),) if _is_unknown(line) else ()
    return Words(_("Legal status"), _legal(line, _) or _("Taken away by the source"), marks)


def _is_unknown(line: LegalLine) -> bool:
    told = {"legal_status_groups": line.legal_status, "legal_status": line.status_code}
    return any(code and code not in code_set(table) for table, code in told.items())


def of_recall(line: LegalLine, names: Names) -> Words:
    _ = names.wording
    return Words(_("Recall issued"), _legal(line, _))


def _legal(line: LegalLine, _: Wording) -> str:
    status = _.label("legal_status_groups", line.legal_status)
    recall = _("On recall") if line.recall and line.legal_status != "RECALL" else ""
    return sentences(dict.fromkeys([status, _.label("legal_status", line.status_code), recall]))


def of_expected_date(line: DateLine, names: Names) -> Words:
    _ = names.wording
    return Words(_("Expected date"), ", ".join([expected(line, _), *told_by(line, _)]))


def told_by(told: DateLine | ExpectedDate, _: Wording) -> tuple[str, ...]:
    """Who told a date to a worker, and how certain they were; nothing of what a record says."""
    if not told.told_by:
        return ()
    certainty = _.label("date_certainties", told.certainty).lower()
    return (_("%(certainty)s: told to a worker by %(who)s") % {"certainty": certainty, "who": told.told_by},)


def expected(line: DateLine, _: Wording) -> str:
    """ "Conditional release date Thu 3 Dec 2026"."""
    kind = _.label("release_date_types", line.date_type)
    if line.expected_on is None:
        return _("%(kind)s taken away") % {"kind": kind}
    return f"{kind} {_.day(line.expected_on)}"


def of_location(line: LocationLine, names: Names) -> Words:
    _ = names.wording
    return Words(_("Lives in"), f"{line.cell}, {names.prison(line.prison)}")


def of_alert(line: AlertLine, names: Names) -> Words:
    _ = names.wording
    kind = _("Alert raised") if line.is_active else _("Alert taken down")
    return Words(kind, _.label("alert_codes", line.alert_code))


def of_need(line: NeedLine, names: Names) -> Words:
    _ = names.wording
    code = "/".join(part for part in (line.need_type, line.need_code) if part)
    days = [(_("since %(day)s"), line.started_on), (_("until %(day)s"), line.ended_on)]
    return Words(
        _("Care need"), sentences([line.description or code, line.status, dated(days, names.wording)])
    )


def of_unread(line: CustodyUnreadLine | TreatmentUnreadLine, names: Names) -> Words:
    _ = names.wording
    said = {"field": line.field, "written": line.as_written, "why": flags.words(line.problem)}
    return Words(
        _("Could not be read"),
        _("%(field)s: “%(written)s”. %(why)s") % said,
        (Mark(_("check by hand"), "red"),),
    )


def of_death(line: DeathLine, names: Names) -> Words:
    _ = names.wording
    kinds = {
        "reported": _("Death reported"),
        "confirmed": _("Death confirmed"),
        "mistaken": _("Report of a death was a mistake"),
    }
    return Words(kinds[line.state], dated([(_("on %(day)s"), line.died_on)], _))


def of_episode(line: EpisodeLine, names: Names) -> Words:
    _ = names.wording
    days = [
        (_("referred %(day)s"), line.referred_on),
        (_("assessed %(day)s"), line.triaged_on),
        (_("started %(day)s"), line.started_on),
        (_("ended %(day)s"), line.ended_on),
    ]
    reason = _.label("discharge_reasons", line.end_reason)
    drugs = ", ".join(_.label("ndtms_codes", "DRUG", drug) for drug in line.drugs or () if drug)
    return Words(_("Treatment"), sentences([dated(days, _), reason, drugs]))


def of_intervention(line: InterventionLine, names: Names) -> Words:
    _ = names.wording
    days = [(_("started %(day)s"), line.started_on), (_("ended %(day)s"), line.ended_on)]
    return Words(
        _("Part of treatment"),
        sentences(
            [
                _.label("ndtms_codes", "MODAL", line.modality),
                _.label("ndtms_codes", "MODSET", line.setting),
                dated(days, _),
                _.label("ndtms_codes", "MODEXIT", line.exit_status),
            ]
        ),
    )


def of_prescription(line: PrescriptionLine, names: Names) -> Words:
    _ = names.wording
    days = [
        (_("from %(day)s"), line.started_on),
        (_("until %(day)s"), line.until_on),
        (_("stopped %(day)s"), line.stopped_on),
        (_("next dose due %(day)s"), line.next_dose_on),
    ]
    pharmacy = _("collected at %(pharmacy)s") % {"pharmacy": line.pharmacy} if line.pharmacy else ""
    return Words(
        _("Prescription"),
        sentences(
            [
                joined(line.medicine, line.form),
                _dose_of(line, _),
                _.label("supervision", line.supervised),
                dated(days, _),
                line.prescriber,
                pharmacy,
            ]
        ),
    )


def _dose_of(line: PrescriptionLine, _: Wording) -> str:
    return joined(line.dose_as_written, _.label(units(line.dose_as_written), line.unit), line.frequency)


def of_dose(line: DoseLine, names: Names) -> Words:
    """When it was taken stands beside it."""
    _ = names.wording
    amount = joined(line.amount_as_written, _.label(units(line.amount_as_written), line.unit))
    no_time = "" if line.taken_at else _("time not recorded")
    return Words(_("Last dose seen"), sentences([line.medicine, amount, no_time]))


def of_naloxone(line: NaloxoneLine, names: Names) -> Words:
    _ = names.wording
    return Words(_("Naloxone"), sentences([_.label("naloxone_states", line.state), line.text]))


def of_attendance(line: AttendanceLine, names: Names) -> Words:
    """When it was due stands beside it."""
    _ = names.wording
    outcome = _.label("attendance_outcomes", line.outcome) or _("not known yet what became of it")
    return Words(_("Appointment"), sentences([line.what, line.mode, line.place, outcome]))


def of_appointment(line: AppointmentLine, names: Names) -> Words:
    """When it is due stands beside it."""
    _ = names.wording
    return Words(_("Appointment"), sentences([*meeting(line, _), line.text]))


def of_outcome(line: OutcomeLine, names: Names) -> Words:
    """What came of an appointment, with its day: it may have been said before it was due."""
    _ = names.wording
    due = _("due %(day)s") % {"day": _.day(line.due_on)}
    outcome = _.label("attendance_outcomes", line.outcome)
    return Words(_("What came of an appointment"), sentences([outcome, *meeting(line, _), due, line.text]))


def meeting(line: AppointmentLine | OutcomeLine, _: Wording) -> list[str]:
    """What it is about, with whom, where and how."""
    mode = line.mode if isinstance(line, AppointmentLine) else ""
    what = [_.label("appointment_kinds", line.what), line.with_whom, line.place]
    return [", ".join(part for part in what if part), _.label("contact_modes", mode)]


def of_contact(line: ContactLine, names: Names) -> Words:
    _ = names.wording
    mode, outcome = _.label("contact_modes", line.mode), _.label("contact_outcomes", line.outcome)
    return Words(_("Contact"), sentences([mode, outcome, line.text]))


def of_entered(line: EnteredLine, names: Names) -> Words:
    _ = names.wording
    where = _("In %(system)s.") % {"system": _.label("other_systems", line.system)}
    return Words(_("Entered elsewhere"), where)


def of_note(line: NoteLine, names: Names) -> Words:
    _ = names.wording
    return Words(_("Note"), line.text)


def of_ready(item: str, line: ReadyLine, names: Names) -> Words:
    _ = names.wording
    day = dated([(_("for %(day)s"), line.on_day)], _)
    return Words(_.label("readiness_items", item), sentences([state_words(_)[line.state], day, line.text]))


def of_step(line: StepWordLine, names: Names) -> Words:
    _ = names.wording
    said = {"done": _("Done"), "not_needed": _("Not needed")}[line.state]
    return Words(_("Step"), sentences([what_of(line.step, _), said, line.text]))


def of_pack(line: PackEntry, names: Names) -> Words:
    _ = names.wording
    return Words(_("Release pack made"), _("Version %(number)s.") % {"number": line.version})


def of_agreed(line: AgreedEntry, names: Names) -> Words:
    """How much is left out, and never what."""
    _ = names.wording
    how_much = _("Something is left out at their wish") if line.left_out else _("Nothing is left out")
    return Words(_("Release pack agreed"), sentences([sheet_word(line.reader, _), how_much]))


def of_given(line: GivenEntry, names: Names) -> Words:
    _ = names.wording
    sheets = [sheet_word(reader, _) for reader in line.readers]
    return Words(_("Release pack given"), sentences([*sheets, line.text]))


def of_revoked(line: RevokedEntry, names: Names) -> Words:
    _ = names.wording
    return Words(_("Release pack taken back"), sentences([line.text]))


def sheet_word(reader: str, _: Wording) -> str:
    """Whose sheet of a pack it is."""
    return {"person": _("Their own sheet"), "next_worker": _("The next worker's sheet")}[reader]


def of_passed_on(line: PassedOnLine, names: Names) -> Words:
    _ = names.wording
    who = _("Told to %(who)s") % {"who": line.to_whom}
    told = f"{who}: {line.text}" if line.text else who
    ground = _.label("lawful_grounds", line.ground)
    return Words(
        _("Passed on"), sentences([told, ground, line.why, _.label("oversight_telling", line.telling)])
    )


def of_assessed(domain: str, line: AssessedLine, names: Names) -> Words:
    _ = names.wording
    how_far = _.label("need_levels", line.how_far) if line.how_far != "words" else ""
    said = _("In their words: “%(words)s”") % {"words": line.said} if line.said else ""
    kind = _("Need: %(domain)s") % {"domain": _.label("need_domains", domain)}
    matters = _("To them: %(how_much)s") % {"how_much": _.label("need_importance", line.matters)}
    return Words(kind, sentences([how_far, said, matters if line.matters else "", line.text]))


def of_before(topic: str, line: BeforeLine, names: Names) -> Words:
    _ = names.wording
    kind = _("Before custody: %(what)s") % {"what": _.label("before_custody", topic)}
    return Words(kind, before(line, _))


def before(line: BeforeLine, _: Wording) -> str:
    """What they had before custody: "Tess Umbra. 01632 960001. Since Mon 5 Jan 2026."."""
    days = [(_("since %(day)s"), line.since_on), (_("last on %(day)s"), line.last_on)]
    had = "" if line.had and line.who else _("They had one") if line.had else _("They had none")
    return sentences([had, line.who, line.reach, dated(days, _), line.text])


SAYERS: dict[type, Callable[[Any, Names], Words]] = {
    MovementLine: of_movement,
    AnswersLine: answer_words.of_answers,
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
    NaloxoneLine: of_naloxone,
    AttendanceLine: of_attendance,
    AppointmentLine: of_appointment,
    OutcomeLine: of_outcome,
    TreatmentUnreadLine: of_unread,
    ContactLine: of_contact,
    NoteLine: of_note,
    EnteredLine: of_entered,
    StepWordLine: of_step,
    PackEntry: of_pack,
    AgreedEntry: of_agreed,
    GivenEntry: of_given,
    RevokedEntry: of_revoked,
    PassedOnLine: of_passed_on,
    **book_words.SAYERS,
    **story.SAYERS,
    **team_words.SAYERS,
    **sharing.SAYERS,
    **summaries.SAYERS,
}
# Of these the kind says, after its first word, what they are about: "ready_home", "before_gp".
SAYERS_ABOUT: dict[type, Callable[[str, Any, Names], Words]] = {
    ReadyLine: of_ready,
    AssessedLine: of_assessed,
    BeforeLine: of_before,
    **book_words.SAYERS_ABOUT,
    **story.SAYERS_ABOUT,
    **team_words.SAYERS_ABOUT,
}


def short(kind: str, line: Any, names: Names) -> Words:
    """Of a prescription the medicine, how much of it and until when; of anything else all that is said."""
    whole = of_entry(kind, line, names)
    if not isinstance(line, PrescriptionLine):
        return whole
    _ = names.wording
    until = dated([(_("until %(day)s"), line.until_on)], _)
    return whole._replace(text=joined(line.medicine, line.form, _dose_of(line, _), until))


def of_entry(kind: str, line: Any, names: Names) -> Words:
    """What an entry says, by the shape of its body."""
    if kind == "recall_issued":
        return of_recall(line, names)
    if type(line) in SAYERS_ABOUT:
        return SAYERS_ABOUT[type(line)](kind.partition("_")[2], line, names)
    return SAYERS[type(line)](line, names)
