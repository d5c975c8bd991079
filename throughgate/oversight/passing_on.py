"""Passing on what was told to treatment, which is otherwise told to nobody who could punish it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from throughgate.audit import actions as audit
from throughgate.audit.actions import Alert
from throughgate.foundation import clock, wrong
from throughgate.foundation.permits import Permit
from throughgate.linkage import own
from throughgate.oversight import rules
from throughgate.oversight.models import PassedOn
from throughgate.oversight.rules import Passing
from throughgate.record import actions as record
from throughgate.record import lines as record_lines
from throughgate.record.rules import Draft, Form


class PassedOnLine(NamedTuple):
    to_whom: str
    text: str
    ground: str
    why: str
    telling: str
    why_unsafe: str
    ask_again_on: date | None


def lines(permit: Permit, ids_by_kind: Mapping[str, Sequence[UUID]]) -> dict[UUID, PassedOnLine]:
    """What these entries say; kinds of other contexts are left to them."""
    return record_lines.read(permit, ids_by_kind, shapes=dict.fromkeys(PassedOn.kinds, PassedOnLine))


def passes_on(permit: Permit) -> bool:
    """Whether this worker is somebody to whom things are told in treatment."""
    return PassedOn.kinds["passed_on"] in permit.write


def pass_on(permit: Permit, passing: Passing, *, form: Form) -> UUID:
    """Write that something was passed on, and ask a checker to look into it; the same form counts once.

    Raises: Refused where a part is missing.
    """
    wrong.refuse(rules.wrong_with_passing(passing, on=clock.day_of(permit.at)))
    assert permit.worker_id  # noqa: S101 - a script writes nothing
    with transaction.atomic():
        entry_id = record.keep(permit, _draft(permit, passing), form)
        audit.alert(
            Alert(
                raised_at=permit.at,
                matter="passed_on",
                key=str(entry_id),
                organisation_id=permit.organisation_id,
                worker_id=permit.worker_id,
                role=permit.role,
                person_id=permit.person_id,
                why=passing.ground,
                words=passing.why,
            )
        )
        return entry_id


def _draft(permit: Permit, passing: Passing) -> Draft:
    is_unsafe = passing.telling == "unsafe"
    said = asdict(passing)
    return Draft(
        identity_id=own.identity(permit),
        kind="passed_on",
        happened_at=permit.at,
        dated_by="time",
        as_at=permit.at,
        body=said if is_unsafe else {**said, "why_unsafe": "", "ask_again_on": None},
        withheld=is_unsafe,
    )
