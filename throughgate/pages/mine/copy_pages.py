"""Everything that is kept about them and may be given, in one folder: to read, to print, to compute."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from throughgate.book.rules import Visit
from throughgate.foundation.permits import Permit
from throughgate.packs import rendering
from throughgate.pages import doors
from throughgate.pages.mine import copy_words
from throughgate.pages.mine.views import said, show
from throughgate.pages.mine.whole import Whole, read
from throughgate.people.queries import KnownAs
from throughgate.story import queries as story

NAME = "my-copy"  # of the folder and all in it: it tells a finder nothing
MOST_IN_MEMORY = 10_000_000  # bytes of the folder; what is more waits on disk, nameless, until it is sent


@doors.own_further
def page(request: HttpRequest, _visit: Visit, permit: Permit) -> HttpResponse:
    """What is in the folder, before it is taken."""
    return show(request, "mine/copy.html", copy_words.page(said(request)))


@doors.own_further
def folder(request: HttpRequest, _visit: Visit, permit: Permit) -> HttpResponseBase:
    """The folder; a file of theirs is in memory no longer than it takes to pack it.

    Raises: Refused where the paper in it takes too long.
    """
    _ = said(request)
    whole = read(permit, _.language)
    made: dict[str, str | bytes] = {
        f"{NAME}.html": render_to_string("mine/copy_book.html", copy_words.book(_, whole, at=permit.at)),
        f"{NAME}.css": rendering.STYLE.read_text(encoding="utf-8"),
        f"{NAME}.pdf": rendering.pdf_of_many([whole.plan, *copy_words.papers(_, whole, at=permit.at)]),
        f"{NAME}.json": json.dumps(_data(whole), default=str, indent=1, ensure_ascii=False),
    }
    attached = ((name, story.attached(permit, each).content) for each, name in whole.files.items())
    packed = _zipped(chain(made.items(), attached), permit)
    return FileResponse(packed, as_attachment=True, filename=f"{NAME}.zip", content_type="application/zip")


def _data(whole: Whole) -> dict[str, Any]:
    """For a program: each entry with every column of it."""
    return {
        "name": whole.who.name,
        "born": whole.who.birth_date,
        "as_each_service_knows_them": [
            {"organisation": whole.around.organisation(each.organisation_id), **_known(each)}
            for each in whole.who.known_as
        ],
        "who_can_see": [
            {
                "organisation": whole.around.organisation(each.organisation_id),
                "role": each.role,
                "since": each.since,
                "through": [whole.around.organisation(of) for of in each.through],
                "categories": sorted(each.decision.read),
            }
            for each in whole.seen
        ],
        "who_looked": [
            {
                "on": each.on,
                "organisation": whole.around.organisation(each.organisation_id)
                if each.organisation_id
                else "",
                "role": each.role,
                "purpose": each.purpose,
                "what": each.action,
                "in_an_emergency": bool(each.emergency),
                "times": each.times,
            }
            for each in whole.looks
        ],
        "entries": list(_entries(whole)),
    }


def _known(each: KnownAs) -> dict[str, Any]:
    """What one service says of who they are, with their own reference and every number."""
    said = {name: value for name, value in asdict(each).items() if not name.endswith("_id")}
    numbers = [number._asdict() for number in each.numbers]
    return {**said, "aliases": [alias._asdict() for alias in each.aliases], "numbers": numbers}


def _entries(whole: Whole) -> Iterator[dict[str, Any]]:
    for entry in whole.entries:
        yield {
            "id": entry.id,
            "kind": entry.kind,
            "category": entry.category,
            "happened_at": entry.happened_at,
            "recorded_at": entry.recorded_at,
            "organisation": whole.names.organisation(entry.organisation_id),
            "says": whole.lines[entry.id]._asdict(),
            "file": whole.files.get(entry.id, ""),
        }


def _zipped(files: Iterable[tuple[str, str | bytes]], permit: Permit) -> IO[bytes]:
    made = SpooledTemporaryFile(MOST_IN_MEMORY)  # noqa: SIM115 - the answer closes it, once it is sent
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, body in files:
            folder.writestr(zipfile.ZipInfo(f"{NAME}/{name}", permit.at.timetuple()[:6]), body)
    made.seek(0)
    return made
