"""What is done about workers and their signing in, in the audit; ids only."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from throughgate.audit import actions as audit
from throughgate.audit.actions import Logged

if TYPE_CHECKING:
    from throughgate.staff.queries import Hat


def signed_in(worker_id: UUID, *, at: datetime) -> None:
    audit.log(Logged(at=at, action="sign in", actor_kind="worker", actor_id=worker_id))


def not_signed_in(*, at: datetime) -> None:
    """Somebody tried; whose address they typed may be nobody's, and is not kept."""
    audit.log(Logged(at=at, action="sign in", outcome="refused", actor_kind="nobody"))


def changed(worker_id: UUID, action: str, *, at: datetime, about: UUID | str | None = None) -> None:
    """What a worker changed of their own signing in."""
    detail = {"about": str(about)} if about else {}
    audit.log(Logged(at=at, action=action, actor_kind="worker", actor_id=worker_id, detail=detail))


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
