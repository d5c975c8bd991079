"""Taking up an invitation. Looking at this page uses nothing; only sending the code does, once."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.pages import doors, errors
from throughgate.pages.sign_in import presenters
from throughgate.staff import invitations
from throughgate.staff.invitations import NotTakenUp


@doors.anyone
def invitation(request: HttpRequest) -> HttpResponseBase:
    """A code and a password; then they sign in with it, as everybody does."""
    if request.method != "POST":
        return render(request, "sign_in/invitation.html", presenters.invitation())
    code = request.POST.get("code", "")
    whose = invitations.addressed_to(code) or code
    if not ratelimit.consume(request, action="invitation", key=whose):
        return errors.too_many(request)
    return _take_up(request, code, request.POST.get("password", ""))


def _take_up(request: HttpRequest, code: str, password: str) -> HttpResponse:
    try:
        if password != request.POST.get("again", ""):
            raise NotTakenUp(presenters.not_the_same())
        invitations.take_up(code, password=password, at=clock.now())
    except Refused as refusal:
        context = presenters.invitation(code=code, why=str(refusal))
        return render(request, "sign_in/invitation.html", context, status=400)
    return redirect("sign_in")
