"""The pages of recording in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from throughgate.contacts import rules
from throughgate.foundation.codesets import code_set
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.pages import steps, wording
from throughgate.pages.components.shapes import Option, Problem
from throughgate.pages.person import timeline, writing
from throughgate.pages.person.reading import History
from throughgate.pages.recording import plain_text
from throughgate.pages.recording.forms import TypedContact, TypedReady
from throughgate.pages.recording.offers import offers
from throughgate.pages.wording import words as _
from throughgate.pathway import queries as pathway
from throughgate.pathway.actions import TOLD
from throughgate.people.queries import Banner
from throughgate.staff.queries import Hat

CONTROLS = {"at": "at_day", "on": "on_day"}  # where a part of the form has another name than its control


def choose(hat: Hat, permit: Permit, who: Banner, lookalikes: int) -> dict[str, Any]:
    """What this worker may record, the commonest first."""
    return {
        **writing.frame(hat, permit, who, lookalikes),
        "choices": [
            (*_choice(what), reverse(PAGES[what], args=[hat.post_id, permit.person_id]))
            for what in offers(permit, death=who.death)
        ],
    }


PAGES = {"contact": "record_contact", "ready": "record_ready", "note": "note"}


def _choice(what: str) -> tuple[str, str]:
    """A choice, and what it is for."""
    return {
        "contact": (_("A contact"), _("You reached them, or tried to, or it could not be.")),
        "ready": (
            _("Something to be ready for the day they leave"),
            _("An appointment, medicines, a home for the night, somebody to meet them."),
        ),
        "note": (_("A note"), _("Anything else that you saw, did or heard.")),
    }[what]


def contact(
    hat: Hat, permit: Permit, who: Banner, lookalikes: int, typed: TypedContact, wrong: Mapping[str, str]
) -> dict[str, Any]:
    """The form of a contact; a new one gets its key here, so that sending it twice makes one contact."""
    is_late = who.death == "confirmed"
    return {
        **writing.frame(hat, permit, who, lookalikes),
        **_put_right(wrong, is_late=is_late),
        "is_offered": "contact" in offers(permit, death=who.death),
        "typed": typed,
        "form_key": typed.form_key or str(new_id()),
        "modes": _options("contact_modes", code_set("contact_modes").labels(), typed.mode),
        "outcomes": _options("contact_outcomes", code_set("contact_outcomes").labels(), typed.outcome),
        "is_earlier": typed.day.is_given or bool(typed.time),
        "is_late": is_late,
    }


def ready(
    hat: Hat, permit: Permit, who: Banner, lookalikes: int, typed: TypedReady, wrong: Mapping[str, str]
) -> dict[str, Any]:
    """The form of how far something is; its key as that of a contact."""
    return {
        **writing.frame(hat, permit, who, lookalikes),
        **_put_right(wrong, is_late=False),
        "is_offered": "ready" in offers(permit, death=who.death),
        "typed": typed,
        "form_key": typed.form_key or str(new_id()),
        "items": _options("readiness_items", pathway.ready_items(permit), typed.item),
        "states": _states(typed.state),
    }


def _states(chosen: str) -> list[Option]:
    hints = {
        "in_hand": _("Somebody is seeing to it."),
        "confirmed": _("Whoever has to do it has said so."),
    }
    said = steps.state_words(wording.current())
    return [
        Option(state, said[state].capitalize(), hint=hints.get(state, ""), is_chosen=state == chosen)
        for state in TOLD
    ]


def wrong_with_contact(typed: TypedContact, *, now: datetime) -> dict[str, str]:
    """A sentence for each part of the form that has to be put right."""
    return rules.wrong_with_contact(
        mode=typed.mode, outcome=typed.outcome, text=typed.text, at=typed.at, now=now
    )


def wrong_with_ready(permit: Permit, typed: TypedReady) -> dict[str, str]:
    """As with a contact; what is left unsaid here is for the pathway to refuse."""
    sentences = {
        "item": "" if typed.item in pathway.ready_items(permit) else _("Choose what it is about."),
        "state": "" if typed.state in TOLD else _("Choose how far it is."),
        "on": _("Enter a day such as 27 3 2026, or leave it empty.") if typed.day.is_unread else "",
    }
    return {part: why for part, why in sentences.items() if why}


def plain(hat: Hat, permit: Permit, read: History) -> dict[str, Any]:
    """What an entry says, in pieces to copy."""
    told = timeline.Told(entries=read.versions[:1], lines=read.lines, names=read.names, above=None)
    (row,) = timeline.rows(told)
    when = ", ".join(part for part in (row.day, row.time) if part)
    parts = plain_text.parts(f"{row.kind}, {when}\n{row.text}\n{row.said_by}, {row.known}")
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "parts": [
            (f"part-{number}", _part(number, len(parts)), text) for number, text in enumerate(parts, 1)
        ],
        "limit": f"{plain_text.LIMIT:,}",
    }


def _part(number: int, whole: int) -> str:
    if whole == 1:
        return _("The words")
    return _("Part %(number)s of %(whole)s") % {"number": number, "whole": whole}


def _options(table: str, codes: Iterable[str], chosen: str) -> list[Option]:
    return [Option(code, wording.label(table, code), is_chosen=code == chosen) for code in codes]


def _put_right(wrong: Mapping[str, str], *, is_late: bool) -> dict[str, Any]:
    """What is wrong, at the head and beside each control; a refusal of the record leads to its reason."""
    controls = {**CONTROLS, "kept": "reason" if is_late else ""}
    return {
        "wrong": defaultdict(str, wrong),
        "problems": [Problem(why, controls.get(part, part)) for part, why in wrong.items()],
    }
