"""Bringing in an extract: send it, see what it would do, say yes, watch it or leave it, read the report."""

from itertools import islice
from typing import IO, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from throughgate.directory import queries as directory
from throughgate.exchange import queries as exchange
from throughgate.exchange import uploads
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import ReviewPermit
from throughgate.pages import doors
from throughgate.pages.imports import csv_file, forms, presenters
from throughgate.pages.names import Names
from throughgate.staff.queries import Hat

PAGE = 25
SHOWN_REJECTS = 200  # the file holds all of them
SHOWN_FLAGS = 50
LOOK_AGAIN_SECONDS = 3
A_FORM = 1024 * 1024  # bytes of what is sent beside the file


@doors.review
def runs(request: HttpRequest, hat: Hat, permit: ReviewPermit) -> HttpResponse:
    """What came in, newest first."""
    found = exchange.runs(permit, before=forms.place(request.GET.dict()), limit=PAGE + 1)
    names = Names(directory.by_id().values())
    return render(request, "imports/runs.html", presenters.runs(hat, permit, found, names, page=PAGE))


@doors.taking_files(uploads.LARGEST + A_FORM)
@doors.review
def upload(request: HttpRequest, hat: Hat, permit: ReviewPermit) -> HttpResponse:
    """The form, and the file it sends."""
    typed, why = forms.typed(request.POST.dict()), ""
    if request.method == "POST":
        try:
            run_id = _receive(request, hat, typed)
        except Refused as refusal:
            why = str(refusal)
        else:
            return redirect("run", hat.post_id, run_id)
    context = presenters.upload(hat, permit, Names(directory.by_id().values()), typed, why=why)
    return render(request, "imports/upload.html", context, status=400 if why else 200)


def _receive(request: HttpRequest, hat: Hat, typed: forms.Typed) -> UUID:
    file = presenters.checked_upload(typed, request.FILES.get("extract"))
    return uploads.receive_upload(
        hat,
        organisation_code=typed.organisation,
        format_name=typed.format,
        as_at=typed.as_at,
        file=cast("IO[bytes]", file),
        name=file.name or "",
    )


@doors.review
def run(request: HttpRequest, hat: Hat, permit: ReviewPermit, run_id: UUID) -> HttpResponse:
    """One run, however far it has come; what it waits for is decided here too."""
    if request.method == "POST":
        decide = {"bring_in": uploads.confirm, "give_up": uploads.give_up}.get(
            request.POST.get("decision", "")
        )
        if decide:
            decide(permit, run_id)
        if request.POST.get("decision") == "place_columns":
            header = exchange.run(permit, run_id).columns
            uploads.place_columns(permit, run_id, forms.columns(request.POST.dict(), header))
        if request.POST.get("decision") == "older_letters":
            uploads.read_older_letters(permit, run_id)
        return redirect("run", hat.post_id, run_id)
    found = exchange.run(permit, run_id)
    context = presenters.run(
        hat,
        permit,
        found,
        Names(directory.by_id().values()),
        rejects=list(islice(exchange.rejects(permit, run_id), SHOWN_REJECTS)),
        flagged=exchange.flagged(permit, run_id, limit=SHOWN_FLAGS),
        odd_words=uploads.odd_words(permit, run_id),
    )
    response = render(request, "imports/run.html", context)
    if context["is_going_on"]:
        response.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return response


@doors.review
def rejected(_request: HttpRequest, _hat: Hat, permit: ReviewPermit, run_id: UUID) -> HttpResponseBase:
    """Every row that could not be taken, as a file for whoever puts them right."""
    rows = (presenters.reject(row) for row in exchange.rejects(permit, run_id))
    response = StreamingHttpResponse(
        csv_file.lines(presenters.reject_columns(), rows), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="rejected-{run_id}.csv"'
    return response
