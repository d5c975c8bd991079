"""Asking: what was asked lately, a sitting with its topics, one topic a page.

The guard stands before every sitting. A topic is kept as a draft while it is typed, and on the record when
it is saved; different topics never get in each other's way.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughgate.foundation.permits import Permit
from throughgate.pages import doors
from throughgate.pages.assessment import answering, beginning, offering, presenters, reading, sittings
from throughgate.pages.assessment.answering import Asker
from throughgate.pages.assessment.filling import Filling
from throughgate.pathway import queries as pathway
from throughgate.staff.queries import Hat


@doors.record
def guard(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """What was asked lately, and what may be asked; sent, a sitting begins."""
    read = reading.read(permit)
    typed, wrong = beginning.typed(request.POST.dict(), permit), {}
    if request.method == "POST":
        wrong = beginning.faults(permit, read, typed)
        if typed.offer and not wrong:
            begun = beginning.sitting(typed, typed.offer)
            sittings.begin(permit, begun)
            return redirect(
                presenters.first_url(hat, permit, begun, offering.first(permit, typed.offer).code)
            )
    context = beginning.page(hat, permit, read, typed, wrong)
    return render(request, "assessment/guard.html", context, status=400 if wrong else 200)


@doors.record
def sitting(request: HttpRequest, hat: Hat, permit: Permit, sitting_id: UUID) -> HttpResponse:
    """How far it is, and what was said in it."""
    read = reading.under_way(permit, sitting_id)
    waits = pathway.told_open(permit) if read.is_pressing else {}
    context = presenters.sitting(hat, permit, read, waits)
    return render(request, "assessment/sitting.html", context)


@doors.record
def topic(request: HttpRequest, hat: Hat, permit: Permit, sitting_id: UUID, topic: str) -> HttpResponse:
    """One topic, as `answering` has it."""
    read = reading.under_way(permit, sitting_id)
    asker = Asker(
        show=lambda filled: _show(request, hat, permit, filled),
        url=lambda code: presenters.url(hat, permit, sitting_id, code),
    )
    return answering.topic(request, permit, read, read.topic(topic), asker=asker)


def _show(request: HttpRequest, hat: Hat, permit: Permit, filled: Filling) -> HttpResponse:
    context = presenters.topic(hat, permit, filled)
    status = 409 if filled.newer else 400 if filled.wrong else 200
    return render(request, "assessment/topic.html", context, status=status)
