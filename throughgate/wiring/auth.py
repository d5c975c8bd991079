"""Sign-in: allauth's forms over workers that somebody made; nobody signs up by themselves."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from throughgate.foundation import clock
from throughgate.staff import audited, sessions
from throughgate.staff import queries as staff


class ClosedDoor(DefaultAccountAdapter):
    """There is no signing up: workers are made with `./tg worker add`."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            account = staff.account(str(credentials.get("email", "")))
            audited.held_back(at=clock.now(), account=account)
            raise


class WorkerBackend(AuthenticationBackend):
    """E-mail address and password, for workers who are still active; no page is for a program."""

    def user_can_authenticate(self, user: AbstractBaseUser) -> bool:
        return super().user_can_authenticate(user) and getattr(user, "email", None) is not None

    def get_user(self, user_id: UUID) -> AbstractBaseUser | None:
        """Whom a session names."""
        worker = sessions.worker(user_id)
        return worker if worker and self.user_can_authenticate(worker) else None
