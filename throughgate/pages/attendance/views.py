"""Attendance: of one session, who came and who did not, of everybody at once."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughgate.custody import queries as custody
from throughgate.foundation import clock
from throughgate.foundation.permits import ListPermit
from throughgate.pages import doors
from throughgate.pages.attendance import forms, presenters
from throughgate.pages.attendance.forms import Taking
from throughgate.pages.everyone import forms as everyone
from throughgate.pathway import actions as pathway
from throughgate.referral import actions as referral
from throughgate.referral import sessions
from throughgate.staff.queries import Hat


@doors.searching
def attendance(request: HttpRequest, hat: Hat, permit: ListPermit) -> HttpResponse:
    """Choose the session, then say of each person what came of it; all of it is kept at once."""
    if not sessions.takes_attendance(permit):
        return render(request, "attendance/not_yours.html")
    if request.method != "POST":
        return _show(request, hat, permit, forms.opened(forms.read(request.GET.dict(), post_id=hat.post_id)))
    return _take(request, hat, permit, forms.sent(request.POST.dict()))


def _take(request: HttpRequest, hat: Hat, permit: ListPermit, taking: Taking) -> HttpResponse:
    session = taking.asked.session
    if request.POST.get("deed") == "look" or session is None or presenters.wrong(taking.asked, permit):
        return _show(request, hat, permit, taking)
    if request.POST.get("deed") == "choose":
        return redirect(_address(request, hat, taking.asked.typed))
    if not taking.marks:
        return _show(request, hat, permit, replace(taking, problem=presenters.nobody_marked()))
    permits = doors.records(request, hat, taking.marks)
    refused = {}
    if permits:
        with pathway.in_step(*permits.values()):
            refused = referral.take_attendance(
                [*permits.values()], session, outcomes=taking.marks, form=taking.form
            )
    hidden = len(taking.marks) - len(permits)
    if not refused and not hidden:
        return redirect(_address(request, hat, taking.asked.typed, kept=str(len(permits))))
    left = {person_id: taking.marks[person_id] for person_id in refused}
    why = {person_id: str(refusal) for person_id, refusal in refused.items()}
    again = forms.opened(replace(taking.asked, kept=len(permits) - len(refused)))
    return _show(request, hat, permit, replace(again, marks=left, refused=why, hidden=hidden))


def _address(request: HttpRequest, hat: Hat, typed: Mapping[str, str], **rest: str) -> str:
    return f"{request.path}?{urlencode({**forms.in_address(typed, post_id=hat.post_id), **rest})}"


def _show(request: HttpRequest, hat: Hat, permit: ListPermit, taking: Taking) -> HttpResponse:
    asked = taking.asked
    wrong = presenters.wrong(asked, permit) if asked.is_given else {}
    if asked.session is None or wrong:
        known = sessions.sessions(permit, on=clock.day_of(permit.at))
        context = presenters.choose(hat, permit, asked, known, wrong)
        return render(request, "attendance/choose.html", context, status=400 if wrong else 200)
    wanted = everyone.wanted(everyone.Asked(typed={everyone.SOUGHT: asked.words}), on=clock.day_of(permit.at))
    found = custody.everyone(permit, wanted)
    attending = sessions.attending(permit, asked.session, also=taking.marks)
    context = presenters.take(hat, taking, asked.session, attending, found)
    return render(request, "attendance/attendance.html", context, status=400 if context["problems"] else 200)
