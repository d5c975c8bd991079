"""Signing in at an organisation's own sign-in, and coming back with its word."""

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from throughgate.exchange import issuers
from throughgate.exchange.issuers import Issuer, NotVouched
from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.pages import doors, proofs
from throughgate.pages.sign_in import presenters
from throughgate.staff import audited, vouching


@doors.anyone
@require_POST
def go(request: HttpRequest, issuer_id: str) -> HttpResponse:
    """To the organisation's own page."""
    issuer = issuers.named(issuer_id)
    return redirect(issuers.ask(issuer, request.session, back=_back(issuer)))


@doors.anyone
def come_back(request: HttpRequest, issuer_id: str) -> HttpResponse:
    """From there: signed in as whom it vouches for, in posts of that organisation alone."""
    issuer, at = issuers.named(issuer_id), clock.now()
    try:
        vouched = issuers.answered(issuer, request.session, request.GET.dict(), back=_back(issuer))
    except Refused:
        audited.not_signed_in(at=at)
        raise
    found = vouching.worker(
        issuer.id, vouched.subject, email=vouched.email, organisation=issuer.organisation, at=at
    )
    if found is None:
        audited.not_signed_in(at=at)
        raise NotVouched(presenters.no_post_here(issuer.name))
    worker, organisation_id = found
    auth.login(request, worker, backend=settings.AUTHENTICATION_BACKENDS[0])
    doors.bind(request, organisation_id)
    if issuer.asks_second_factor:
        proofs.keep(request, worker)
    return redirect("home")


def _back(issuer: Issuer) -> str:
    """This installation's own address, whatever the browser calls it."""
    return settings.ADDRESS + reverse("issuer_answer", args=[issuer.id])
