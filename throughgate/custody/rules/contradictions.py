"""What in one document does not fit together."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from throughgate.custody.rules.dates import TOO_FAR_YEARS
from throughgate.custody.rules.flags import Flag, Severity
from throughgate.custody.rules.states import (
    GHOST_PRISON,
    IN_CUSTODY,
    SIDES,
    CustodyState,
    MovementCodes,
    Sighting,
    Where,
    see,
)
from throughgate.foundation.values import value

AGE_OF_CRIMINAL_RESPONSIBILITY = 10
LAST_SENSIBLE_YEAR = 2098  # 2099 and after stand for "no date" in more than one source
CONVICTED = frozenset({"SENTENCED", "INDETERMINATE_SENTENCE", "RECALL", "CONVICTED_UNSENTENCED"})


@value(frozen=True, kw_only=True)
class Document:
    """What one document says, as far as the rules below ask; what could not be read is left out."""

    state: CustodyState
    dates: Mapping[str, date] = field(default_factory=dict)  # by date type
    born_on: date | None = None
    convicted_status: str = ""


def contradictions(document: Document, *, codes: MovementCodes) -> tuple[Flag, ...]:
    """Every rule the document breaks, as on the day it was true."""
    facts = _Facts(document, see(document.state, codes))
    broken = [_flag(facts, rule) for rule in RULES if rule.is_broken(facts)]
    return (*broken, *_too_far_off(facts))


@value(frozen=True)
class _Facts:
    document: Document
    seen: Sighting

    @property
    def state(self) -> CustodyState:
        return self.document.state

    @cached_property
    def days(self) -> Mapping[str, date | None]:
        """Days by the name a rule gives them: a date type, or a field of the document."""
        return {
            **self.document.dates,
            "born_on": self.document.born_on,
            "reception_on": self.state.reception_on,
            "movement_on": self.state.movement_on,
            "as_at": self.seen.day,
        }

    def day(self, name: str) -> date | None:
        return self.days.get(name)

    def is_before(self, name: str, other: str) -> bool:
        """Whether both days are told and the first is the earlier."""
        day, later = self.days.get(name), self.days.get(other)
        return day is not None and later is not None and day < later

    @property
    def is_held(self) -> bool:
        return self.seen.where in IN_CUSTODY - {Where.HOSPITAL}


@dataclass(frozen=True)
class _Rule:
    key: str
    severity: Severity
    fields: tuple[str, ...]
    is_broken: Callable[[_Facts], bool]


def _flag(facts: _Facts, rule: _Rule) -> Flag:
    days = ((name, facts.day(name)) for name in rule.fields)
    params = tuple((name, day.isoformat()) for name, day in days if day is not None)
    return Flag(key=rule.key, severity=rule.severity, fields=rule.fields, params=params)


def _too_far_off(facts: _Facts) -> Iterator[Flag]:
    last_year = min(facts.seen.day.year + TOO_FAR_YEARS, LAST_SENSIBLE_YEAR)
    for name, day in facts.document.dates.items():
        if day.year > last_year:
            params = ((name, day.isoformat()),)
            yield Flag(key="too_far_off", severity=Severity.SHOULD, fields=(name,), params=params)


def _is_before(name: str, other: str) -> Callable[[_Facts], bool]:
    return lambda facts: facts.is_before(name, other)


def _is_past_and_held(name: str) -> Callable[[_Facts], bool]:
    return lambda facts: facts.is_held and facts.is_before(name, "as_at")


def _is_received_as_a_child(facts: _Facts) -> bool:
    born_on, received_on = facts.document.born_on, facts.state.reception_on
    if born_on is None or received_on is None or received_on < born_on:
        return False
    return received_on.year - born_on.year < AGE_OF_CRIMINAL_RESPONSIBILITY


def _is_conviction_told_two_ways(facts: _Facts) -> bool:
    told, legal = facts.document.convicted_status, facts.state.legal_status
    return (told == "Convicted" and legal == "REMAND") or (told == "Remand" and legal in CONVICTED)


def _is_side_told_two_ways(facts: _Facts) -> bool:
    told = SIDES.get(facts.state.status)
    return told is not None and facts.state.in_out not in {told, ""}


def _is_release_told_two_ways(facts: _Facts) -> bool:
    confirmed, release = facts.day("CONFIRMED"), facts.day("RELEASE")
    return confirmed is not None and release is not None and confirmed != release


MUST, SHOULD = Severity.MUST, Severity.SHOULD
RULES = (
    _Rule(
        "dead_and_held",
        MUST,
        ("legal_status", "status"),
        lambda facts: facts.seen.where is Where.DEAD and facts.seen.side == "IN",
    ),
    _Rule(
        "released_and_inside",
        MUST,
        ("movement_type", "status"),
        lambda facts: facts.seen.where is Where.INSIDE and facts.state.movement_type == "REL",
    ),
    _Rule("confirmed_past_and_held", MUST, ("CONFIRMED",), _is_past_and_held("CONFIRMED")),
    _Rule("release_past_and_held", MUST, ("RELEASE",), _is_past_and_held("RELEASE")),
    _Rule(
        "confirmed_before_reception",
        MUST,
        ("CONFIRMED", "reception_on"),
        _is_before("CONFIRMED", "reception_on"),
    ),
    _Rule(
        "release_before_reception", MUST, ("RELEASE", "reception_on"), _is_before("RELEASE", "reception_on")
    ),
    _Rule("confirmed_not_release", SHOULD, ("CONFIRMED", "RELEASE"), _is_release_told_two_ways),
    _Rule("licence_ends_before_release", SHOULD, ("LED", "RELEASE"), _is_before("LED", "RELEASE")),
    _Rule("sentence_ends_before_release", SHOULD, ("SED", "RELEASE"), _is_before("SED", "RELEASE")),
    _Rule("received_before_birth", MUST, ("reception_on", "born_on"), _is_before("reception_on", "born_on")),
    _Rule("received_as_a_child", SHOULD, ("reception_on", "born_on"), _is_received_as_a_child),
    _Rule("born_in_future", MUST, ("born_on", "as_at"), _is_before("as_at", "born_on")),
    _Rule("received_in_future", SHOULD, ("reception_on", "as_at"), _is_before("as_at", "reception_on")),
    _Rule("moved_in_future", SHOULD, ("movement_on", "as_at"), _is_before("as_at", "movement_on")),
    _Rule(
        "moved_before_reception",
        SHOULD,
        ("movement_on", "reception_on"),
        _is_before("movement_on", "reception_on"),
    ),
    _Rule("in_and_out", SHOULD, ("status", "in_out"), _is_side_told_two_ways),
    _Rule(
        "recall_told_two_ways",
        SHOULD,
        ("recall", "legal_status"),
        lambda facts: facts.is_held and facts.seen.is_recall_told_two_ways,
    ),
    _Rule(
        "conviction_told_two_ways", SHOULD, ("convicted_status", "legal_status"), _is_conviction_told_two_ways
    ),
    _Rule(
        "prison_not_told",
        SHOULD,
        ("prison",),
        lambda facts: facts.seen.where is Where.INSIDE and not facts.seen.prison,
    ),
    _Rule("ghost_prison", SHOULD, ("prison",), lambda facts: facts.state.prison == GHOST_PRISON),
)
