"""Whoever reads or writes about a person asks for a permit first; what does not is named with its reason."""

import importlib
import inspect
import re
import typing
from collections.abc import Iterable, Iterator
from types import FunctionType, ModuleType

import pytest

from tests.architecture.source import modules
from throughgate.foundation.permits import (
    CohortPermit,
    FeedPermit,
    ListPermit,
    Permit,
    ReviewPermit,
    TimerPermit,
)

# Floors on which nothing is about a person, or that ask a context for all that is.
NOT_ABOUT_PEOPLE = {
    "",
    "__main__",
    "foundation",
    "audit",
    "directory",
    "staff",
    "locale",
    "pages",
    "api",
    "wiring",
}
PERMITS = {Permit, ListPermit, CohortPermit, FeedPermit, ReviewPermit, TimerPermit}

RUN = "begins a run, of which its permit is the first thing made"
IN_A_RUN = "compares what feeds said, within a run that has its permit; shows it to nobody"
NOBODY = "about no person"
VISIT = "opens, knows or ends a visit of the person's own, on which their permit rests; reads no record"
MAY_GO_WITHOUT = {
    "throughgate.exchange.actions.import_file": RUN,
    "throughgate.exchange.actions.try_file": RUN,
    "throughgate.exchange.actions.checked_as_at": NOBODY,
    "throughgate.exchange.inbound.run.carry_out": RUN,
    "throughgate.exchange.inbound.sequence.neighbours": IN_A_RUN,
    "throughgate.exchange.inbound.sequence.said": IN_A_RUN,
    "throughgate.exchange.uploads.receive_upload": "keeps a file unread; its row is audited under the hat",
    "throughgate.exchange.uploads.carry_out_waiting": RUN,
    "throughgate.book.actions.hide": VISIT,
    "throughgate.book.actions.leave": VISIT,
    "throughgate.book.actions.open_with_code": VISIT,
    "throughgate.book.actions.open_with_passkey": VISIT,
    "throughgate.book.actions.visit": VISIT,
    "throughgate.packs.batches.carry_out_waiting": "opens each record under the hat of whoever asked",
    "throughgate.packs.reviewing.review": NOBODY,
    "throughgate.linkage.queries.comparison": "compares two identities that a review permit has read",
    "throughgate.record.bodies.read": "hands its rows to the actions and lines that asked for the permit",
    "throughgate.record.queries.kinds": NOBODY,
    "throughgate.oversight.queries.checks": NOBODY,
    "throughgate.access.emergency.open_emergency": "opens the door at which a permit is asked for",
    "throughgate.access.emergency.in_force": "the worker's own openings, each decided and logged",
    "throughgate.access.actions.issue_permits": "makes the permits",
    "throughgate.access.gathering.facts": "what a permit is decided from",
    "throughgate.access.queries.may_open": "decides as for a permit, and gives no leave",
    **{
        f"throughgate.access.actions.issue_{door}permit": "makes the permit"
        for door in ("", "list_", "feed_", "script_", "review_", "timer_", "own_", "cohort_")
    },
}
DOOR = re.compile(r"\.(queries|actions)$")
ASKS_THE_DATABASE = re.compile(r"\bcursor\b|\bconnection\b|\btransaction\b|\.objects\b")


def unguarded(module: ModuleType) -> Iterator[str]:
    """Public functions of a module whose first argument is no permit.

    Beside queries and actions a context has modules of rules and shapes: there, only those that ask the
    database.
    """
    for name, function in vars(module).items():
        if not isinstance(function, FunctionType) or function.__module__ != module.__name__:
            continue
        if name.startswith("_") or _asks_for_a_permit(function):
            continue
        if DOOR.search(module.__name__) or ASKS_THE_DATABASE.search(inspect.getsource(function)):
            yield f"{module.__name__}.{name}"


def _asks_for_a_permit(function: FunctionType) -> bool:
    first = next(iter(inspect.signature(function).parameters), "")
    told = typing.get_type_hints(function).get(first)
    kinds = set(typing.get_args(told)) or {told}
    return kinds <= PERMITS


def of_person_contexts() -> Iterator[ModuleType]:
    for module in modules():
        if module.context not in NOT_ABOUT_PEOPLE and not module.name.endswith((".models", ".apps")):
            yield importlib.import_module(module.name)


def all_unguarded() -> set[str]:
    return {name for module in of_person_contexts() for name in unguarded(module)}


def test_every_public_function_about_people_asks_for_a_permit_first() -> None:
    assert sorted(all_unguarded() - set(MAY_GO_WITHOUT)) == []


def test_no_exception_outlives_its_function() -> None:
    assert sorted(set(MAY_GO_WITHOUT) - all_unguarded()) == []


def planted(source: str) -> Iterable[str]:
    module = ModuleType("planted.actions")
    module.__dict__.update(Permit=Permit, FeedPermit=FeedPermit)
    exec(compile(source, "planted", "exec"), module.__dict__)  # noqa: S102 - a module made for the test
    return list(unguarded(module))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def of(permit: Permit) -> None: ...", []),
        ("def of(permit: Permit | FeedPermit, person_id: int) -> None: ...", []),
        ("def _inner(person_id: int) -> None: ...", []),
        ("def of(person_id: int) -> None: ...", ["planted.actions.of"]),
        ("def of(person_id: int, permit: Permit) -> None: ...", ["planted.actions.of"]),
        ("def of(permit: Permit | None) -> None: ...", ["planted.actions.of"]),
        ("def of() -> None: ...", ["planted.actions.of"]),
        ("def of(permit) -> None: ...", ["planted.actions.of"]),
    ],
)
def test_what_is_planted_is_caught(source: str, found: list[str]) -> None:
    assert planted(source) == found
