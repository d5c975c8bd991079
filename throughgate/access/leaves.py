"""What of a permit the database is told, for its own row-level security (record/migrations/0009)."""

from collections.abc import Iterable
from datetime import datetime

from throughgate.access import policy
from throughgate.access.rules import Choice
from throughgate.foundation import clock
from throughgate.foundation.leave import Leave
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.staff.queries import Hat


def of_record(permit: Permit) -> Leave:
    """One person's entries, of the categories decided."""
    return {
        "reach": "record",
        "person": str(permit.person_id),
        "reads": _list(permit.read),
        "restricted": _yes(holds=permit.read_restricted),
        "sealed": _yes(holds=permit.opens_sealed or permit.own),
        "own": _yes(holds=permit.leaves_out_withheld),
        "worker": str(permit.worker_id or ""),
        "organisation": str(permit.organisation_id),
    }


def of_hat(hat: Hat, *, purpose: str, at: datetime) -> Leave:
    """Whoever the rule lets this hat see, and of each what it lets it read."""
    grants = policy.policy().matrix.get(hat.role, {})
    return _of_rule(hat, purpose=purpose, at=at) | {
        "reads": _list(name for name, grant in grants.items() if grant.read and grant.choice == Choice.NONE),
        "unless": _list(name for name, grant in grants.items() if grant.choice == Choice.OBJECTION),
        "asked": _list(name for name, grant in grants.items() if grant.choice == Choice.PERMISSION),
        "restricted": _yes(holds=hat.role in policy.policy().reads_restricted),
    }


def of_list(hat: Hat, permit: ListPermit) -> Leave:
    """What a list may show of each person on it: the rule decides person by person, in the database."""
    return _of_rule(hat, purpose=permit.purpose, at=permit.at) | {
        "reads": _list(permit.categories - permit.unless),
        "unless": _list(permit.unless),
        "asked": _list(permit.asked),
    }


def _of_rule(hat: Hat, *, purpose: str, at: datetime) -> dict[str, str]:
    return {
        "reach": "rule",
        "worker": str(hat.worker_id),
        "post": str(hat.post_id),
        "organisation": str(hat.organisation_id),
        "organisations": _list(map(str, hat.concerned(purpose))),
        "purpose": purpose,
        "on_day": clock.day_of(at).isoformat(),
        "at": at.isoformat(),
    }


def _list(each: Iterable[str]) -> str:
    return ",".join(each)


def _yes(*, holds: bool) -> str:
    return "yes" if holds else ""
