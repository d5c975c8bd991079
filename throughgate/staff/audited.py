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


def factors_changed(worker_id: UUID, *, at: datetime) -> None:
    audit.log(Logged(at=at, action="change second factors", actor_kind="worker", actor_id=worker_id))


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
