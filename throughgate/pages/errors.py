"""Pages for when something cannot be shown or done: what happened, why, what to do next."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from throughgate.access.searching import TooOften
from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.pages import unsent
from throughgate.pages.wording import words as _
from throughgate.staff import audited
from throughgate.staff import queries as staff


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one answer for what is not there and what is hidden."""
    return render(request, "errors/404.html", status=404)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal, in its own words."""
    status = 429 if isinstance(refusal, TooOften) else 403
    return render(request, "errors/refused.html", {"why": _(str(refusal))}, status=status)


def only_pressed(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """A button's address, asked for by itself: a browser would say that the server cannot be reached."""
    own_book = reverse("mine")
    if request.path.startswith(own_book):
        return redirect(own_book)
    page = render(request, "errors/405.html", status=405)
    page.headers["Allow"] = answer.headers["Allow"]
    return page


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def unkeepable(request: HttpRequest) -> HttpResponse:
    """Something sent holds a character that no database keeps."""
    why = _(
        "What you sent holds a character that cannot be kept, as can come with words copied from elsewhere."
        " Go back, take out what you copied or type it by hand, and send it again. Nothing was changed."
    )
    return render(request, "errors/refused.html", {"why": why}, status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """More bytes than that page takes; nothing of them was read."""
    why = _(
        "What you sent is too large for this page, and none of it was kept. Go back and send less at once."
    )
    return render(request, "errors/refused.html", {"why": why}, status=413)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was not ours, or is too old. One typed before they signed in again waits for them."""
    if _is_own_form(request) and unsent.keep(request, request.user.pk):
        return redirect("unsent")
    return render(request, "errors/403.html", status=403)


def _is_own_form(request: HttpRequest) -> bool:
    """Whether a page of ours sent it, as its browser says, made for a hat of whoever is signed in."""
    if request.headers.get("Sec-Fetch-Site") != "same-origin" or not request.user.is_authenticated:
        return False
    post_id = request.resolver_match.kwargs.get("post_id") if request.resolver_match else None
    return post_id in {each.post_id for each in staff.hats_of(request.user.pk, on=clock.today())}


def too_many(request: HttpRequest) -> HttpResponse:
    """Somebody tries too often, or many do from one place."""
    audited.held_back(at=clock.now(), worker_id=request.user.pk)
    why = _("There were too many tries from where you are. Wait a few minutes, then try again.")
    return render(request, "errors/refused.html", {"why": why}, status=429)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Something went wrong in the program: no trace, no record."""
    return render(request, "errors/500.html", status=500)
