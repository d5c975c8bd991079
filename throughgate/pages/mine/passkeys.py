"""The person's own telephone or computer, which opens their book by itself: added, used, and taken away."""

import json
from typing import Any

from django.contrib import auth
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from throughgate.book import actions, passkeys, queries
from throughgate.book.rules import Level, NotDone, Visit, Why
from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.pages import doors
from throughgate.pages.mine import entering, forms, presenters
from throughgate.pages.mine.views import said, show
from throughgate.pages.sign_in.devices import device
from throughgate.pages.typed import id_in

ASKED = "asked_a_passkey"  # of the session, until it is answered


@doors.anyone
def enter(request: HttpRequest) -> HttpResponse:
    """What a passkey is asked, for the script that asks it; and into the book with its answer."""
    if request.method != "POST":
        return JsonResponse({"request_options": _remembered(request, passkeys.ask(host=_host(request)))})
    try:
        held = actions.open_with_passkey(
            forms.passkey(request.POST.dict()),
            asked=request.session.pop(ASKED, None),
            host=_host(request),
            place=entering.place(request),
            at=clock.now(),
        )
    except NotDone as refusal:
        words = presenters.front_without_a_passkey(said(request), refusal.why)
        return show(request, "mine/front.html", words, 400)
    auth.logout(request)
    return entering.begin(held)


@doors.own_further
def own_passkeys(request: HttpRequest, visit: Visit, permit: Permit) -> HttpResponse:
    """Which open the book by themselves; one more, or one less."""
    if request.method != "POST":
        return _show(request, visit, permit)
    if away := id_in(request.POST.dict(), "away"):
        actions.stop_passkey(permit, away)
        return redirect("mine_passkeys")
    try:
        actions.add_passkey(
            permit,
            visit,
            forms.passkey(request.POST.dict()),
            asked=request.session.pop(ASKED, None),
            host=_host(request),
            device="" if visit.level is Level.BESIDE else device(request.META.get("HTTP_USER_AGENT", "")),
        )
    except NotDone as refusal:
        return _show(request, visit, permit, refusal.why)
    return redirect("mine_passkeys")


def _show(request: HttpRequest, visit: Visit, permit: Permit, why: Why | None = None) -> HttpResponse:
    """With what the next one is asked, where one more may be added."""
    _, held, options = said(request), queries.passkeys(permit), ""
    try:
        asked = actions.ask_for_passkey(permit, visit, host=_host(request), name=_("My next steps"))
        options = json.dumps(_remembered(request, asked))
        no_more = None
    except NotDone as refusal:
        no_more = refusal.why
    words = presenters.passkeys(_, visit, held, options=options, no_more=no_more, why=why)
    return show(request, "mine/passkeys.html", words, 400 if why else 200)


def _remembered(request: HttpRequest, asked: passkeys.Asked) -> Any:
    request.session[ASKED] = dict(asked.state)
    return dict(asked.options)


def _host(request: HttpRequest) -> str:
    return request.get_host().partition(":")[0]
