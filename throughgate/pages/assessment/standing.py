"""What is known of somebody, whoever asked: each answer with who said it and when, and scores over time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughgate.foundation.permits import Permit
from throughgate.pages import doors
from throughgate.pages.assessment import known_words, on_record, over_time_words, reading
from throughgate.pages.story import presenters
from throughgate.pages.story.reading import CHANGED
from throughgate.staff.queries import Hat
from throughgate.story import queries


@doors.record
def known(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """The newest answer to each question, others beside it where they differ, and what the record tells."""
    context = known_words.page(hat, permit, reading.read(permit), on_record.whole(permit))
    return render(request, "assessment/known.html", context)


@doors.record
def over_time(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """Their own words of what changed, and scores and needs as charts with a table beneath.

    Only what speaks of like days is joined.
    """
    context = over_time_words.page(hat, permit, reading.over_time(permit))
    context["changed"] = presenters.changed(queries.said(permit, *CHANGED), hat, permit)
    return render(request, "assessment/over_time.html", context)
