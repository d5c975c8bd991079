"""Signing in and out, and choosing the hat a request is made under."""

from typing import Any
from uuid import UUID

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from throughgate.exchange import issuers
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound
from throughgate.pages import doors
from throughgate.pages.sign_in import forms, presenters
from throughgate.staff import cast
from throughgate.staff import queries as staff
from throughgate.staff.queries import Hat

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
# Of what was shown here nothing is to stay on a machine that others use.
CLEAR = '"cache", "cookies", "storage"'


@doors.anyone
def health(_request: HttpRequest) -> HttpResponse:
    """That the program answers; nothing of what it holds."""
    return HttpResponse("ok", content_type="text/plain")


@doors.anyone
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """With a password; in the demo, by choosing who you are."""
    if request.user.is_authenticated:
        return redirect("home")
    if not settings.DEMO:
        return with_password(request)
    return render(request, "sign_in/choose.html", presenters.choose(cast.hats(on=clock.today())))


@method_decorator(doors.anyone, name="dispatch")
class WithPassword(LoginView):
    """The library's sign-in, which limits how often somebody may try."""

    template_name = "account/login.html"

    def get_context_data(self, **rest: Any) -> dict[str, Any]:
        return {**super().get_context_data(**rest), **presenters.elsewhere(issuers.known())}


with_password = doors.anyone(WithPassword.as_view())


@doors.anyone
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Signs in as whoever was chosen; in the demo alone, elsewhere this page does not exist."""
    worker_id = forms.chosen(request.POST.dict())
    worker = auth.load_backend(BACKEND).get_user(worker_id) if settings.DEMO and worker_id else None
    if worker is None:
        raise NotFound
    auth.login(request, worker, backend=BACKEND)
    return redirect("home")


@doors.signed_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    answer = redirect("sign_in")
    answer.headers["Clear-Site-Data"] = CLEAR
    return answer


@doors.signed_in
def home(_request: HttpRequest) -> HttpResponse:
    """Where the day begins: with one hat at its own first page, else at the choice of hats."""
    return redirect("hats")


@doors.signed_in
def hats(request: HttpRequest) -> HttpResponse:
    """Which hat to work under; who has only one goes straight on."""
    known = staff.hats_of(UUID(str(request.user.pk)), on=clock.today())
    held = [hat for hat in known if doors.may_wear(request, hat)]
    if len(held) == 1:
        return redirect(presenters.first_page(held[0]))
    return render(request, "sign_in/hats.html", presenters.hats(held))


@doors.with_hat
def start(request: HttpRequest, hat: Hat) -> HttpResponse:
    """For roles without pages of their own: what they can do here now."""
    return render(request, "sign_in/start.html", presenters.start(hat))
