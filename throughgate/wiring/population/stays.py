"""What extracts can know of a life: its states from the first extract on, and the stays that follow."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from throughgate.foundation.codesets import code_set
from throughgate.wiring.population.journeys import GONE, HELD, INSIDE, RECALLED, State


class Stay(NamedTuple):
    """Days in one prison: the first, and the first no longer there. A prison of "" is not told."""

    number: str
    prison: str
    starts_on: date
    ends_on: date | None = None


class Release(NamedTuple):
    """Leaving custody, and whether the weeks after it are counted."""

    number: str
    on: date
    reason: str
    is_counted: bool


def told(states: Sequence[State], *, first: date) -> list[State]:
    """Of all before the first extract only how each prison number stood that night; then everything."""
    before = {state.number: state for state in states if state.on <= first}
    opening = [replace(state, on=first) for state in before.values()]
    return opening + [state for state in states if state.on > first]


def stays(states: Sequence[State]) -> list[Stay]:
    """Where they were, from the first of these states on, for each prison number by itself.

    A first state that is not itself the reception tells since when they are held, and not where until the
    last movement.
    """
    found: list[Stay] = []
    for state in states:
        if not found or found[-1].number != state.number:
            found += _first_seen(state)
        elif found[-1].ends_on is None and (state.where not in HELD or state.prison != found[-1].prison):
            found[-1] = found[-1]._replace(ends_on=state.moved_on)
        if found[-1].ends_on is not None and state.where in HELD:
            found.append(Stay(state.number, state.prison, state.moved_on))
    return found


def _first_seen(state: State) -> list[Stay]:
    if state.where == INSIDE and state.moved_on == state.received_on:
        return [Stay(state.number, state.prison, state.received_on)]
    return [Stay(state.number, "", state.received_on, state.moved_on)]


def releases(states: Sequence[State]) -> Iterator[Release]:
    """Each time they left, in these states."""
    codes = code_set("movement_reasons")
    for number, on, move in dict.fromkeys(
        (state.number, state.moved_on, state.move) for state in states if state.where in {GONE, RECALLED}
    ):
        kind, reason = move.split()
        row = codes.get(kind, reason)
        yield Release(number, on, reason, row is not None and row["starts_continuity_clock"] == "yes")
