"""What stands around every page: refusals become answers, and nothing of a record stays in a browser."""

from collections.abc import Callable
from itertools import chain

from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from throughgate.foundation.errors import NotFound, Refused
from throughgate.pages import errors, proofs, unsent, wording
from throughgate.staff import sessions

UNKEEPABLE = "\0"  # the one character that PostgreSQL's text has no room for
Next = Callable[[HttpRequest], HttpResponseBase]


class ContentPolicy:
    """Tells browsers what our pages load and from where: the same of each, so it is put together once."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


class Weighed:
    """Refuses what is too large for where it is sent before any of it is read, or written to a disk.

    Only who is signed in sends what is large to a worker's page.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_rest: object
    ) -> HttpResponseBase | None:
        told, usual = request.META.get("CONTENT_LENGTH", ""), settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        size = int(told) if told.isdecimal() else 0
        if size <= usual:
            return None
        is_known = not getattr(view, "login_required", True) or request.user.is_authenticated
        return None if is_known and size <= getattr(view, "most_bytes", usual) else errors.too_large(request)


class SignedIn(LoginRequiredMiddleware):
    """Who is not signed in signs in first; what they were sending when their session ended waits for them."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        if unsent.keep(request, getattr(request.session, "lapsed_worker_id", None)):
            return redirect_to_login(reverse("unsent"), reverse("sign_in"))
        return super().handle_no_permission(request, view_func)


class Doors:
    """Turns `NotFound` and `Refused` into pages, keeps records out of caches, and a session awake."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        sessions.keep_awake(request.session)
        with wording.speaking(settings.LANGUAGE_CODE):
            response = self.get_response(request)
            if isinstance(response, HttpResponseNotAllowed):
                response = errors.only_pressed(request, response)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        """Whatever the form or the address, nothing goes on that the database could not keep, nor a look into
        columns, which no page of ours takes.
        """
        if any(name.startswith("_") or "__" in name for name in request.GET):
            return errors.bad_request(request)
        sent = chain(request.GET.lists(), request.POST.lists())
        if any(UNKEEPABLE in value for _name, values in sent for value in values):
            return errors.unkeepable(request)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, NotFound):
            return errors.not_found(request)
        if isinstance(exception, Refused):
            return errors.refused(request, exception)
        if isinstance(exception, proofs.Wanted):
            return _to_step_up(request)
        return None


def _to_step_up(request: HttpRequest) -> HttpResponseBase:
    """To where a second factor is shown, and from there back to what was asked for, or was being sent."""
    after = reverse("unsent") if unsent.keep(request, request.user.pk) else request.get_full_path()
    return redirect_to_login(after, reverse("step_up"))
