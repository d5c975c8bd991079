"""A sheet laid out, for paper, screen and ear alike: its own words, and what a renderer adds to them."""

import re
from dataclasses import dataclass

from throughgate.packs.content import Item, Landmark, Layout, Section, Sheet, State, Where
from throughgate.packs.rendering import legible, pictures, sketch
from throughgate.packs.words.wording import Wording, wording

POSTCODE = 8  # letters and the space, at the most
NUMBER = re.compile(r"\+?[0-9]{2,5}(?: ?[0-9]{2,6}){0,3}")


@dataclass(frozen=True, slots=True)
class Picture:
    svg: str  # ours, or drawn from numbers alone
    alt: str  # what it shows, for whoever does not see it


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where somebody goes."""

    lines: tuple[str, ...]  # name, address, phone, opening
    map: Picture | None
    ways: tuple[str, ...]  # how to walk there, one for each number on the map


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One thing told, with its place."""

    title: str
    lines: tuple[str, ...]
    source: str
    is_told: bool  # False: that there is none, or that it is not known here
    place: Place | None
    rings: str = ""  # the address of a number that a telephone rings when it is pressed


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    key: str  # "next", "help" and "safer" have a look of their own
    heading: str
    picture: Picture | None  # easy read only
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LaidOut:
    language: str
    layout: str
    reader: str
    title: str
    who: tuple[str, ...]
    footer: str
    page_of: str  # "Page %(page)s of %(pages)s"
    notices: tuple[str, ...]
    parts: tuple[Part, ...]


def laid_out(sheet: Sheet) -> LaidOut:
    """The words of a legible sheet in order, with pictures where its layout has them."""
    _ = wording(sheet.edition.language)
    return LaidOut(
        language=sheet.edition.language.value,
        layout=sheet.edition.layout.value,
        reader=sheet.edition.reader.value,
        title=sheet.title,
        who=sheet.who,
        footer=sheet.footer,
        page_of=sheet.page_of,
        notices=(*sheet.notices, *_about_marks(sheet, _)),
        parts=tuple(_part(section, sheet.edition.layout, _) for section in sheet.sections),
    )


def _about_marks(sheet: Sheet, _: Wording) -> tuple[str, ...]:
    if not legible.has_marks(sheet):
        return ()
    return (_("%(mark)s stands for a letter that this sheet cannot show.") % {"mark": legible.MARK},)


def _part(section: Section, layout: Layout, _: Wording) -> Part:
    drawn = pictures.svg(section.key) if layout is Layout.EASY else ""
    return Part(
        key=section.key,
        heading=section.heading,
        picture=Picture(drawn, pictures.alt(section.key, _)) if drawn else None,
        points=tuple(_point(item, section.key, _) for item in section.items),
    )


def _point(item: Item, key: str, _: Wording) -> Point:
    is_number = key == "help" and NUMBER.fullmatch(item.title)
    return Point(
        title=item.title,
        lines=item.lines,
        source=item.source,
        is_told=item.state is State.TOLD,
        place=_place(item.where, _) if item.where else None,
        rings=f"tel:{item.title.replace(' ', '')}" if is_number else "",
    )


def _place(where: Where, _: Wording) -> Place:
    phone = _("Phone: %(number)s") % {"number": where.phone} if where.phone else ""
    return Place(
        lines=tuple(filter(None, (where.name, _address(where.address), phone, where.opening))),
        map=_map(where, _),
        ways=tuple(_way(landmark, _) for landmark in where.landmarks),
    )


def _address(lines: tuple[str, ...]) -> str:
    """In one line, whose postcode is not broken."""
    unbroken = (line.replace(" ", "\N{NO-BREAK SPACE}") if len(line) <= POSTCODE else line for line in lines)
    return ", ".join(filter(None, unbroken))


def _map(where: Where, _: Wording) -> Picture | None:
    if not where.landmarks:
        return None
    return Picture(sketch.drawn(where.landmarks), _("A small map. The words beside it say the same."))


def _way(landmark: Landmark, _: Wording) -> str:
    said = {"place": landmark.name, "minutes": landmark.minutes}
    return _ways(_)[landmark.direction] % said


def _ways(_: Wording) -> dict[str, str]:
    return {
        "n": _("From %(place)s walk %(minutes)s minutes north."),
        "ne": _("From %(place)s walk %(minutes)s minutes north-east."),
        "e": _("From %(place)s walk %(minutes)s minutes east."),
        "se": _("From %(place)s walk %(minutes)s minutes south-east."),
        "s": _("From %(place)s walk %(minutes)s minutes south."),
        "sw": _("From %(place)s walk %(minutes)s minutes south-west."),
        "w": _("From %(place)s walk %(minutes)s minutes west."),
        "nw": _("From %(place)s walk %(minutes)s minutes north-west."),
    }
