"""Second factors: shown at signing in and again before something weighty, added, and taken away."""

import json
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from django.contrib import auth
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound, Refused
from throughgate.pages import doors, errors, proofs, unsent
from throughgate.pages.sign_in import presenters
from throughgate.pages.sign_in.codes import CodeAgain, PasskeyAgain
from throughgate.staff import factors, passwords, sessions
from throughgate.staff import queries as staff
from throughgate.staff.passwords import NotChanged


class SecondStep(AuthenticateView):
    """After the password: the library knows who it is, and has signed nobody in yet."""

    template_name = "sign_in/second.html"

    def form_valid(self, form: Any) -> HttpResponse:
        form.save()
        proofs.keep(self.request, self.stage.login.user)
        answer: HttpResponse = self.stage.exit()
        return answer

    def get_context_data(self, **rest: Any) -> dict[str, Any]:
        given = super().get_context_data(**rest)
        worker_id = self.stage.login.user.pk
        options = _as_json(given["js_data"]["request_options"])
        form = self.auth_form if self.auth_form.is_bound else self.webauthn_form
        return presenters.second(form, factors.held(worker_id), options, is_used_up=_is_used_up(worker_id))


class WithPasskey(LoginWebAuthnView):
    """A passkey alone: it was unlocked by a face, a finger or a PIN, so that it is two factors in one."""

    def form_valid(self, form: Any) -> HttpResponse:
        proofs.keep(self.request, form.cleaned_data["credential"].user)
        answer: HttpResponse = super().form_valid(form)
        return answer


class AddPasskey(AddWebAuthnView):
    template_name = "sign_in/add_passkey.html"

    def get_context_data(self, **rest: Any) -> dict[str, Any]:
        given = super().get_context_data(**rest)
        return presenters.add_passkey(given["form"], _as_json(given["js_data"]["creation_options"]))

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        return _added(self.request, "webauthn", answer)


class AddTelephone(ActivateTOTPView):
    template_name = "sign_in/add_telephone.html"

    def dispatch(self, request: HttpRequest, *args: Any, **rest: Any) -> HttpResponseBase:
        if any(each.kind == "totp" for each in factors.held(_me(request))):
            return redirect("mfa_index")
        answer: HttpResponseBase = super().dispatch(request, *args, **rest)
        return answer

    def get_context_data(self, **rest: Any) -> dict[str, Any]:
        given = super().get_context_data(**rest)
        return presenters.add_telephone(given["form"], given["totp_svg"])

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        return _added(self.request, "totp", answer)


def _added(request: HttpRequest, kind: str, answer: HttpResponse) -> HttpResponse:
    """Who adds a factor has just shown it."""
    factors.added(_me(request), kind, at=clock.now())
    proofs.keep(request, request.user)
    return answer


def _mine(view: doors.HatView) -> doors.HatView:
    """Whoever has a second factor shows it before they may change what they sign in with.

    Raises: Refused for who works elsewhere too and came by the word of one organisation: what they
    added would open the other.
    """

    def entered(request: HttpRequest, **rest: Any) -> HttpResponseBase:
        if not all(doors.may_wear(request, hat) for hat in staff.hats_of(_me(request), on=clock.today())):
            raise Refused(presenters.vouched_for_one())
        if _has_any(_me(request)):
            proofs.require_fresh(request)
        return view(request, **rest)

    return doors.signed_in(entered)


second_step = doors.anyone(SecondStep.as_view())
with_passkey = doors.anyone(WithPasskey.as_view())
add_passkey = _mine(AddPasskey.as_view())
add_telephone = _mine(AddTelephone.as_view())


@doors.signed_in
def step_up(request: HttpRequest) -> HttpResponse:
    """A second factor shown again; who has none is led to where one is added."""
    if not _has_any(_me(request)):
        return redirect("mfa_index")
    form = None
    if request.method == "POST":
        form = (CodeAgain if "code" in request.POST else PasskeyAgain)(user=request.user, data=request.POST)
        if form.is_valid():
            form.save()
            proofs.keep(request, request.user)
            return redirect(_after(request))
    options = _as_json(begin_authentication(request.user))
    me = _me(request)
    context = presenters.again(form, factors.held(me), options, is_used_up=_is_used_up(me))
    return render(request, "sign_in/second.html", context, status=400 if form else 200)


@doors.signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """What somebody signs in with, and where they are signed in."""
    me, at = _me(request), clock.now()
    context = presenters.mine(
        factors.held(me),
        factors.codes_left(me),
        sessions.of_worker(me, key=request.session.session_key, at=at),
        is_wanted=proofs.is_wanted(request),
        has_password=passwords.has_one(me),
    )
    return render(request, "sign_in/mine.html", context)


@_mine
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """One passkey or telephone less."""
    factors.remove(_me(request), request.POST.get("factor", ""), at=clock.now())
    return redirect("mfa_index")


@_mine
@require_POST
def card(request: HttpRequest) -> HttpResponse:
    """A new card of codes, shown this once."""
    codes = factors.make_own_card(_me(request), at=clock.now())
    proofs.keep(request, request.user)
    return render(request, "sign_in/card.html", presenters.card(codes, reverse("mfa_index")))


@_mine
def change_password(request: HttpRequest) -> HttpResponseBase:
    """By whoever knows the old one; tried as seldom as signing in."""
    me, why = _me(request), ""
    if not passwords.has_one(me):
        raise NotFound
    if request.method == "POST":
        if not ratelimit.consume(request, action="change_password", user=request.user):
            return errors.too_many(request)
        try:
            return _change_password(request, me)
        except Refused as refusal:
            why = str(refusal)
    context = presenters.change_password(why=why)
    return render(request, "sign_in/change_password.html", context, status=400 if why else 200)


def _change_password(request: HttpRequest, me: UUID) -> HttpResponse:
    given = request.POST
    if given.get("new", "") != given.get("again", ""):
        raise NotChanged(presenters.not_the_same())
    key, at = request.session.session_key, clock.now()
    worker = passwords.change(me, old=given.get("old", ""), new=given.get("new", ""), session_key=key, at=at)
    auth.update_session_auth_hash(request, worker)
    return redirect("mfa_index")


@doors.signed_in
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """Signs out of one other browser, or of all of them."""
    handle = request.POST.get("session", "")
    if handle:
        sessions.end(_me(request), handle)
    else:
        sessions.end_all(_me(request), but_key=request.session.session_key)
    return redirect("mfa_index")


@doors.signed_in
@require_POST
def awake(_request: HttpRequest) -> HttpResponse:
    """Somebody is still there, and said so."""
    return HttpResponse(status=204)


@doors.signed_in
def send_again(request: HttpRequest) -> HttpResponse:
    """What was being sent when they had to sign in, to send on by hand."""
    kept = unsent.find(request)
    if kept is None:
        return redirect("home")
    return render(request, "sign_in/unsent.html", presenters.unsent(kept))


def _me(request: HttpRequest) -> UUID:
    return UUID(str(request.user.pk))


def _has_any(worker_id: UUID) -> bool:
    return bool(factors.held(worker_id)) or factors.has_card(worker_id)


def _is_used_up(worker_id: UUID) -> bool:
    """Whether they have a card, and no code of it is good any more."""
    return factors.has_card(worker_id) and not factors.codes_left(worker_id)


def _after(request: HttpRequest) -> str:
    """Where they were going, if that is a page of ours."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours else reverse("home")


def _as_json(options: Any) -> str:
    return json.dumps(options, default=dict)
