"""Medicines in words: each source beside the others, disagreement shown, nothing settled."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from throughgate.pages.names import Names
from throughgate.pages.wording import Wording
from throughgate.treatment.queries import Medicines
from throughgate.treatment.rules import (
    Disagreement,
    DoseFact,
    MedicineLine,
    PrescriptionFact,
    SourceLine,
    Voice,
    units,
)


class Source(NamedTuple):
    """What one source says, line by line."""

    name: str
    lines: tuple[str, ...]
    told: str


@dataclass(frozen=True)
class Medicine:
    """One medicine as each source has it."""

    name: str
    sources: tuple[Source, ...]
    disagreements: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """What the card holds; `absent` names why there is nothing, as the `absent` macro calls it."""

    medicines: tuple[Medicine, ...] = ()
    absent: str = ""


def card(told: Medicines | None, names: Names) -> Shown:
    """The medicines to show, or why there are none: three different things, never one blank."""
    if told is None:
        return Shown(absent="not_shared")
    if not told.medicines:
        return Shown(absent="none_known" if told.is_treated else "not_recorded")
    return Shown(tuple(_medicine(line, names) for line in told.medicines))


def _medicine(line: MedicineLine, names: Names) -> Medicine:
    return Medicine(
        name=called(line),
        sources=tuple(source(each, names) for each in line.sources),
        disagreements=tuple(_disagreement(each, names) for each in line.disagreements),
    )


def called(line: MedicineLine) -> str:
    """ "Methadone"."""
    return line.medicine[:1].upper() + line.medicine[1:]


def source(line: SourceLine, names: Names) -> Source:
    """What one source says of a medicine."""
    _ = names.wording
    told = said(line.known_at, UUID(line.worker) if line.worker else None, names)
    if line.is_old:
        told = _("%(told)s: an old word, so ask them") % {"told": told}
    fact = line.prescription.fact if line.prescription else None
    parts = [
        _prescribed(fact, _) if fact else "",
        _standing(line, fact, _),
        _taken(line.last_dose.fact, _) if line.last_dose else _("Last dose: not recorded"),
    ]
    return Source(_voice(line.voice, names), tuple(part for part in parts if part), told)


def said(at: datetime, worker: UUID | None, names: Names) -> str:
    """When a source said so, and which worker if one wrote it."""
    _, moment = names.wording, names.wording.moment(at)
    if worker is None:
        return _("told %(moment)s") % {"moment": moment}
    return _("said by hand by %(worker)s, %(moment)s") % {"worker": names.worker(worker), "moment": moment}


def _voice(voice: Voice, names: Names) -> str:
    """ "Pathlight Recovery"; what its workers wrote themselves is told apart from what its feed says."""
    _, organisation = names.wording, names.organisation(UUID(voice.organisation))
    if voice.source == "hand":
        return _("%(organisation)s, by hand") % {"organisation": organisation}
    return organisation


def _prescribed(fact: PrescriptionFact, _: Wording) -> str:
    """ "60 ml daily, 1 mg/ml oral solution, supervised, collected at Corner Pharmacy"."""
    unit = _.label(units(fact.dose_as_written), fact.unit)
    dose = " ".join(part for part in (fact.dose_as_written, unit, fact.frequency) if part)
    supervised = _.label("supervision", fact.supervised).lower()
    pharmacy = _("collected at %(pharmacy)s") % {"pharmacy": fact.pharmacy} if fact.pharmacy else ""
    told = (dose or _("dose not recorded"), fact.form, supervised, pharmacy)
    return ", ".join(part for part in told if part)


def _standing(line: SourceLine, fact: PrescriptionFact | None, _: Wording) -> str:
    """ "Prescribed now, from Thu 22 Oct 2026"."""
    state = _state(line.state, _)
    if fact is None:
        return state
    days = [
        (_("from %(day)s"), fact.started_on),
        (_("until %(day)s"), fact.until_on),
        (_("stopped %(day)s"), fact.stopped_on),
        (_("next dose due %(day)s"), fact.next_dose_on),
    ]
    return ", ".join([state, *(words % {"day": _.day(on)} for words, on in days if on)])


def _state(key: str, _: Wording) -> str:
    return {
        "current": _("Prescribed now"),
        "not_yet": _("To begin"),
        "cover_over": _("Cover is over, and nobody said it was stopped"),
        "stopped": _("Stopped"),
        "dose_only": _("A dose was seen taken; no prescription is told"),
    }[key]


def _taken(fact: DoseFact, _: Wording) -> str:
    unit = _.label(units(fact.amount_as_written), fact.unit)
    amount = " ".join(part for part in (fact.amount_as_written, unit) if part)
    when = _.moment(fact.taken_at) if fact.taken_at else _.day(fact.taken_on)
    said = {"amount": amount or _("amount not recorded"), "when": when}
    if fact.taken_at:
        return _("Last dose: %(amount)s on %(when)s") % said
    return _("Last dose: %(amount)s on %(when)s, time not recorded") % said


def _saying(field: str, written: str, _: Wording) -> str:
    """What one source says, as it would be said beside its name."""
    if field == "stopped":
        return (
            _("stopped %(day)s") % {"day": _.day(date.fromisoformat(written))} if written else _("going on")
        )
    tables = {"supervised": "supervision", "unit": "dose_units"}
    return _.label(tables[field], written).lower() if field in tables else written


def _disagreement(told: Disagreement, names: Names) -> str:
    """Who says what, side by side: "They differ on the dose: Pathlight 60, HMP Moorland 50"."""
    _ = names.wording
    fields = {
        "dose": _("the dose"),
        "unit": _("the unit"),
        "form": _("the form"),
        "supervised": _("how it is taken"),
        "stopped": _("whether it was stopped"),
    }
    told_by = [
        (_voice(voice, names), [_saying(told.field, each, _) for each in written])
        for voice, written in told.sayings
    ]
    sayings = "; ".join(f"{name}: {', '.join(words)}" for name, words in told_by)
    return _("They differ on %(field)s. %(sayings)s.") % {"field": fields[told.field], "sayings": sayings}
