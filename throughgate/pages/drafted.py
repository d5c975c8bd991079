"""What the pages of a form say once what is typed in it was kept as a draft."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.wording import words as _


def answer(request: HttpRequest, permit: Permit) -> HttpResponse:
    """The script asks for the words alone; whoever pressed the button is shown the form again."""
    if request.accepts("text/html"):
        return redirect(request.path)
    return HttpResponse(said(permit.at), content_type="text/plain; charset=utf-8")


def said(at: datetime | None) -> str:
    """ "" where none was kept."""
    return _("Kept as a draft on %(moment)s") % {"moment": wording.moment(at)} if at else ""
