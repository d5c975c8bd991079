"""What the person is read, or carries: the limits before they speak, a receipt, a movement slip.

In plain words, in English or Welsh, whatever language the page around it is in. `_` is that of the paper.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from throughgate.directory.queries import Organisation
from throughgate.directory.rules import names
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.packs.content import Language
from throughgate.packs.facts import TREATING
from throughgate.packs.words.wording import Wording
from throughgate.people.queries import Banner
from throughgate.referral.queries import Booked
from throughgate.sharing import rules
from throughgate.sharing.queries import Said
from throughgate.sharing.rules import Answer, ChoiceLine

Organisations = Mapping[UUID, Organisation]


class Part(NamedTuple):
    heading: str
    lines: tuple[str, ...]
    is_list: bool = False


class Paper(NamedTuple):
    """As it is shown and printed. It names nobody whom the page around it does not."""

    language: str
    title: str
    parts: tuple[Part, ...]


def _paper(title: str, parts: tuple[Part, ...], _: Wording) -> Paper:
    """Ends with that nobody has checked its language, while nobody has."""
    not_reviewed = _.not_reviewed()
    return Paper(_.language.value, title, (*parts, Part("", (not_reviewed,))) if not_reviewed else parts)


def limits(_: Wording) -> Paper:
    """Said before somebody speaks."""
    others = (
        _("You do not have to answer. You can stop when you like."),
        _("You can still get help, and talk about the rest."),
    )
    passed_on = tuple(row[_column(_)] for row in code_set("sharing_limits").rows)
    return _paper(
        _("Before you talk"),
        (
            Part("", (_("What you tell us helps us to help you."), *_kept_apart(_))),
            Part(_("What we must pass on"), passed_on, is_list=True),
            Part("", (_("We tell you first, if that puts no one in danger."), *others)),
        ),
        _,
    )


def _kept_apart(_: Wording) -> tuple[str, ...]:
    return (
        _("Officers do not see what you say here about drugs and drink."),
        _("No one may open it to punish you, or to test you."),
    )


def receipt(said: Said, organisations: Organisations, _: Wording) -> Paper:
    """What was said, its code, and how to take it back. It names nobody."""
    code = rules.receipt_code(said.entry.id)
    line: ChoiceLine = said.line
    return _paper(
        _("What you said"),
        (
            Part("", tuple(_said(said, organisations, _))),
            Part(_("Your code"), (code,)),
            Part(_("If you change your mind"), _change(line, _)),
            Part(_("What does not go away"), _stays(_)),
        ),
        _,
    )


def _said(said: Said, organisations: Organisations, _: Wording) -> Iterator[str]:
    line: ChoiceLine = said.line
    yield plain("sharing_answers", line.answer, _)
    yield _("About: %(topic)s.") % {"topic": topic(line.topic, _)}
    yield _("Who: %(who)s.") % {"who": _who(line, organisations, _)}
    if line.purpose:
        yield _("What for: %(purpose)s.") % {"purpose": purpose(line.purpose, _)}
    if line.expires_on:
        yield _("It ends on %(day)s.") % {"day": _.full_day(line.expires_on)}
    yield _("You said so on %(day)s.") % {"day": _.full_day(clock.day_of(said.entry.happened_at))}
    if line.ask_again_on:
        yield _("We ask you again on %(day)s.") % {"day": _.full_day(line.ask_again_on)}


def _change(line: ChoiceLine, _: Wording) -> tuple[str, ...]:
    told = (
        _("Tell any worker who helps you, and show them your code."),
        _("You do not have to say why."),
    )
    if line.answer == Answer.TAKE_BACK:
        return (*told, _("From now on it is as if you had not said what you said before."))
    if line.answer == Answer.SHARE:
        return (*told, _("From that moment they can not look any more."), _("No new paper or list shows it."))
    return (*told, _("From that moment it is as if you had not said it."))


def _stays(_: Wording) -> tuple[str, ...]:
    return (
        _("What they wrote in their own notes. The law lets them keep it."),
        _("What they have to know to keep you or others safe."),
        _("Old sheets with it on."),
    )


def slip(who: Banner, cell: str, booked: Booked, organisations: Organisations, _: Wording) -> Paper:
    """For whoever opens the doors: when and where, and nothing of what it is about."""
    is_timed = booked.dated_by == "time"
    day = _.full_day(clock.day_of(booked.at))
    lines = [
        who.name,
        _("Lives in: %(cell)s") % {"cell": cell} if cell else "",
        _("When: %(when)s") % {"when": _.moment(booked.at) if is_timed else day},
        _("Where: %(place)s") % {"place": _place(booked.place, organisations) or _("ask the wing office")},
    ]
    parts = (Part(_("Appointment"), tuple(filter(None, lines))),)
    return _paper(_("Movement slip"), parts, _)


def _place(text: str, organisations: Organisations) -> str:
    """As it was typed, unless it names a drug service or a medicine."""
    treating = [
        name for each in organisations.values() if each.kind in TREATING for name in (each.name, each.name_cy)
    ]
    words = [row["word"] for row in code_set("discreet_words").rows]
    medicines = code_set("medicine_names").labels().values()
    not_said = frozenset(word.casefold() for word in (*treating, *words, *medicines) if word)
    return "" if names(text, not_said) else text


def topic(category: str, _: Wording) -> str:
    return plain("sharing_topics", category, _) if category else _("all of it")


def purpose(purpose_id: str, _: Wording) -> str:
    return {
        "direct_care": _("your care"),
        "supervision": _("your time in prison and on licence"),
        "resettlement": _("your way back home"),
        "safeguarding": _("keeping people safe"),
    }[purpose_id]


def _who(line: ChoiceLine, organisations: Organisations, _: Wording) -> str:
    if line.towards is None:
        return _("all who work with you")
    found = organisations.get(line.towards)
    welsh = found.name_cy if found and _.language is Language.WELSH else ""
    return welsh or (found.name if found else _("a service that is gone"))


def plain(table: str, code: str, _: Wording) -> str:
    """What a code of a code set is called to the person."""
    row = code_set(table).get(code)
    return row[_column(_)] if row else code


def _column(_: Wording) -> str:
    return "welsh" if _.language is Language.WELSH else "english"
