"""Who works for an organisation and may sign in: for its administrators, and about nobody's record."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound
from throughgate.pages import doors
from throughgate.pages.typed import id_in
from throughgate.pages.workers import forms, presenters
from throughgate.staff import invitations, members
from throughgate.staff.queries import Hat


@doors.administering
def workers(request: HttpRequest, hat: Hat) -> HttpResponse:
    """Everybody with a post here, who is invited, and how long a session may be idle."""
    at = clock.now()
    context = presenters.workers(
        hat, members.of(hat, at=at), members.invited(hat, at=at), members.idle_limit(hat)
    )
    return render(request, "workers/workers.html", context)


@doors.stepped_up
@doors.administering
def invite(request: HttpRequest, hat: Hat) -> HttpResponse:
    """A post kept for somebody; the code is shown this once."""
    invited = forms.invited(request.POST.dict())
    wrong = forms.wrong(hat, invited) if request.method == "POST" else {}
    if request.method != "POST" or wrong:
        context = presenters.invite(hat, invited, wrong)
        return render(request, "workers/invite.html", context, status=400 if wrong else 200)
    code = invitations.invite(hat, **invited._asdict(), at=clock.now())
    return render(request, "workers/code.html", presenters.code(hat, code))


@doors.stepped_up
@doors.administering
def let_in(request: HttpRequest, hat: Hat) -> HttpResponse:
    """For who has lost their password, or all they sign in with."""
    code = invitations.let_back_in(hat, _id(request, "worker"), at=clock.now())
    return render(request, "workers/code.html", presenters.code(hat, code))


@doors.stepped_up
@doors.administering
def card(request: HttpRequest, hat: Hat) -> HttpResponse:
    """A card of codes to hand to somebody."""
    codes = members.hand_out_card(hat, _id(request, "worker"), at=clock.now())
    return render(request, "sign_in/card.html", presenters.card(hat, codes))


def _deed(do: Callable[[Hat, HttpRequest], None]) -> doors.HatView:
    """Something done by a button, and back to the list."""

    @doors.stepped_up
    @doors.administering
    def done(request: HttpRequest, hat: Hat) -> HttpResponse:
        do(hat, request)
        return redirect(reverse("workers", args=[hat.post_id]))

    return done


end = _deed(lambda hat, request: members.end_post(hat, _id(request, "post"), at=clock.now()))
sign_out = _deed(lambda hat, request: members.sign_out(hat, _id(request, "worker"), at=clock.now()))
withdraw = _deed(lambda hat, request: invitations.withdraw(hat, _id(request, "invitation"), at=clock.now()))
idle = _deed(lambda hat, request: members.set_idle_limit(hat, forms.minutes(request.POST), at=clock.now()))


def _id(request: HttpRequest, name: str) -> UUID:
    """What a button names; a page that was only looked at names nothing."""
    found = id_in(request.POST.dict(), name)
    if found is None:
        raise NotFound
    return found
