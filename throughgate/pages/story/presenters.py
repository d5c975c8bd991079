"""Somebody's own story on the record: their words as they put them, with when, and who helped to write."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from throughgate.foundation import clock
from throughgate.foundation.permits import CohortPermit, Permit
from throughgate.pages import addresses, wording
from throughgate.pages.components.shapes import Mark
from throughgate.pages.person import writing
from throughgate.pages.story import words
from throughgate.pages.story.reading import PARTS, Read
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat
from throughgate.story import queries, rules
from throughgate.story.queries import ATTACHED, WAYS, Changed, ContactLine, Said, Told

SHOWN_FIRST = 3  # prompts; the others stand behind them, one click away
AVOIDED = frozenset({"person", "place"})  # of trigger_what: what a plan of people and places keeps away from


class File(NamedTuple):
    """A recording or a picture."""

    title: str
    url: str
    sort: str  # audio, image


class Own(NamedTuple):
    """What they say about one thing."""

    label: str
    text: str
    source: str  # when, and who helped to write it
    files: tuple[File, ...]


class Row(NamedTuple):
    """Somebody or something that helps, or makes it hard."""

    title: str
    lines: tuple[str, ...]
    source: str


def about_me(told: Told, hat: Hat, permit: Permit) -> dict[str, Any]:
    """What stands first on a record."""
    address = _address(hat, permit)
    own = list(_part("about_me", told, address))
    return {
        "is_shared": queries.reads_stories(permit),
        "first": own[:SHOWN_FIRST],
        "more": own[SHOWN_FIRST:],
        "url": address,
    }


def changed(told: Told, hat: Hat, permit: Permit) -> dict[str, Any]:
    """What changed for them, to stand beside what was measured."""
    return {
        "is_shared": queries.reads_stories(permit),
        "title": _("What changed for me"),
        "rows": list(_part("changed", told, _address(hat, permit))),
    }


def how_to_reach(told: Told) -> list[Mark]:
    """What the head of a record says of reaching them safely: what never to do first."""
    ways = [(each.entry.kind, each.line) for each in told.values() if each.entry.kind in WAYS]
    return [_way(kind, line) for kind, line in sorted(ways, key=lambda each: each[1].is_safe)]


def _way(kind: str, line: ContactLine) -> Mark:
    how = f"{wording.label('safe_ways', kind.removeprefix('reach_'))}: {line.reach}"
    said = ". ".join(part.rstrip(".") for part in (how, line.text) if part)
    if line.is_safe:
        return Mark(_("Safe: %(how)s") % {"how": said}, "leaf")
    return Mark(_("Never: %(how)s") % {"how": said}, "red")


def story(hat: Hat, permit: Permit, read: Read) -> dict[str, Any]:
    """All of it."""
    address = _address(hat, permit)
    titles = {
        "about_me": _("About me"),
        "ahead": _("What counts for me now"),
        "coping": _("When it gets hard"),
        "changed": _("What changed for me"),
    }
    helps, triggers = _of(read.said, "helps"), _of(read.said, "trigger")
    avoided = [each for each in triggers if each.line.what in AVOIDED]
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "is_shared": queries.reads_stories(permit),
        "parts": [(titles[part], list(_part(part, read.said, address))) for part in PARTS],
        "people_and_places": [
            (_("Who and what helps"), [_row(each) for each in helps]),
            (_("Whom and where to keep away from"), [_row(each) for each in avoided]),
        ],
        "triggers": [_row(each) for each in triggers],
        "as_at": wording.moment(permit.at),
    }


def stories(permit: CohortPermit, found: Iterable[Changed]) -> dict[str, Any]:
    """What changed, for those who plan services; the month alone says when."""
    labels = wording.current()
    return {
        "stories": [
            (
                _("Agreed to in %(month)s") % {"month": labels.month(clock.day_of(each.told_at))},
                [
                    (labels.label("own_words", kind.removeprefix("own_")), text)
                    for kind, text in each.words.items()
                ],
            )
            for each in found
        ],
        "as_at": wording.moment(permit.at),
    }


def _address(hat: Hat, permit: Permit) -> str:
    return addresses.to("story", hat.post_id, permit.person_id)


def _part(part: str, told: Told, address: str) -> Iterator[Own]:
    """In the order of the prompts; what nobody said anything of is left out."""
    for kind in rules.of_part(part):
        topic = kind.removeprefix("own_")
        files = tuple(_file(each, address) for each in _of(told, ATTACHED) if each.line.topic == topic)
        said = told.get((kind, ""))
        if said or files:
            yield Own(
                wording.label("own_words", topic),
                said.line.text if said else "",
                _source(said) if said else "",
                files,
            )


def _of(told: Told, kind: str) -> list[Said]:
    return [said for (each, _item), said in told.items() if each == kind]


def _file(said: Said, address: str) -> File:
    return File(said.line.title, f"{address}files/{said.entry.id}/", said.line.type.partition("/")[0])


def _row(said: Said) -> Row:
    line, words_ = said.line, wording.current()
    what = words_.label("trigger_what" if said.entry.kind == "trigger" else "helps_what", line.what)
    lines = (what, getattr(line, "reach", ""), getattr(line, "signs", ""), line.text)
    return Row(line.name, tuple(filter(None, lines)), _source(said))


def _source(said: Said) -> str:
    """Since when they say so, and by whose hand."""
    on = _("Said on %(day)s") % {"day": wording.day(clock.day_of(said.entry.happened_at))}
    return ", ".join([on, *(mark.words for mark in words.marks(said.line, wording.current()))])
