"""The page that shows each macro; in demo mode and debugging only."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughgate.foundation.errors import NotFound
from throughgate.pages import doors
from throughgate.pages.components.examples import example_context


@doors.anyone
def components(request: HttpRequest) -> HttpResponse:
    if not (settings.DEMO or settings.DEBUG):
        raise NotFound
    return render(request, "components/examples.html", example_context())
