"""Sign-in: allauth's forms over workers that somebody made; nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):
    """There is no signing up: workers are made with `./tg worker add`."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class WorkerBackend(AuthenticationBackend):
    """E-mail address and password, for workers who are still active."""
