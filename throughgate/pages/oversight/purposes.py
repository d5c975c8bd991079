"""A worker says what they open a record for, where it is not what their role usually does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughgate.access import policy
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.pages import doors, wording
from throughgate.pages.components.shapes import Option, Problem
from throughgate.pages.person import writing
from throughgate.pages.wording import words as _
from throughgate.people import queries as people
from throughgate.staff.queries import Hat


@doors.record
def purpose(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """It holds for this record under this hat, and the person is shown it with each look."""
    problems = []
    if request.method == "POST":
        try:
            doors.state(request, hat, permit.person_id, _typed(request))
            return redirect("person", hat.post_id, permit.person_id)
        except NotFound:
            problems.append(
                Problem(_("Choose one of these. Your role opens no record for any other."), "purpose")
            )
    context = {
        **writing.frame(hat, permit, people.banner(permit), linkage.lookalikes(permit)),
        "purposes": _purposes(permit),
        "problems": problems,
        "as_at": wording.moment(permit.at),
    }
    return render(request, "oversight/purpose.html", context, status=400 if problems else 200)


def _typed(request: HttpRequest) -> str:
    """One that there is, or none: what is refused is logged as it was stated."""
    typed = request.POST.get("purpose", "")
    return typed if typed in policy.purpose_labels() else ""


def _purposes(permit: Permit) -> list[Option]:
    labels = policy.purpose_labels()
    states = policy.policy().states[permit.role]
    return [Option(code, _(labels[code]), is_chosen=code == permit.purpose) for code in states]
