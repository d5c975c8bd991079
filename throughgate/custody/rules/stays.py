"""Where a person was, span by span, from the movements of all their identities and sources."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from throughgate.custody.rules.flags import Flag, Severity
from throughgate.custody.rules.kinds import MovementKind
from throughgate.custody.rules.spans import OutNow, PlacedMovement, Source, Stay, spans_of
from throughgate.custody.rules.states import LONDON
from throughgate.foundation.values import value

OVER = frozenset({MovementKind.RELEASED, MovementKind.DIED})
LEAVING = OVER | {MovementKind.IN_TRANSIT}


@value(frozen=True, kw_only=True)
class StayResult:
    stays: tuple[Stay, ...]  # earliest first
    flags: tuple[Flag, ...]

    @property
    def came_on(self) -> date | None:
        """First day of the custody that goes on; None where the last one is over."""
        came_on = None
        for stay in self.stays:
            came_on = None if stay.ended_by in OVER else came_on or stay.start
        return came_on


@value(frozen=True, kw_only=True)
class _Claim:
    """One stay as one source has it."""

    stay: Stay
    told_by: Source
    last_said: datetime

    @property
    def is_from_own_feed(self) -> bool:
        return self.told_by[1] == self.stay.prison

    @property
    def weight(self) -> tuple[datetime, bool]:
        return (self.last_said, self.is_from_own_feed)

    @property
    def is_inferred(self) -> bool:
        """Whether it says no more than since when they are held: of days before its source saw them."""
        return self.stay.prison == "" and self.stay.end is not None

    def spoke_after(self, day: date) -> bool:
        return self.last_said.astimezone(LONDON).date() > day


@value(frozen=True, kw_only=True)
class _Choice:
    """Whose word is taken for a stretch of days, and who says otherwise."""

    start: date
    end: date | None
    claim: _Claim
    others: tuple[_Claim, ...]


def stays(
    movements: Iterable[PlacedMovement],
    *,
    as_at: datetime,
    last_said: Mapping[Source, datetime] = MappingProxyType({}),
) -> StayResult:
    """One line of stays for a person as known at that moment, never overlapping, and what is odd about it.

    `last_said` is the as-at of each source's newest document, which may have told no movement. Where sources
    differ about a day, a named prison goes before an unnamed one; then the source that spoke last; then the
    prison's own feed; then the stay that began last. A source that spoke later and says that a booking is
    over ends it for the others, too. The result does not depend on the order of the movements.
    """
    known = {placed for placed in movements if placed.known_at <= as_at}
    told, flags = _told(known, last_said)
    claims, ended = _ended_by_others([_till_seen_elsewhere(claim, told) for claim in told])
    choices = _choices([claim for claim in claims if not claim.stay.is_empty])
    chosen = [*_joined(choices), *_passing(claims)]
    chosen.sort(key=lambda stay: (stay.start, stay.end or date.max))
    flags = (*flags, *ended, *_two_prisons(choices), *_after_death(known, chosen))
    return StayResult(stays=tuple(chosen), flags=tuple(dict.fromkeys(flags)))


def _told(
    known: Iterable[PlacedMovement], last_said: Mapping[Source, datetime]
) -> tuple[list[_Claim], tuple[Flag, ...]]:
    by_source: dict[Source, list[PlacedMovement]] = {}
    for placed in known:
        by_source.setdefault(placed.told_by, []).append(placed)
    claims: list[_Claim] = []
    flags: tuple[Flag, ...] = ()
    for told_by, told in sorted(by_source.items()):
        spans, odd = spans_of(told)
        last_told = max(placed.known_at for placed in told)
        spoke = max(last_told, last_said.get(told_by, last_told))
        claims += [_Claim(stay=stay, told_by=told_by, last_said=spoke) for stay in spans]
        flags += odd
    return claims, flags


def _till_seen_elsewhere(claim: _Claim, claims: Sequence[_Claim]) -> _Claim:
    """The claim, which ends where another prison has them if its own did not see them leave."""
    elsewhere = [other.stay for other in claims if _saw_them_come(other, claim)]
    first = min(elsewhere, key=lambda stay: stay.start, default=None)
    if first is None:
        return claim
    cut = replace(claim.stay, end=first.start, ended_by=first.started_by, out_now=OutNow.NOT_OUT)
    return replace(claim, stay=cut)


def _saw_them_come(other: _Claim, claim: _Claim) -> bool:
    """Whether another source saw them come to another prison, in the same booking, while this claim goes on.

    Where the claim's own source saw them leave, or said since that they are still there, that counts more.
    """
    stay = other.stay
    is_another = other.told_by != claim.told_by and stay.prison not in {claim.stay.prison, ""}
    within = claim.stay.start < stay.start < _end_of(claim)
    same_booking = stay.booking == claim.stay.booking != ""
    if not (is_another and within and same_booking and stay.start_is_exact):
        return False
    is_silent = claim.stay.end is None and not claim.spoke_after(stay.start)
    return claim.stay.left_unseen or is_silent


def _ended_by_others(claims: Sequence[_Claim]) -> tuple[list[_Claim], tuple[Flag, ...]]:
    """The claims, cut short where a weightier source has the same booking end; flags where that is news.

    Whoever saw them leave outweighs whoever only knows since when they are held.
    """
    kept: list[_Claim] = []
    flags: list[Flag] = []
    for claim in claims:
        against = [other for other in claims if _ends(other, claim, claims)]
        if not claim.is_inferred:
            flags += [_still_here(claim, other) for other in against if claim.spoke_after(_end_of(other))]
        cuts = [other for other in against if claim.is_inferred or other.weight > claim.weight]
        first = min(cuts, key=_end_of, default=None)
        if first is None:
            kept.append(claim)
        elif claim.stay.start < _end_of(first):
            cut = replace(
                claim.stay, end=first.stay.end, ended_by=first.stay.ended_by, out_now=OutNow.NOT_OUT
            )
            kept.append(replace(claim, stay=cut))
    return kept, tuple(flags)


def _end_of(claim: _Claim) -> date:
    return claim.stay.end or date.max


def _ends(other: _Claim, claim: _Claim, claims: Sequence[_Claim]) -> bool:
    """Whether another source has the same booking end while this claim goes on.

    Leaving for another prison ends only a claim to the prison left. A claim that begins after a release is
    against that release only if the other source spoke since, and does not know of a return.
    """
    same_booking = other.stay.booking == claim.stay.booking != ""
    if other.told_by == claim.told_by or not same_booking or _end_of(other) >= _end_of(claim):
        return False
    if claim.is_inferred:
        return other.stay.ended_by in LEAVING
    if other.stay.ended_by not in OVER:
        left = other.stay.ended_by in {MovementKind.IN_TRANSIT, MovementKind.TRANSFERRED}
        return left and other.stay.prison == claim.stay.prison and claim.stay.start < _end_of(other)
    if claim.stay.start < _end_of(other):
        return True
    returned = any(each.told_by == other.told_by and each.stay.start >= _end_of(other) for each in claims)
    return not returned and other.spoke_after(claim.stay.start)


def _choices(claims: Sequence[_Claim]) -> list[_Choice]:
    """Whose word is taken, for every stretch of days in which no claim starts or ends."""
    days = sorted({day for claim in claims for day in (claim.stay.start, claim.stay.end) if day})
    choices: list[_Choice] = []
    for start, end in zip(days, [*days[1:], None], strict=False):  # no claims: no days, and one end too many
        covering = sorted((claim for claim in claims if claim.stay.covers(start)), key=_rank)
        if covering:
            choices.append(_Choice(start=start, end=end, claim=covering[-1], others=tuple(covering[:-1])))
    return choices


def _rank(claim: _Claim) -> tuple[bool, datetime, bool, date, Source]:
    return (claim.stay.prison != "", *claim.weight, claim.stay.start, claim.told_by)


def _joined(choices: Sequence[_Choice]) -> list[Stay]:
    """Stretches put together again where two sources tell one stay."""
    found: list[Stay] = []
    before: _Choice | None = None
    for choice in choices:
        stay = _stay_of(choice)
        if before and before.end == choice.start:
            if _is_one_stay(before.claim, choice.claim, at=choice.start):
                first = found.pop()
                stay = replace(
                    stay, start=first.start, started_by=first.started_by, start_is_exact=first.start_is_exact
                )
            elif found[-1].ended_by is None:
                found[-1] = replace(found[-1], ended_by=stay.started_by)
        found.append(stay)
        before = choice
    return found


def _stay_of(choice: _Choice) -> Stay:
    told = choice.claim.stay
    if (choice.start, choice.end) == (told.start, told.end):
        return told
    whole_end = choice.end == told.end
    return replace(
        told,
        start=choice.start,
        end=choice.end,
        ended_by=told.ended_by if whole_end else None,
        out_now=told.out_now if whole_end else OutNow.NOT_OUT,
        start_is_exact=told.start_is_exact and choice.start == told.start,
    )


def _is_one_stay(before: _Claim, after: _Claim, *, at: date) -> bool:
    if before == after:
        return True
    overlap = _end_of(before) > at or after.stay.start < at
    return before.stay.prison == after.stay.prison and before.told_by != after.told_by and overlap


def _passing(claims: Sequence[_Claim]) -> list[Stay]:
    """Stays that began and ended on one day, unless another source has them as part of a longer one."""
    longer = [claim for claim in claims if not claim.stay.is_empty]
    passing = [claim for claim in claims if claim.stay.is_empty]
    kept = [claim.stay for claim in passing if not any(_is_part(claim, other) for other in longer)]
    return list({(stay.prison, stay.start, stay.booking): stay for stay in kept}.values())


def _is_part(claim: _Claim, other: _Claim) -> bool:
    same_prison = claim.told_by != other.told_by and claim.stay.prison == other.stay.prison
    return same_prison and other.stay.start <= claim.stay.start <= _end_of(other)


def _two_prisons(choices: Sequence[_Choice]) -> list[Flag]:
    """Where a source not believed spoke of days on which another source has the person elsewhere."""
    return [
        _flag("in_two_prisons", choice.claim, other, on=choice.start)
        for choice in choices
        for other in choice.others
        if other.stay.prison not in {"", choice.claim.stay.prison} and other.spoke_after(choice.start)
    ]


def _still_here(claim: _Claim, other: _Claim) -> Flag:
    return _flag("ended_by_another_source", other, claim, on=_end_of(other))


def _why(believed: _Claim, other: _Claim) -> str:
    if believed.last_said != other.last_said:
        return "newest"
    return "own_feed" if believed.is_from_own_feed and not other.is_from_own_feed else "latest_start"


def _flag(key: str, believed: _Claim, other: _Claim, *, on: date) -> Flag:
    params = {
        "on": on.isoformat(),
        "believed": believed.told_by[1],
        "prison": believed.stay.prison,
        "other": other.told_by[1],
        "other_prison": other.stay.prison,
        "why": _why(believed, other),
    }
    return Flag(key=key, severity=Severity.MUST, fields=("prison",), params=tuple(params.items()))


def _after_death(known: Iterable[PlacedMovement], chosen: Sequence[Stay]) -> list[Flag]:
    deaths = [placed.movement.happened_on for placed in known if placed.movement.what is MovementKind.DIED]
    if not deaths or all(stay.end and stay.end <= min(deaths) for stay in chosen):
        return []
    params = (("on", min(deaths).isoformat()),)
    return [Flag(key="in_custody_after_death", severity=Severity.MUST, fields=("status",), params=params)]
