"""What a page of the book says, to be heard by who reads little."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from throughgate.foundation import clock
from throughgate.packs import rendering
from throughgate.packs.content import Edition, Item, Reader, Section, Sheet
from throughgate.packs.words.wording import Wording
from throughgate.pages.mine import entering
from throughgate.pages.mine.presenters import Part
from throughgate.pages.packs import files


def link(_: Wording, name: str, *rest: str) -> dict[str, Any]:
    """The way to hear a page; none where this machine cannot speak."""
    is_possible = rendering.speech_is_possible()
    return {"listen": (_("Listen to it"), reverse(name, args=rest)) if is_possible else None}


def heard(request: HttpRequest, words: dict[str, Any], parts: Sequence[Part]) -> HttpResponse:
    """The page's heading, its first words, and these parts. Raises: Refused where it cannot be spoken."""
    sheet = Sheet(
        edition=Edition(Reader.PERSON, entering.look(request).language),
        title=words["heading"],
        who=(),
        version=0,
        as_at=clock.now(),
        footer="",
        page_of="",
        notices=tuple(filter(None, (words.get("lead", ""), words.get("standing", "")))),
        sections=tuple(_section(part) for part in parts),
    )
    return files.one(files.SOUND, sheet, name="listen")


def _section(part: Part) -> Section:
    items = tuple(Item(key="", title=row.title, lines=row.lines) for row in part.rows)
    return Section(key="", heading=part.heading, items=items)
