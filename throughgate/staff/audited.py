"""What is done about workers and their signing in, in the audit; ids only."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from throughgate.audit import actions as audit
from throughgate.audit.actions import Logged

if TYPE_CHECKING:
    from throughgate.staff.queries import Hat


def signed_in(worker_id: UUID, *, at: datetime) -> None:
    audit.log(Logged(at=at, action="sign in", actor_kind="worker", actor_id=worker_id))


def not_signed_in(*, at: datetime, account: UUID | None = None) -> None:
    """Somebody tried, at a worker's account where it is one's; the address that was typed is not kept."""
    detail = {"account": str(account)} if account else {}
    audit.log(Logged(at=at, action="sign in", outcome="refused", actor_kind="nobody", detail=detail))


def held_back(*, at: datetime, worker_id: UUID | None = None, account: UUID | None = None) -> None:
    """Somebody tried too often, and was not heard; `worker_id` where they were signed in."""
    audit.log(
        Logged(
            at=at,
            action="try too often",
            outcome="refused",
            actor_kind="worker" if worker_id else "nobody",
            actor_id=worker_id,
            detail={"account": str(account)} if account else {},
        )
    )


def changed(worker_id: UUID, action: str, *, at: datetime, about: UUID | str | None = None) -> None:
    """What a worker changed of their own signing in."""
    detail = {"about": str(about)} if about else {}
    audit.log(Logged(at=at, action=action, actor_kind="worker", actor_id=worker_id, detail=detail))


def not_proven(worker_id: UUID, action: str, *, at: datetime) -> None:
    """Whoever says they are this worker showed a wrong password or code."""
    audit.log(Logged(at=at, action=action, outcome="refused", actor_kind="worker", actor_id=worker_id))


def by(hat: "Hat", action: str, *, about: UUID, at: datetime) -> None:
    """What an administrator did about a worker, a post or an invitation."""
    audit.log(
        Logged(
            at=at,
            action=action,
            actor_kind="worker",
            actor_id=hat.worker_id,
            post_id=hat.post_id,
            organisation_id=hat.organisation_id,
            role=hat.role,
            detail={"about": str(about)},
        )
    )


def program_signed_in(hat: "Hat", *, purpose: str, thumbprint: str, at: datetime) -> None:
    """A program got a token, with that key."""
    audit.log(
        Logged(
            at=at,
            action="sign in",
            actor_kind="program",
            actor_id=hat.worker_id,
            post_id=hat.post_id,
            organisation_id=hat.organisation_id,
            role=hat.role,
            purpose=purpose,
            detail={"key": thumbprint},
        )
    )


def shares(parent_id: UUID, member_id: UUID, purposes: Collection[str], *, at: datetime) -> None:
    """What an organisation shares for under the umbrella of another, as was said at the server's console."""
    detail = {"parent": str(parent_id), "purposes": " ".join(purposes)}
    audit.log(
        Logged(at=at, action="share as one", actor_kind="script", organisation_id=member_id, detail=detail)
    )
