"""A person's record: read under the permit of the door, put into words, shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughgate.foundation.permits import Permit
from throughgate.pages import doors
from throughgate.pages.person import forms, presenters, reading
from throughgate.staff.queries import Hat


@doors.record
def record(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """The whole record, newest first."""
    asked = forms.read(request.GET.dict())
    read = reading.read(permit, asked)
    return render(request, "person/record.html", presenters.record(hat, permit, asked, read))
