"""Passwords: when one is good enough, and changing one's own."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from throughgate.foundation.errors import NotFound, Refused
from throughgate.staff import audited, sessions
from throughgate.staff.models import Worker


class NotChanged(Refused):
    """The old password was wrong, or the new one is too weak."""


def has_one(worker_id: UUID) -> bool:
    """Not who signs in by their organisation alone."""
    return Worker.objects.get(id=worker_id).has_usable_password()


def wrong_with(password: str, worker: Worker) -> str:
    """Why it is too weak for this worker; "" when it is not."""
    try:
        validate_password(password, worker)
    except ValidationError as weak:
        return " ".join(weak.messages)
    return ""


def change(worker_id: UUID, *, old: str, new: str, session_key: str | None, at: datetime) -> Worker:
    """Only who knows the old one; every session but the one that asks ends.

    Raises: NotChanged; NotFound for who has none to change.
    """
    worker = Worker.objects.get(id=worker_id)
    if not worker.has_usable_password():
        raise NotFound
    if not worker.check_password(old):
        audited.not_proven(worker_id, "change password", at=at)
        raise NotChanged("That is not the password you sign in with now. Type it again.")
    if why := wrong_with(new, worker):
        raise NotChanged(why)
    worker.password = make_password(new)
    with transaction.atomic():
        worker.save(update_fields=["password"])
        sessions.end_all(worker_id, but_key=session_key)
        audited.changed(worker_id, "change password", at=at)
    return worker
