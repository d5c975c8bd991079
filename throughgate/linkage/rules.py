"""Are these records of one person? Identifiers say so; where they leave a doubt, somebody is asked. Pure.

A wrong join shows one person's record to those who know another; a join missed is found later. So a name and
birth date never join, a shared number wants birth date and first name to agree, and a clash is a question.
A short form is that first name where it is no other's, and surname and birth date are the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import combinations, product
from uuid import UUID

from throughgate.foundation.codesets import code_set
from throughgate.foundation.values import value
from throughgate.people.rules import System, fold

Pair = tuple[str, str]  # system and value

# An organisation's own reference means nothing to another one.
JOINING = frozenset({System.nhs, System.prison, System.pnc, System.cro, System.crn})
# Nobody has two. Prison, police and probation numbers are given anew, and joined later by their givers.
ONE_PER_PERSON = frozenset({System.nhs})
# Birth dates this far apart are more likely two people of one family than one slip of the pen.
GENERATION_YEARS = 13


class HoldReason(StrEnum):
    """Why somebody is asked. Presenters hold the sentences."""

    nhs_numbers_clash = "nhs_numbers_clash"
    nothing_else_agrees = "nothing_else_agrees"
    generation_apart = "generation_apart"
    birth_dates_differ = "birth_dates_differ"
    day_and_month_swapped = "day_and_month_swapped"
    birth_date_missing = "birth_date_missing"
    first_names_differ = "first_names_differ"
    first_name_missing = "first_name_missing"
    perhaps_twins = "perhaps_twins"
    initials_only = "initials_only"
    said_to_be_different = "said_to_be_different"
    candidates_disagree = "candidates_disagree"


class BirthDates(StrEnum):
    same = "same"
    swapped = "swapped"  # day and month the other way round
    different = "different"
    generation_apart = "generation_apart"
    unknown = "unknown"  # missing on a side


class Names(StrEnum):
    same = "same"
    alias = "alias"  # the name of one side is an alias of the other
    short_form = "short_form"  # first names alone, where surname and birth date are the same
    different = "different"
    unknown = "unknown"  # missing, or only initials, on a side


@value(frozen=True, kw_only=True)
class Evidence:
    """What one identity says about who it is. Only checked identifiers belong here."""

    identity_id: UUID
    person_id: UUID | None  # None: new, not yet anybody's
    organisation: UUID
    identifiers: frozenset[Pair]
    first_name: str
    last_name: str
    aliases: tuple[tuple[str, str], ...] = ()  # first and last
    birth_date: date | None
    initials_only: bool = False


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two identities side by side; the same whichever comes first."""

    agreeing: frozenset[Pair]
    clashing: frozenset[str]  # systems in which both have numbers and share none
    birth_date: BirthDates
    first_name: Names
    last_name: Names
    initials_only: bool  # on either side


@dataclass(frozen=True, kw_only=True)
class Question:
    """Somebody must say whether the new identity and this one are the same person."""

    identity_id: UUID
    reasons: tuple[HoldReason, ...]
    comparison: Comparison


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """Nobody known shares an identifier with them."""


@dataclass(frozen=True, kw_only=True)
class LinkTo:
    """The identity belongs to this person, and so do those to move. Questions beside it do not stop it."""

    person_id: UUID
    evidence: tuple[Pair, ...]  # the identifiers that say so
    also_move: tuple[UUID, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Nothing is joined until somebody has answered: a new identity gets a person of its own."""

    questions: tuple[Question, ...]

    @property
    def reasons(self) -> tuple[HoldReason, ...]:
        return _in_order(reason for question in self.questions for reason in question.reasons)

    @property
    def candidates(self) -> tuple[UUID, ...]:
        return tuple(question.identity_id for question in self.questions)


Decision = NewPerson | LinkTo | Hold


# Two identities


def compare(a: Evidence, b: Evidence) -> Comparison:
    """What agrees and what clashes between two identities."""
    ours, theirs = _joining(a), _joining(b)
    both = {system for system, _ in ours} & {system for system, _ in theirs}
    agreeing = ours & theirs
    hides_names = a.initials_only or b.initials_only
    found = Comparison(
        agreeing=agreeing,
        clashing=frozenset(both - {system for system, _ in agreeing}),
        birth_date=_birth_dates(a.birth_date, b.birth_date),
        first_name=Names.unknown if hides_names else _names(_firsts(a), _firsts(b)),
        last_name=Names.unknown if hides_names else _names(_lasts(a), _lasts(b)),
        initials_only=hides_names,
    )
    return replace(found, first_name=Names.short_form) if _is_short_form(a, b, found) else found


def _is_short_form(a: Evidence, b: Evidence, found: Comparison) -> bool:
    """Whether nothing but a short form keeps the first names apart: surname and birth date say the same."""
    agrees = found.last_name == Names.same and found.birth_date == BirthDates.same
    is_apart = found.first_name == Names.different
    return agrees and is_apart and is_short_form(fold(a.first_name), fold(b.first_name))


def is_short_form(a: str, b: str) -> bool:
    """Whether one of two folded names is a short form of the other and of no other name: Bill is William.

    Two short forms of one name are not: neither tells which name it is.
    """
    return frozenset({a, b}) in _short_forms()


@cache
def _short_forms() -> frozenset[frozenset[str]]:
    rows = (row for row in code_set("short_names").rows if not row["valid_to"])
    return frozenset(frozenset({fold(row["short"]), fold(row["name"])}) for row in rows)


def doubts(found: Comparison) -> tuple[HoldReason, ...]:
    """Why two identities that share an identifier may still be two people; none if they are one."""
    if found.clashing & ONE_PER_PERSON:
        return (HoldReason.nhs_numbers_clash,)
    if any(system == System.prison for system, _ in found.agreeing):
        return _doubts_of_a_prison_number(found)
    return _in_order((*_doubts_of_birth(found), *_doubts_of_name(found)))


def _doubts_of_a_prison_number(found: Comparison) -> tuple[HoldReason, ...]:
    """A prison number is one person's for life, so one other thing that agrees is enough."""
    if found.birth_date == BirthDates.generation_apart:
        return (HoldReason.generation_apart,)
    names = {found.first_name, found.last_name}
    if found.birth_date == BirthDates.same or names & {Names.same, Names.alias}:
        return ()
    if found.birth_date != BirthDates.unknown or Names.different in names:
        return (HoldReason.nothing_else_agrees,)
    return (HoldReason.initials_only,) if found.initials_only else ()


BIRTH_DOUBTS = {
    BirthDates.swapped: HoldReason.day_and_month_swapped,
    BirthDates.different: HoldReason.birth_dates_differ,
    BirthDates.generation_apart: HoldReason.generation_apart,
}


def _doubts_of_birth(found: Comparison) -> list[HoldReason]:
    if found.birth_date == BirthDates.unknown:
        is_enough = (
            len({system for system, _ in found.agreeing}) > 1
        )  # two numbers of one giver may share one slip
        return [] if is_enough else [HoldReason.birth_date_missing]
    return [BIRTH_DOUBTS[found.birth_date]] if found.birth_date in BIRTH_DOUBTS else []


def _doubts_of_name(found: Comparison) -> list[HoldReason]:
    if found.initials_only:
        return [HoldReason.initials_only]
    if found.first_name == Names.unknown:
        return [HoldReason.first_name_missing]
    if found.first_name != Names.different:
        return []
    are_like_twins = found.last_name == Names.same and found.birth_date == BirthDates.same
    return [HoldReason.first_names_differ, *([HoldReason.perhaps_twins] if are_like_twins else [])]


def _joining(one: Evidence) -> frozenset[Pair]:
    return frozenset(pair for pair in one.identifiers if pair[0] in JOINING)


def _birth_dates(a: date | None, b: date | None) -> BirthDates:
    if a is None or b is None:
        return BirthDates.unknown
    if a == b:
        return BirthDates.same
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return BirthDates.swapped
    is_far = abs(a.year - b.year) >= GENERATION_YEARS
    return BirthDates.generation_apart if is_far else BirthDates.different


def _firsts(one: Evidence) -> tuple[str, frozenset[str]]:
    return fold(one.first_name), frozenset(fold(first) for first, _ in one.aliases)


def _lasts(one: Evidence) -> tuple[str, frozenset[str]]:
    return fold(one.last_name), frozenset(fold(last) for _, last in one.aliases)


def _names(a: tuple[str, frozenset[str]], b: tuple[str, frozenset[str]]) -> Names:
    (ours, our_aliases), (theirs, their_aliases) = a, b
    if not ours or not theirs:
        return Names.unknown
    if ours == theirs:
        return Names.same
    return Names.alias if ours in their_aliases or theirs in our_aliases else Names.different


# One identity among those that share an identifier with it


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    """A known person as the new identity sees them: what joins, and what is asked."""

    person_id: UUID
    identities: tuple[Evidence, ...]
    agreeing: tuple[tuple[Evidence, Comparison], ...]
    questions: tuple[Question, ...]


def decide(new: Evidence, others: Sequence[Evidence], never: frozenset[frozenset[UUID]]) -> Decision:
    """Whose identity is this?

    `others` are all identities of every person who shares an identifier with the new one, and of its own
    person if it has one, in any order. `never` holds pairs of identities somebody said are two people. Of
    several persons joined the oldest remains. Nothing here takes apart what is together already.
    """
    candidates = [_candidate(new, person, never) for person in _persons(new, others)]
    own = [one for one in candidates if one.person_id == new.person_id]
    joining = [one for one in candidates if one.agreeing and not one.questions and one not in own]
    questions = tuple(question for one in candidates for question in one.questions)
    if joining and any(_are_apart(a, b, never) for a, b in combinations([*own, *joining], 2)):
        questions = (*questions, *_asked_of_each(joining))
        joining = []
    if joining and not any(one.questions for one in own):
        return _link(new, [*own, *joining], questions)
    if questions:
        return Hold(questions=_sorted(questions))
    return _link(new, own, ()) if new.person_id else NewPerson()


def _persons(new: Evidence, others: Sequence[Evidence]) -> list[tuple[UUID, tuple[Evidence, ...]]]:
    """The others by person, in an order of their own."""
    found: dict[UUID, list[Evidence]] = {}
    for one in sorted(others, key=lambda each: each.identity_id):
        if one.person_id is None:
            raise ValueError(f"Identity {one.identity_id} has no person: link it before it is compared with.")
        if one.identity_id != new.identity_id:
            found.setdefault(one.person_id, []).append(one)
    return [(person_id, tuple(found[person_id])) for person_id in sorted(found)]


def _candidate(
    new: Evidence, person: tuple[UUID, tuple[Evidence, ...]], never: frozenset[frozenset[UUID]]
) -> _Candidate:
    """One person as a whole: a clash with any identity of theirs keeps the new one out of all of them."""
    person_id, identities = person
    told_apart = {
        one.identity_id for one in identities if frozenset({new.identity_id, one.identity_id}) in never
    }
    compared = [(one, compare(new, one)) for one in identities if one.identity_id not in told_apart]
    sharing = [(one, found) for one, found in compared if found.agreeing]
    agreeing = [(one, found) for one, found in sharing if not doubts(found)]
    clashing = [(one, found) for one, found in compared if found.clashing & ONE_PER_PERSON]
    is_own = person_id == new.person_id
    if told_apart:  # that answer stands; a tie to another identity of the same person is worth a new question
        questions = [_question(one, found, HoldReason.said_to_be_different) for one, found in agreeing]
    elif clashing and (sharing or is_own):
        questions = [_question(one, found, HoldReason.nhs_numbers_clash) for one, found in clashing]
    elif agreeing or is_own:
        questions = []
    else:
        questions = [_question(one, found, *doubts(found)) for one, found in sharing]
    return _Candidate(
        person_id=person_id,
        identities=identities,
        agreeing=() if told_apart else tuple(agreeing),
        questions=tuple(questions),
    )


def _are_apart(a: _Candidate, b: _Candidate, never: frozenset[frozenset[UUID]]) -> bool:
    """Does anything known of two persons speak against their being one?"""
    for one, other in product(a.identities, b.identities):
        if frozenset({one.identity_id, other.identity_id}) in never:
            return True
        found = compare(one, other)
        if doubts(found) if found.agreeing else _contradicts(found):
            return True
    return False


def _contradicts(found: Comparison) -> bool:
    """Two identities that share no identifier: do the rest of them forbid that they are one person?"""
    has_same_birth = found.birth_date in {BirthDates.same, BirthDates.unknown}
    return bool(found.clashing & ONE_PER_PERSON) or not has_same_birth or found.first_name == Names.different


def _asked_of_each(candidates: list[_Candidate]) -> list[Question]:
    """Questions where several people share a number with this one and cannot all be the same person."""
    return [
        _question(one, found, HoldReason.candidates_disagree)
        for candidate in candidates
        for one, found in candidate.agreeing
    ]


def _link(new: Evidence, joined: list[_Candidate], questions: tuple[Question, ...]) -> LinkTo:
    persons = {one.person_id for one in joined} | ({new.person_id} if new.person_id else set())
    kept = min(persons)
    agreeing = {pair for one in joined for _, found in one.agreeing for pair in found.agreeing}
    moving = [
        one.identity_id for candidate in joined if candidate.person_id != kept for one in candidate.identities
    ]
    return LinkTo(
        person_id=kept,
        evidence=tuple(sorted(agreeing)),
        also_move=tuple(sorted(moving)),
        questions=_sorted(questions),
    )


def _question(one: Evidence, found: Comparison, *reasons: HoldReason) -> Question:
    return Question(identity_id=one.identity_id, reasons=_in_order(reasons), comparison=found)


def _sorted(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple(sorted(questions, key=lambda one: one.identity_id))


def _in_order(reasons: Iterable[HoldReason]) -> tuple[HoldReason, ...]:
    """Each reason once, in the order in which they are worth reading: that of the enum."""
    found = set(reasons)
    return tuple(reason for reason in HoldReason if reason in found)
