"""What a worker does with somebody's own book, from the record: give a code, stop it, open it beside them."""

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from throughgate.book import actions, queries
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.pages import doors
from throughgate.pages.mine import entering, giving_presenters
from throughgate.people import queries as people
from throughgate.staff import queries as staff
from throughgate.staff.queries import Hat


@doors.record
def book(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """Whether a code of theirs holds, and what can be done."""
    code = queries.code(permit)
    said = giving_presenters.book(
        hat,
        permit,
        people.banner(permit),
        linkage.lookalikes(permit),
        code,
        names=staff.names({code.given_by} if code and code.given_by else set()),
        passkeys=len(queries.passkeys(permit)),
    )
    return render(request, "mine/book.html", said)


@doors.record
@require_POST
def give(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """The slip, shown this once: to print or to copy by hand."""
    given = actions.give_code(permit)
    address = settings.ADDRESS + reverse("mine")  # whatever this browser calls it
    back_url = reverse("book", args=[hat.post_id, permit.person_id])
    return render(
        request, "mine/slip.html", giving_presenters.slip(given, address=address, back_url=back_url)
    )


@doors.record
@require_POST
def stop(_request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    actions.stop_code(permit)
    return redirect("book", hat.post_id, permit.person_id)


@doors.record
@require_POST
def stop_passkeys(_request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    actions.stop_passkeys(permit)
    return redirect("book", hat.post_id, permit.person_id)


@doors.stepped_up
@doors.record
@require_POST
def beside(request: HttpRequest, _hat: Hat, permit: Permit) -> HttpResponse:
    """Their book, in place of the worker's own session: nobody who is left alone here reaches more.

    A second factor is asked first, since all of it can be carried away from there.
    """
    held = actions.open_beside(permit)
    auth.logout(request)
    return entering.begin(held)
