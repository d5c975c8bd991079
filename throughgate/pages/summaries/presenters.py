"""The pages of somebody's texts for others in words."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.urls import reverse

from throughgate.foundation import clock
from throughgate.foundation.codesets import Row, code_set
from throughgate.foundation.permits import Permit
from throughgate.packs.content import Item, Language, Section, Sheet, State
from throughgate.pages import drafted, steps, wording
from throughgate.pages.components.shapes import Cell, Column, Link, Mark, Option, Problem
from throughgate.pages.packs import presenters as packs
from throughgate.pages.packs import words as changes
from throughgate.pages.packs.forms import spoken
from throughgate.pages.person import writing
from throughgate.pages.recording import plain_text
from throughgate.pages.summaries import forms, words
from throughgate.pages.summaries.forms import Typed
from throughgate.pages.summaries.reading import OneText, Read
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat
from throughgate.summaries import rules
from throughgate.summaries.queries import Offer, TextLine
from throughgate.summaries.rules import TextState
from throughgate.summaries.words import plain


class Kind(NamedTuple):
    """One of the texts that can be made, and how far its newest version is."""

    label: str
    url: str
    marks: tuple[Mark, ...]
    newest: Link | None


class Group(NamedTuple):
    """A heading of a text, each line to be ticked; and what is not there."""

    control: str
    heading: str
    options: list[Option]
    absent: tuple[str, ...]


def texts(hat: Hat, permit: Permit, read: Read) -> dict[str, Any]:
    """Every text that can be made, and every version there is."""
    return {
        **_frame(hat, permit, read, ""),
        "is_shared": read.texts is not None,
        "may_make": read.may_make,
        "kinds": [_kind(hat, permit, read, each) for each in rules.texts()],
        "columns": [Column(_("Text")), Column(_("How far it is")), Column(_("Agreed"))],
        "rows": [_version(hat, permit, each, read) for each in read.texts or []],
    }


def offer(hat: Hat, permit: Permit, read: Read, found: Offer, *, typed: Typed, why: str) -> dict[str, Any]:
    """What one may say, to be gone through with the person line by line."""
    ticked = typed.agreed if typed.is_begun else _usual(found)
    tokens = {fact.key: rules.token(fact) for fact in found.facts}
    return {
        **_form(hat, permit, read, typed=typed, why=why),
        "back_url": reverse("texts", args=[hat.post_id, permit.person_id]),
        "back": _("Every text"),
        "title": words.label(found.text),
        "draft": drafted.said(typed.draft_at),
        "is_each_agreed": found.text.is_each_agreed,
        "hearing": steps.in_court(found.hearing_on, on=clock.day_of(permit.at), _=wording.current()),
        "spoken": _spoken(found),
        "in_language": found.language.value,
        "notices": found.notices,
        "other_language": _other_language(found.language, read),
        "groups": [_group(section, tokens, ticked) for section in found.sections],
        "may_make": read.may_make and bool(found.facts),
        "ways": _options("sharing_ways", typed.way),
    }


def text(hat: Hat, permit: Permit, read: OneText, sheet: Sheet) -> dict[str, Any]:
    """One text as it would be printed, and what is to be done with it."""
    line = read.text
    here = [hat.post_id, permit.person_id, line.id]
    may_go_on = read.may_make and line.state in {TextState.MADE, TextState.GIVEN}
    return {
        **_frame(hat, permit, read, ""),
        "back_url": reverse("texts", args=here[:2]),
        "title": words.title(line),
        "state": words.state(line.state),
        "made": words.made(line, read.names),
        "history": list(words.history(line, read.names)),
        "changed": changes.changed(read.changed.get(line.id, ())),
        "again_url": reverse("offer_text", args=[*here[:2], line.text.code]) if read.may_make else "",
        "give_url": reverse("give_text", args=here) if may_go_on else "",
        "copy_url": reverse("copy_text", args=here),
        "take_back_url": reverse("take_back_text", args=here) if may_go_on else "",
        "sheet": _shown(here, sheet),
        "other_language": None if line.text.is_items else _other_language(sheet.edition.language, read),
    }


def give(hat: Hat, permit: Permit, read: OneText, *, typed: Typed, why: str) -> dict[str, Any]:
    """That it reached those it is for."""
    return {
        **_of_one(hat, permit, read, typed=typed, why=why),
        "ways": _options("summary_givings", typed.way),
        "text": typed.text,
    }


def take_back(hat: Hat, permit: Permit, read: OneText, *, typed: Typed, why: str) -> dict[str, Any]:
    """Why it holds no more."""
    return {**_of_one(hat, permit, read, typed=typed, why=why), "text": typed.text}


def copy(hat: Hat, permit: Permit, read: OneText, sheet: Sheet, *, typed: Typed, why: str) -> dict[str, Any]:
    """The text as plain words, no part longer than the system takes, and where it was entered."""
    line = read.text
    systems = [row for row in code_set("other_systems").rows if _fits(row, line)]
    chosen = next((row for row in systems if row["code"] == typed.system), systems[0])
    limit = int(chosen["characters"])
    return {
        **_of_one(hat, permit, read, typed=typed, why=why),
        "address": reverse("copy_text", args=[hat.post_id, permit.person_id, line.id]),
        "history": list(words.history(line, read.names)),
        "systems": [
            Option(
                row["code"], wording.current().label("other_systems", row["code"]), is_chosen=row is chosen
            )
            for row in systems
        ],
        "system": chosen["code"],
        "system_label": wording.current().label("other_systems", chosen["code"]),
        "limit": limit,
        "is_limit_checked": chosen["verified"] == "yes",
        "parts": _parts(plain(sheet), limit),
        "may_enter": read.may_make and line.state in {TextState.MADE, TextState.GIVEN},
    }


def _fits(row: Row, line: TextLine) -> bool:
    """Whether a text may go into that system at all."""
    return line.text.is_justice or row["is_justice"] != "yes"


def _parts(text: str, limit: int) -> list[tuple[str, str, str]]:
    """Name, label and words of each part."""
    found = plain_text.parts(text, limit=limit)
    whole = len(found)
    return [
        (f"part_{number}", _("Part %(number)s of %(whole)s") % {"number": number, "whole": whole}, part)
        for number, part in enumerate(found, start=1)
    ]


def _frame(hat: Hat, permit: Permit, read: Read, why: str) -> dict[str, Any]:
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "problems": [Problem(why)] if why else [],
        "as_at": wording.moment(permit.at),
    }


def _form(hat: Hat, permit: Permit, read: Read, *, typed: Typed, why: str) -> dict[str, Any]:
    return {**_frame(hat, permit, read, why), "form_key": typed.form.key}


def _of_one(hat: Hat, permit: Permit, read: OneText, *, typed: Typed, why: str) -> dict[str, Any]:
    return {
        **_form(hat, permit, read, typed=typed, why=why),
        "back_url": reverse("text", args=[hat.post_id, permit.person_id, read.text.id]),
        "title": words.title(read.text),
    }


def _kind(hat: Hat, permit: Permit, read: Read, text: rules.Text) -> Kind:
    newest = next((each for each in read.texts or [] if each.text == text), None)
    old = (Mark(_("out of date"), "red"),) if newest and newest.id in read.changed else ()
    return Kind(
        label=words.label(text),
        url=reverse("offer_text", args=[hat.post_id, permit.person_id, text.code]),
        marks=(words.state(newest.state), *old) if newest else (),
        newest=Link(words.title(newest), _url(hat, permit, newest)) if newest else None,
    )


def _version(hat: Hat, permit: Permit, line: TextLine, read: Read) -> list[str | Cell]:
    return [
        Cell(words.title(line), _url(hat, permit, line)),
        Cell("", marks=(words.state(line.state),)),
        words.made(line, read.names),
    ]


def _url(hat: Hat, permit: Permit, line: TextLine) -> str:
    return reverse("text", args=[hat.post_id, permit.person_id, line.id])


def _usual(found: Offer) -> Collection[str]:
    """What is ticked when a form is opened: nothing, where each answer is agreed by itself."""
    if found.text.is_each_agreed:
        return frozenset()
    return {rules.token(fact) for fact in found.facts if fact.key not in found.left_out}


def _group(section: Section, tokens: dict[str, str], ticked: Collection[str]) -> Group:
    """What several said in the same words is read out, and agreed to, once."""
    alike: dict[tuple[str, tuple[str, ...]], list[Item]] = {}
    for item in section.items:
        if item.key in tokens:
            alike.setdefault((item.title, item.lines), []).append(item)
    return Group(
        control=f"{forms.AGREED}{section.key}",
        heading=section.heading,
        options=[_line(items, [tokens[item.key] for item in items], ticked) for items in alike.values()],
        absent=tuple(
            item.title for item in section.items if item.state is not State.TOLD and item.key not in tokens
        ),
    )


def _line(items: Sequence[Item], tokens: Sequence[str], ticked: Collection[str]) -> Option:
    sources = "; ".join(dict.fromkeys(item.source for item in items if item.source))
    return Option(
        " ".join(tokens),
        items[0].title,
        hint=" · ".join(filter(None, (*items[0].lines, sources))),
        is_chosen=set(tokens) <= set(ticked),
    )


def _spoken(found: Offer) -> str:
    """That they speak another language than the text, since nobody agrees to what they do not understand."""
    said = next((fact.said["language"] for fact in found.facts if fact.key == "language"), "")
    if said in {"", found.language.value}:
        return ""
    words = {
        "language": wording.current().label("languages", said),
        "written": wording.current().label("languages", found.language.value),
    }
    return _("They speak %(language)s, and this is in %(written)s. Go through it in their language.") % words


def _other_language(shown: Language, read: Read) -> Link | None:
    """For whom there is more than one: the same in the other."""
    theirs = spoken(read.who.language)
    if theirs is Language.ENGLISH:
        return None
    other = theirs if shown is Language.ENGLISH else Language.ENGLISH
    said = {"language": wording.current().label("languages", other.value)}
    return Link(_("Read it in %(language)s") % said, f"?language={other.value}")


def _options(table: str, chosen: str) -> list[Option]:
    label = wording.current().label
    return [
        Option(row["code"], label(table, row["code"]), is_chosen=row["code"] == chosen)
        for row in code_set(table).rows
    ]


def _shown(here: list[Any], sheet: Sheet) -> packs.Shown:
    return packs.Shown(
        id="summary",
        heading=sheet.title,
        language=sheet.edition.language.value,
        who=sheet.who,
        notices=sheet.notices,
        sections=[(each.heading, [packs.row(item) for item in each.items]) for each in sheet.sections],
        footer=sheet.footer,
        files=[
            Link(label, f"{reverse('text_file', args=[*here, ending])}?language={sheet.edition.language}")
            for ending, label in (("pdf", _("To print (PDF)")), ("html", _("One page, without a network")))
        ],
    )
