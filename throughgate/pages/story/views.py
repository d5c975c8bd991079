"""Somebody's story as a worker reads it, and what people let those who plan services read of theirs."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughgate.foundation.permits import CohortPermit, Permit
from throughgate.pages import doors
from throughgate.pages.story import files, presenters, reading
from throughgate.staff.queries import Hat
from throughgate.story import queries


@doors.record
def story(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """All of it, as they put it. Nobody but them writes any of it."""
    return render(request, "story/story.html", presenters.story(hat, permit, reading.read(permit)))


@doors.record
def attached(_request: HttpRequest, _hat: Hat, permit: Permit, entry_id: UUID) -> HttpResponse:
    """A recording or a picture of theirs."""
    return files.shown(queries.attached(permit, entry_id))


@doors.cohort
def stories(request: HttpRequest, _hat: Hat, permit: CohortPermit) -> HttpResponse:
    """What changed for people, by their own leave and without a name."""
    return render(request, "story/stories.html", presenters.stories(permit, queries.published(permit)))
