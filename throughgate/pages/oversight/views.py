"""How records are used: what waits for an answer, what was decided, and one alert with its outcome."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughgate.audit import queries as audit
from throughgate.directory import queries as directory
from throughgate.foundation.errors import Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import ListPermit
from throughgate.oversight import actions, queries
from throughgate.oversight.queries import Alert
from throughgate.pages import doors
from throughgate.pages.names import Names
from throughgate.pages.oversight import forms, presenters
from throughgate.pages.typed import id_in
from throughgate.staff import queries as staff
from throughgate.staff.queries import Hat

PAGE = 25


@doors.oversight
def waiting(request: HttpRequest, hat: Hat, permit: ListPermit) -> HttpResponse:
    """Alerts nobody has answered yet, those that have waited longest first."""
    after = id_in(request.GET.dict(), "after")
    found = queries.waiting(permit, after=after, limit=PAGE + 1)
    context = presenters.listed(hat, permit, found, _names(found), page=PAGE, current="oversight")
    return render(request, "oversight/alerts.html", context)


@doors.oversight
def decided(request: HttpRequest, hat: Hat, permit: ListPermit) -> HttpResponse:
    """Alerts with an outcome, the newest first."""
    before = id_in(request.GET.dict(), "before")
    found = queries.decided(permit, before=before, limit=PAGE + 1)
    context = presenters.listed(hat, permit, found, _names(found), page=PAGE, current="oversight_decided")
    return render(request, "oversight/alerts.html", context)


@doors.oversight
def alert(request: HttpRequest, hat: Hat, permit: ListPermit, alert_id: UUID) -> HttpResponse:
    """One alert: who looked at whom, what else they opened of that record, and what comes of it."""
    typed, wrong = forms.no_outcome(str(new_id())), dict[str, str]()
    if request.method == "POST":
        typed = forms.outcome(request.POST.dict())
        try:
            actions.decide(permit, alert_id, typed.said, key=typed.key)
            return redirect("oversight", hat.post_id)
        except Refused as refusal:
            wrong = forms.wrong_with(refusal)
    found = actions.open_alert(permit, alert_id)
    looks = _looks(permit, found)
    context = presenters.alert(hat, permit, found, looks, _names([found]), typed, wrong=wrong)
    return render(request, "oversight/alert.html", context, status=400 if wrong else 200)


def _looks(permit: ListPermit, found: Alert) -> list[audit.Look]:
    """What that worker opened of that record lately."""
    if found.person_id is None:
        return []
    since = presenters.looked_back(found)
    return audit.looks_by(permit, found.person_id, worker_id=found.worker_id, since=since)


def _names(found: list[Alert]) -> Names:
    workers = {each.worker_id for each in found} | {each.decided_by for each in found if each.decided_by}
    return Names(directory.by_id().values(), staff.names(workers))
