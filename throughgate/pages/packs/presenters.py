"""The pages of somebody's packs in words."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from throughgate.foundation.permits import Permit
from throughgate.packs import rendering
from throughgate.packs.content import Edition, Item, Language, Layout, Reader, Section, Sheet, State
from throughgate.packs.queries import PackLine
from throughgate.packs.rules import HOLDING, PackState
from throughgate.pages import wording
from throughgate.pages.components.shapes import Cell, Column, Link, Option, Problem
from throughgate.pages.packs import forms, words
from throughgate.pages.packs.forms import Typed
from throughgate.pages.packs.reading import OnePack, Read
from throughgate.pages.person import writing
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat


class Row(NamedTuple):
    """One thing that a sheet tells."""

    title: str
    lines: tuple[str, ...]
    source: str
    is_told: bool


class Shown(NamedTuple):
    """A sheet as a page shows it, and where it is as a file."""

    id: str
    heading: str
    language: str
    who: tuple[str, ...]
    notices: tuple[str, ...]
    sections: list[tuple[str, list[Row]]]
    footer: str
    files: list[Link]


class Group(NamedTuple):
    """What stands under one heading of a sheet, each to be ticked."""

    control: str
    heading: str
    options: list[Option]


def packs(hat: Hat, permit: Permit, read: Read, *, typed: Typed, why: str) -> dict[str, Any]:
    """Every version, what has changed since the newest, and a new one."""
    newest = read.newest
    return {
        **_frame(hat, permit, read, why),
        "is_shared": read.packs is not None,
        "newest": _newest(hat, permit, read, newest) if newest else None,
        "columns": [Column(_("Version")), Column(_("How far it is")), Column(_("Made"))],
        "rows": [_version(hat, permit, each, read) for each in read.packs or []],
        "form_key": typed.form.key,
        "may_make": read.may_make,
        "make": _("Make it again, as version %(number)s") % {"number": newest.version + 1}
        if newest
        else _("Make a pack"),
    }


def pack(hat: Hat, permit: Permit, read: OnePack, asked: Edition, sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Both sheets as they would be printed, and what is to be done with them."""
    line = read.pack
    here = [hat.post_id, permit.person_id, line.id]
    holds = line.state in HOLDING
    return {
        **_frame(hat, permit, read, ""),
        **editions(asked),
        "back_url": reverse("packs", args=here[:2]),
        "title": words.title(line),
        "state": words.state(line.state),
        "made": words.made(line, read.names),
        "history": list(words.history(line, read.names)),
        "changed": words.changed(read.changed) if line.is_newest and holds else [],
        "newest_url": _newest_url(hat, permit, read),
        "next": _next(hat, permit, line) if read.may_make and holds else None,
        "take_back_url": reverse("take_back_pack", args=here) if read.may_make and holds else "",
        "address": reverse("pack", args=here),
        "sheets": [_shown(hat, permit, line, each, asked) for each in sheets],
        "words_url": reverse("sheet_words", args=[hat.post_id]) if read.may_make else "",
        "is_speech_missing": not rendering.speech_is_possible(),
    }


def agree(hat: Hat, permit: Permit, read: OnePack, sheet: Sheet, *, typed: Typed, why: str) -> dict[str, Any]:
    """One sheet, item by item, to go through with the person."""
    return {
        **_form(hat, permit, read, typed=typed, why=why),
        "sheet": words.sheet(sheet.edition.reader),
        "groups": [group for section in sheet.sections if (group := _group(section, typed)).options],
    }


def give(hat: Hat, permit: Permit, read: OnePack, *, typed: Typed, why: str) -> dict[str, Any]:
    """Which sheets were put into their hands, and how."""
    return {
        **_form(hat, permit, read, typed=typed, why=why),
        **editions(typed.edition),
        "sheets": [
            Option(sheet, words.sheet(reader), is_chosen=reader in typed.readers)
            for sheet, reader in forms.SHEETS.items()
        ],
        "text": typed.text,
    }


def take_back(hat: Hat, permit: Permit, read: OnePack, *, typed: Typed, why: str) -> dict[str, Any]:
    """Why a pack holds no more."""
    return {**_form(hat, permit, read, typed=typed, why=why), "text": typed.text}


def _frame(hat: Hat, permit: Permit, read: Read, why: str) -> dict[str, Any]:
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "problems": [Problem(why)] if why else [],
        "as_at": wording.moment(permit.at),
    }


def _form(hat: Hat, permit: Permit, read: OnePack, *, typed: Typed, why: str) -> dict[str, Any]:
    return {
        **_frame(hat, permit, read, why),
        "back_url": reverse("pack", args=[hat.post_id, permit.person_id, read.pack.id]),
        "title": words.title(read.pack),
        "form_key": typed.form.key,
    }


def _newest(hat: Hat, permit: Permit, read: Read, line: PackLine) -> dict[str, Any]:
    return {
        "title": words.title(line),
        "state": words.state(line.state),
        "made": words.made(line, read.names),
        "history": list(words.history(line, read.names)),
        "changed": words.changed(read.changed) if line.state is not PackState.REVOKED else [],
        "url": reverse("pack", args=[hat.post_id, permit.person_id, line.id]),
    }


def _version(hat: Hat, permit: Permit, line: PackLine, read: Read) -> list[str | Cell]:
    said = words.state(line.state)
    return [
        Cell(words.title(line), reverse("pack", args=[hat.post_id, permit.person_id, line.id])),
        Cell("", marks=(said,)),
        words.made(line, read.names),
    ]


def _newest_url(hat: Hat, permit: Permit, read: OnePack) -> str:
    """Where the one that holds is, from one that was replaced."""
    if read.newest is None or not read.pack.newer_holds:
        return ""
    return reverse("pack", args=[hat.post_id, permit.person_id, read.newest.id])


def _next(hat: Hat, permit: Permit, line: PackLine) -> Link:
    """The one thing to do with it now."""
    here = [hat.post_id, permit.person_id, line.id]
    left = next((each for each in Reader if each not in line.agreed), None)
    if left is Reader.PERSON:
        return Link(_("Go through their own sheet with them"), _agree_url(here, left))
    if left is Reader.NEXT_WORKER:
        return Link(_("Go through the next worker's sheet with them"), _agree_url(here, left))
    return Link(_("Say that it was given"), reverse("give_pack", args=here))


def _agree_url(here: list[Any], reader: Reader) -> str:
    return reverse("agree_pack", args=[*here, forms.SHEET_OF[reader]])


def editions(asked: Edition) -> dict[str, list[Option]]:
    """In which language and print a sheet can be had."""
    return {
        "languages": [
            Option(each.value, words.language(each), is_chosen=each is asked.language) for each in Language
        ],
        "layouts": [
            Option(each.value, words.layout(each), is_chosen=each is asked.layout) for each in Layout
        ],
        "discreet": [
            Option(
                "yes",
                _("Discreet: their own sheet names no drug service and no medicine"),
                is_chosen=asked.is_discreet,
            )
        ],
    }


def _shown(hat: Hat, permit: Permit, line: PackLine, sheet: Sheet, asked: Edition) -> Shown:
    name = forms.SHEET_OF[sheet.edition.reader]
    return Shown(
        id=name,
        heading=words.sheet(sheet.edition.reader),
        language=sheet.edition.language.value,
        who=sheet.who,
        notices=sheet.notices,
        sections=[(section.heading, [row(item) for item in section.items]) for section in sheet.sections],
        footer=sheet.footer,
        files=[
            Link(label, f"{_file_url(hat, permit, line, name, ending)}?{urlencode(forms.as_typed(asked))}")
            for ending, label in _endings()
        ],
    )


def _file_url(hat: Hat, permit: Permit, line: PackLine, name: str, ending: str) -> str:
    return reverse("pack_file", args=[hat.post_id, permit.person_id, line.id, name, ending])


def _endings() -> Iterator[tuple[str, str]]:
    yield "pdf", _("To print (PDF)")
    yield "html", _("For a telephone or a computer, without a network (one page)")
    if rendering.speech_is_possible():
        yield "wav", _("To hear (sound)")


def row(item: Item) -> Row:
    """One thing of a sheet, as a page shows it."""
    return Row(item.title, tuple(_lines(item)), item.source, item.state is State.TOLD)


def _lines(item: Item) -> Iterator[str]:
    yield from item.lines
    if item.where:
        yield ", ".join(part for part in (item.where.name, *item.where.address) if part)
        yield from filter(None, (item.where.phone, item.where.opening))


def _group(section: Section, typed: Typed) -> Group:
    return Group(
        control=f"{forms.LEFT_OUT}{section.key}",
        heading=section.heading,
        options=[
            Option(item.key, item.title, hint=" ".join(_lines(item)), is_chosen=item.key in typed.left_out)
            for item in section.items
            if item.state is State.TOLD
        ],
    )
