"""Medicines as each source says: side by side, never settled, and never a dose worked out."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from throughgate.treatment.rules.facts import DoseFact, PrescriptionFact, spoken

LONDON = ZoneInfo("Europe/London")
F = TypeVar("F", PrescriptionFact, DoseFact)


class Voice(NamedTuple):
    """Who speaks: what an organisation's workers write by hand stands beside what its feed says."""

    organisation: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Told(Generic[F]):
    """One source's word on a prescription or on a last dose."""

    fact: F
    organisation: str
    source: str
    known_at: datetime
    reference: str = ""
    worker: str = ""  # who wrote it by hand

    @property
    def voice(self) -> Voice:
        return Voice(self.organisation, self.source)


class SourceState(StrEnum):
    CURRENT = "current"
    NOT_YET = "not_yet"
    COVER_OVER = "cover_over"  # the last covered day is past, and nobody said it was stopped
    STOPPED = "stopped"
    DOSE_ONLY = "dose_only"  # a dose was seen taken; no prescription is told


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    """What one source says now about one medicine."""

    voice: Voice
    state: SourceState
    known_at: datetime
    worker: str  # who wrote the newest of it by hand; "" a feed
    is_old: bool
    prescription: Told[PrescriptionFact] | None
    last_dose: Told[DoseFact] | None


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """Two or more sources say different things at once. It is shown, and never settled by us."""

    field: str  # dose, unit, form, supervised, stopped
    sayings: tuple[tuple[Voice, tuple[str, ...]], ...]  # as written


@dataclass(frozen=True, kw_only=True)
class MedicineLine:
    medicine: str  # the known name, or the writing in small letters
    sources: tuple[SourceLine, ...]  # newest word first
    disagreements: tuple[Disagreement, ...]


def medicines_by_source(
    prescriptions: Iterable[Told[PrescriptionFact]],
    doses: Iterable[Told[DoseFact]],
    *,
    on: date,
    old_after_days: int,
    known: Collection[str] = (),
) -> tuple[MedicineLine, ...]:
    """One line a medicine, by name: what each source says newest, its last dose, and where sources differ.

    A source's word is old when it was last told more than `old_after_days` before; old words are shown and
    not held against newer ones. `known` are names to group by; without them only equal writings are grouped.
    """
    scripts, taken = _by_source(prescriptions, known=known), _by_source(doses, known=known)
    sources: dict[str, list[SourceLine]] = {}
    for medicine, voice in sorted(scripts.keys() | taken.keys()):
        last_dose = max(taken.get((medicine, voice), ()), key=_when_taken, default=None)
        for script in _shown(scripts.get((medicine, voice), ()), on=on):
            line = _line(voice, script, last_dose, on=on, old_after_days=old_after_days)
            sources.setdefault(medicine, []).append(line)
    return tuple(_medicine(medicine, lines) for medicine, lines in sources.items())


def medicine_name(written: str, *, known: Collection[str]) -> str:
    """The longest known name the writing begins with, else the writing itself, in small letters.

    Two sources seldom write a medicine alike ("Methadone 1mg/ml oral solution", "METHADONE").
    """
    text = " ".join(written.casefold().split())
    begins = [name for name in known if re.match(rf"{re.escape(name.casefold())}(?![a-z])", text)]
    return max(begins, key=len).casefold() if begins else text


Key = tuple[str, Voice]  # the first is the medicine


def _by_source(facts: Iterable[Told[F]], *, known: Collection[str]) -> dict[Key, list[Told[F]]]:
    """Grouped, oldest word first; the order does not depend on the order of what comes in."""
    grouped: dict[Key, list[Told[F]]] = {}
    for told in sorted(facts, key=lambda told: (told.known_at, repr(told))):
        key = (medicine_name(told.fact.medicine, known=known), told.voice)
        grouped.setdefault(key, []).append(told)
    return grouped


def _shown(words: Sequence[Told[PrescriptionFact]], *, on: date) -> Sequence[Told[PrescriptionFact] | None]:
    """The newest word on each current prescription; if none is current, on the one told last."""
    newest: dict[str, Told[PrescriptionFact]] = {}
    for told in words:
        newest.pop(told.fact.key, None)
        newest[told.fact.key] = told
    current = [told for told in newest.values() if _state(told, on=on) is SourceState.CURRENT]
    return current or [*newest.values()][-1:] or [None]


def _line(
    voice: Voice,
    prescription: Told[PrescriptionFact] | None,
    last_dose: Told[DoseFact] | None,
    *,
    on: date,
    old_after_days: int,
) -> SourceLine:
    newest = max(
        (told for told in (prescription, last_dose) if told is not None), key=lambda told: told.known_at
    )
    return SourceLine(
        voice=voice,
        state=_state(prescription, on=on),
        known_at=newest.known_at,
        worker=newest.worker,
        is_old=(on - newest.known_at.astimezone(LONDON).date()).days > old_after_days,
        prescription=prescription,
        last_dose=last_dose,
    )


def _when_taken(told: Told[DoseFact]) -> tuple[date, bool, float, datetime]:
    """On one day a dose with a time stands after one without."""
    taken_at = told.fact.taken_at
    return (
        told.fact.taken_on,
        taken_at is not None,
        taken_at.timestamp() if taken_at else 0.0,
        told.known_at,
    )


def _state(told: Told[PrescriptionFact] | None, *, on: date) -> SourceState:
    if told is None:
        return SourceState.DOSE_ONLY
    if told.fact.stopped_on is not None and told.fact.stopped_on <= on:
        return SourceState.STOPPED
    if told.fact.started_on is not None and told.fact.started_on > on:
        return SourceState.NOT_YET
    if told.fact.until_on is not None and told.fact.until_on < on:
        return SourceState.COVER_OVER
    return SourceState.CURRENT


def _medicine(medicine: str, lines: list[SourceLine]) -> MedicineLine:
    newest_first = tuple(sorted(lines, key=lambda line: line.known_at, reverse=True))
    fresh = [line for line in newest_first if not line.is_old]
    return MedicineLine(medicine=medicine, sources=newest_first, disagreements=_disagreements(fresh))


Script = tuple[Voice, PrescriptionFact]  # who says that this is prescribed

# What is compared, and how it is shown. What a source leaves out disagrees with nobody.
COMPARED: dict[str, Callable[[PrescriptionFact], tuple[object, str]]] = {
    "dose": lambda fact: (spoken(fact, "dose_as_written"), fact.dose_as_written),
    "unit": lambda fact: (fact.unit.strip().casefold(), fact.unit),
    "form": lambda fact: (fact.form.strip().casefold(), fact.form),
    "supervised": lambda fact: (fact.supervised, fact.supervised),
}


def _disagreements(lines: Sequence[SourceLine]) -> tuple[Disagreement, ...]:
    current, stopped = _scripts(lines, SourceState.CURRENT), _scripts(lines, SourceState.STOPPED)
    found = (*(_differing_in(field, current) for field in COMPARED), _stopped_elsewhere(current, stopped))
    return tuple(each for each in found if each is not None)


def _scripts(lines: Sequence[SourceLine], state: SourceState) -> list[Script]:
    return [
        (line.voice, line.prescription.fact) for line in lines if line.prescription and line.state is state
    ]


def _differing_in(field: str, current: Sequence[Script]) -> Disagreement | None:
    """Two sources whose current prescriptions, taken together, say different things."""
    said: dict[Voice, dict[object, str]] = {}
    for voice, fact in sorted(current, key=lambda script: (script[0], script[1].key)):
        value, written = COMPARED[field](fact)
        if value != "":
            said.setdefault(voice, {})[value] = written
    if len({frozenset(values) for values in said.values()}) < 2:
        return None
    return Disagreement(field=field, sayings=tuple((each, tuple(said[each].values())) for each in said))


def _stopped_elsewhere(current: Sequence[Script], stopped: Sequence[Script]) -> Disagreement | None:
    """One source stopped, on the day shown, what another prescribes since before and has as current."""
    said: dict[Voice, str] = {}
    for voice, ended in stopped:
        going_on = [other for other, fact in current if _covers(fact, ended.stopped_on)]
        if going_on:
            said |= {voice: str(ended.stopped_on), **dict.fromkeys(going_on, "")}
    if not said:
        return None
    return Disagreement(field="stopped", sayings=tuple((each, (said[each],)) for each in sorted(said)))


def _covers(fact: PrescriptionFact, day: date | None) -> bool:
    return fact.started_on is None or day is None or fact.started_on <= day
