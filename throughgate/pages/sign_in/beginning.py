"""What happens whenever somebody has signed in, by whichever way they came."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from throughgate.foundation import clock
from throughgate.pages.sign_in.devices import device
from throughgate.staff import audited, sessions
from throughgate.staff import queries as staff


def begin(*, request: HttpRequest, user: AbstractBaseUser, **_rest: Any) -> None:
    """The hours of their session begin, as long as those they work for allow."""
    sessions.begin(
        request.session,
        idle=staff.idle_limit(user.pk, on=clock.today()),
        device=device(request.META.get("HTTP_USER_AGENT", "")),
    )
    audited.signed_in(user.pk, at=clock.now())


def refuse(*, credentials: Mapping[str, Any], **_rest: Any) -> None:
    """A password was wrong, or nobody's."""
    audited.not_signed_in(at=clock.now(), account=staff.account(str(credentials.get("email", ""))))
