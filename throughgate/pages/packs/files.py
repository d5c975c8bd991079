"""A sheet as a file to print, to carry or to hear: made whole in memory, so that no half of one is sent."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from django.http import HttpResponse

from throughgate.foundation.errors import NotFound
from throughgate.packs import rendering
from throughgate.packs.content import Sheet


class Kind(NamedTuple):
    """A kind of file."""

    ending: str
    content_type: str
    make: Callable[[Sheet], bytes]


PDF = Kind("pdf", "application/pdf", rendering.pdf)
PAGE = Kind("html", "text/html; charset=utf-8", rendering.page)
SOUND = Kind("wav", "audio/wav", rendering.speech)
KINDS: Mapping[str, Kind] = {each.ending: each for each in (PDF, PAGE, SOUND)}


def kind(ending: str) -> Kind:
    """Raises: NotFound where there is none of that ending."""
    if ending not in KINDS:
        raise NotFound
    return KINDS[ending]


def one(kind: Kind, sheet: Sheet, *, name: str) -> HttpResponse:
    """Raises: Refused where it cannot be spoken here."""
    return _attached(kind.make(sheet), kind, name)


def many(sheets: Sequence[Sheet], *, name: str) -> HttpResponse:
    """Of several people, to print at once."""
    return _attached(rendering.pdf_of_many(sheets), PDF, name)


def _attached(body: bytes, kind: Kind, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind.ending}"'}
    return HttpResponse(body, content_type=kind.content_type, headers=headers)
