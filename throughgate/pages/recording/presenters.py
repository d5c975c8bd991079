"""The pages of recording in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse

from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.pages import drafted
from throughgate.pages.components.shapes import Problem, TimelineRow
from throughgate.pages.person import elsewhere, timeline, writing
from throughgate.pages.person.reading import History
from throughgate.pages.recording import plain_text, sheets
from throughgate.pages.recording.fields import Field, Line, all_of
from throughgate.pages.recording.forms import Filling
from throughgate.pages.wording import words as _
from throughgate.people.queries import Banner
from throughgate.staff.queries import Hat

REASON = "reason"  # the control that is asked beside those of a sheet
Control = tuple[str, str, str, dict[str, Any]]  # the macro that draws it, its name, its label, and the rest


def choose(hat: Hat, permit: Permit, who: Banner, lookalikes: int) -> dict[str, Any]:
    """What this worker may record, in groups, the commonest first."""
    return {
        **writing.frame(hat, permit, who, lookalikes),
        "groups": [
            (heading, choices)
            for group, heading in _groups().items()
            if (choices := list(_choices(group, hat, permit, who)))
        ],
    }


def _choices(group: str, hat: Hat, permit: Permit, who: Banner) -> Iterator[tuple[str, str, str]]:
    """What each is called, what it is for, and its address."""
    for each in sheets.GROUPS[group]:
        if each.is_open(permit, death=who.death):
            said = each.words()
            yield said.title, said.purpose, reverse("sheet", args=[hat.post_id, permit.person_id, each.what])


def _groups() -> dict[str, str]:
    return {
        "often": _("Most often"),
        "medicines": _("Medicines"),
        "known": _("What is known of them"),
        "plan": _("Their plan"),
        "wishes": _("As they want it"),
        "team": _("Their team"),
        "sharing": _("Who may know what"),
    }


def sheet(hat: Hat, permit: Permit, who: Banner, lookalikes: int, filling: Filling) -> dict[str, Any]:
    """A sheet with what was typed into it, and what has to be put right beside each control."""
    asked = filling.asked.sheet
    said, fields = asked.words(), [*asked.fields(permit), *_asked_beside(filling, death=who.death)]
    return {
        **writing.frame(hat, permit, who, lookalikes),
        "heading": _("Correct what was recorded") if filling.form.corrects else said.heading,
        "is_offered": asked.is_open(permit, death=who.death),
        "form": filling.form,
        "controls": [_control(field, filling) for field in fields],
        "button": said.button,
        "problems": list(_problems(filling.wrong, fields)),
        "newer": _rows(filling.newer) if filling.newer else [],
        "draft": drafted.said(filling.draft_at),
    }


def _asked_beside(filling: Filling, *, death: str) -> Iterator[Field]:
    """Why a correction or a late entry is needed."""
    if filling.form.corrects:
        label, hint = _("Why it has to be corrected"), _("What it said before stays readable.")
    elif death == "confirmed":
        label = _("Why this late entry is needed")
        hint = _("The record is closed because the person has died.")
    else:
        return
    yield Line(name=REASON, label=label, hint=hint, width="30")


def _control(field: Field, filling: Filling) -> Control:
    given = {**filling.typed.given, REASON: filling.form.reason}
    error = filling.wrong.get(field.name, "")
    return field.macro, field.name, field.label, {"hint": field.hint, "error": error, **field.filled(given)}


def _problems(wrong: Mapping[str, str], fields: Sequence[Field]) -> Iterator[Problem]:
    """What is wrong, at the head of the page; a refusal of the record leads to its reason, if any."""
    controls = {field.name: field.controls[0] for field in fields}
    for name, why in wrong.items():
        yield Problem(why, controls.get(name) or (REASON if REASON in controls else ""))


def not_correctable() -> str:
    return _("This cannot be corrected here. Another organisation wrote it, or your role does not record it.")


def not_to_be_copied() -> str:
    return _("This was told to you, and not to your service: it is not for another system. Ask them first.")


def plain(hat: Hat, permit: Permit, read: History, entered: History, *, why: str) -> dict[str, Any]:
    """What an entry says, in pieces to copy, and where it has been entered already."""
    (row,) = _rows(read)
    when = ", ".join(part for part in (row.day, row.time) if part)
    parts = plain_text.parts(f"{row.kind}, {when}\n{row.text}\n{row.said_by}, {row.known}")
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "parts": [
            (f"part-{number}", _part(number, len(parts)), text) for number, text in enumerate(parts, 1)
        ],
        "limit": f"{plain_text.LIMIT:,}",
        "entered": elsewhere.rows(read, entered),
        "systems": all_of("other_systems") if read.versions[0].category in permit.write else [],
        "form_key": str(new_id()),
        "why": why,
        "problems": [Problem(why, "system")] if why else [],
    }


def _part(number: int, whole: int) -> str:
    if whole == 1:
        return _("The words")
    return _("Part %(number)s of %(whole)s") % {"number": number, "whole": whole}


def _rows(read: History) -> list[TimelineRow]:
    """An entry as it stands, as a row."""
    return timeline.rows(
        timeline.Told(entries=read.versions[:1], lines=read.lines, names=read.names, above=None)
    )
