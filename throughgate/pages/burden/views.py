"""How much people are asked, for those who plan services."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughgate.assessment import queries
from throughgate.directory import queries as directory
from throughgate.foundation.permits import CohortPermit
from throughgate.pages import doors
from throughgate.pages.burden import presenters
from throughgate.pages.names import Names
from throughgate.staff.queries import Hat


@doors.cohort
def burden(request: HttpRequest, _hat: Hat, permit: CohortPermit) -> HttpResponse:
    """By organisation, without a name."""
    asked = queries.asked(permit)
    names = Names(directory.mentioned(ids={each.organisation_id for each in asked}, codes=()), {})
    return render(request, "burden/burden.html", presenters.page(permit, asked, names))
