"""The pages of a person's own book in words: short ones, in the person's language, which tests measure."""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from throughgate.book.queries import PasskeyLine
from throughgate.book.rules import SURE, Level, Visit, Why
from throughgate.foundation import clock
from throughgate.packs.content import Item, Language, Sheet
from throughgate.packs.rendering import pictures
from throughgate.packs.words.wording import Wording
from throughgate.pages.mine.entering import LARGE, USUAL, Look
from throughgate.pages.mine.forms import Opening, opening
from throughgate.story.rules import Why as NotKeptWhy

Said = dict[str, Any]
PICTURES = {  # of the pages themselves, and of no more than their names tell
    "mine_plan": "where",
    "mine_story": "people",
    "mine_tell": "help",
    "mine_sharing": "safer",
}
NEUTRAL = frozenset({"next", "where", "help"})  # sections that tell nothing of a service


def frame(_: Wording, look: Look) -> Said:
    """What stands around every page."""
    return {
        "language": look.language.value,
        "is_large": look.is_large,
        "title": _("My next steps"),
        "skip": _("Go to the page"),
        "leave": _("Leave this page now"),
        "hide": _("Someone is with me"),
        "other_language": ("en", "English") if look.language is Language.WELSH else ("cy", "Cymraeg"),
        "other_size": (USUAL, _("Smaller letters")) if look.is_large else (LARGE, _("Larger letters")),
        "places": _("Your pages"),
        "done": _("I have finished"),
        "back": _("Back"),
        "on_paper": _("Can you not print or keep files here? Ask a worker to print it for you."),
        "to_put_right": _("Something to put right"),
        "not_reviewed": _.not_reviewed(),
    }


# Coming in


def front(_: Wording, typed: Opening, why: Why | None = None) -> Said:
    """A code and a birth date to type."""
    wrong = {"code": refusals(_)[why]} if why else {}
    return _front(_, typed, wrong)


def front_without_a_day(_: Wording, typed: Opening) -> Said:
    return _front(_, typed, {"born_day": _("Type the day, month and year you were born, such as 4 5 1989.")})


def front_without_a_passkey(_: Wording, why: Why) -> Said:
    """Their telephone did not open it: a code does the same."""
    return _front(_, opening({}), {"passkey": refusals(_)[why]})


def _front(_: Wording, typed: Opening, wrong: Mapping[str, str]) -> Said:
    return {
        "heading": _("Open your steps"),
        "lead": _("You need the code on your slip, and the day you were born."),
        "code_label": _("Your code"),
        "code_hint": _("Twelve letters and numbers, such as CD23-FHJK-789X."),
        "code": typed.code,
        "born_legend": _("When were you born?"),
        "born": [
            ("day", _("Day"), typed.born.parts["day"], 2),
            ("month", _("Month"), typed.born.parts["month"], 2),
            ("year", _("Year"), typed.born.parts["year"], 4),
        ],
        "open": _("Open"),
        "no_code": _("No slip? Ask a worker who helps you for one."),
        **with_passkey(_),
        "wrong": wrong,
    }


def refusals(_: Wording) -> Mapping[Why, str]:
    """Why the book stays as it is."""
    return {
        Why.NOT_A_CODE: _("This is not the whole code, or one letter is not right. Look at your slip again."),
        Why.WRONG: _("The code and the day do not go together. Look at both, and try again."),
        Why.TOO_OFTEN: _("This code was tried too often, so it has stopped. Ask a worker for a new one."),
        Why.TOO_MANY: _("Too many codes were tried here. Wait a quarter of an hour, then try again."),
        Why.WRONG_WORD: _("That is not the word. Try again, or ask a worker to sit with you."),
        Why.WORD_LOCKED: _(
            "The word was wrong too often. Ask a worker to sit with you, and choose a new one."
        ),
        Why.WORD_NOT_HERE: _("Choose a word with a worker beside you. Then it is sure to be yours."),
        Why.WORD_SHORT: _("Choose a longer word. It needs six letters or more."),
        Why.WORD_LONG: _("Choose a shorter word."),
        Why.WORD_USUAL: _("A lot of people choose that word. Choose one that is hard to guess."),
        Why.PASSKEY_WRONG: _("That did not open it. Try again, or use the code on your slip."),
        Why.PASSKEY_LOCKED: _("That was tried too often. Use the code on your slip, or ask a worker."),
        Why.PASSKEY_NOT_HERE: _("To add one, say your word first, or sit with a worker."),
        Why.PASSKEYS_FULL: _("There is no room for one more. Take one away first."),
    }


def with_passkey(_: Wording) -> Said:
    """The way in by a telephone or a computer that was added."""
    return {
        "passkey": _("Use my own phone or computer"),
        "passkey_none": _("That did not open it. Try again, or use the code on your slip."),
    }


def not_kept(_: Wording) -> Mapping[NotKeptWhy, str]:
    """Why what they said is not kept."""
    return {
        NotKeptWhy.NOTHING_SAID: _("Write something first."),
        NotKeptWhy.TOO_LONG: _("That is too long to keep. Make it shorter."),
        NotKeptWhy.NO_CHOICE: _("Choose one of these first."),
        NotKeptWhy.NOT_A_FILE: _("Add a photo, a drawing or a sound file. This one is none of them."),
        NotKeptWhy.FILE_TOO_LARGE: _("This file is too big. Make it smaller, or cut it in two."),
        NotKeptWhy.TOO_MANY_FILES: _("There is no room for more files. Take one away first."),
    }


def draft(_: Wording, *, is_draft: bool) -> Said:
    """Of a form that may be kept while it is typed."""
    return {
        "said": _("You began this. It is here as you left it. No one else has seen it.") if is_draft else "",
        "keep": _("Keep it for later"),
        "throw_away": _("Throw it away"),
    }


def overtaken(_: Wording) -> str:
    return _("This was changed since you opened the page. Look at it again, then save.")


# Within


class Row(NamedTuple):
    """One thing told."""

    title: str
    lines: tuple[str, ...]


class Part(NamedTuple):
    """What stands under one heading."""

    heading: str
    rows: Sequence[Row]
    picture: Markup = Markup()  # says the same again, for who reads little
    link: tuple[str, str] | None = None  # what can be done about it, and where


def picture(key: str) -> Markup:
    """The drawing of that; empty where it has none."""
    return Markup(pictures.svg(key))  # noqa: S704 - a file of ours


def next_things(_: Wording, visit: Visit, sheet: Sheet) -> Said:
    """What comes next, and the way to the rest."""
    parts = sections(sheet, only=NEUTRAL)
    return {
        **places(_, "mine_next"),
        "heading": _("My next things"),
        "sections": parts,
        "further": "" if visit.is_further else _("Open the rest with my word"),
        "new_word": _("Choose a word to remember") if visit.level in SURE else "",
        "new_word_hint": _("With it you open all this by yourself. Five wrong words lock it."),
        "passkeys": _("Open this with my own phone") if visit.is_further else "",
        "passkeys_hint": _("With a finger, a face or a PIN, and no slip."),
    }


def places(_: Wording, here: str) -> Said:
    """The pages of the book."""
    found = [
        ("mine_next", _("My next things")),
        ("mine_plan", _("My plan")),
        ("mine_story", _("My story")),
        ("mine_questions", _("My answers")),
        ("mine_tell", _("Tell someone")),
        ("mine_written", _("What was written")),
        ("mine_sharing", _("Who can see what")),
        ("mine_looks", _("Who looked")),
        ("mine_copy", _("My copy")),
    ]
    return {
        "places": [(name, label, name == here) for name, label in found],
        "picture": picture(PICTURES.get(here, "")),
    }


def sections(sheet: Sheet, *, only: Container[str] | None = None) -> list[Part]:
    """The parts of a sheet, or those of these keys."""
    return [
        Part(
            section.heading,
            [Row(item.title, tuple(_lines(item))) for item in section.items],
            picture(section.key),
        )
        for section in sheet.sections
        if only is None or section.key in only
    ]


def _lines(item: Item) -> Iterator[str]:
    yield from item.lines
    if item.where:
        yield ", ".join(part for part in (item.where.name, *item.where.address) if part)
        yield from filter(None, (item.where.phone, item.where.opening))


def word(_: Wording, why: Why | None = None) -> Said:
    return {
        **places(_, ""),
        "heading": _("Say your word"),
        "lead": _("Your story, your plan and who can see what open with the word you chose."),
        "label": _("Your word"),
        "open": _("Open"),
        **with_passkey(_),
        "no_word": _("No word yet, or lost it? Ask a worker to sit with you. You choose one then."),
        "wrong": {"word": refusals(_)[why]} if why else {},
    }


def new_word(_: Wording, why: Why | None = None) -> Said:
    return {
        **places(_, ""),
        "heading": _("Choose a word to remember"),
        "lead": _(
            "Choose one that only you know: not a name, not a birth date. Two or three words are best."
        ),
        "label": _("My new word"),
        "keep": _("Keep this word"),
        "wrong": {"word": refusals(_)[why]} if why else {},
    }


def passkeys(
    _: Wording,
    visit: Visit,
    held: Sequence[PasskeyLine],
    *,
    options: str,
    no_more: Why | None,
    why: Why | None,
) -> Said:
    """Which of their own open the book; `options`: what one more is asked, empty where none may be added."""
    is_beside = visit.level is Level.BESIDE
    return {
        **places(_, ""),
        "heading": _("Open this with my own phone"),
        "lead": _(
            "Your phone or computer can open all this with a finger, a face or a PIN. You need no slip then."
        ),
        "warnings": [
            _("Do this only on one that is yours alone. Anyone who can unlock it can read all of this."),
            _("The name of this website stays in its list of passkeys."),
            *([_("Use your own phone, and not this computer: it will show you how.")] if is_beside else []),
        ],
        "held_title": _("These open it"),
        "held": [(each.id, *_passkey(_, each)) for each in held],
        "away": _("Take it away"),
        "lost": _("Lost one? Take it away here, or ask a worker to. Your slip and your word still work."),
        "options": options,
        "add": _("Add my phone") if is_beside else _("Add this phone or computer"),
        "passkey_none": _("Nothing was added. Try again, or go on with your slip."),
        "no_scripts": _("This one cannot do that. Your slip and your word still work."),
        "no_more": refusals(_)[no_more] if no_more else "",
        "wrong": {"passkey": refusals(_)[why]} if why else {},
    }


def _passkey(_: Wording, held: PasskeyLine) -> tuple[str, str]:
    """What it is, and since when."""
    added = _("Added on %(day)s.") % {"day": _.full_day(clock.day_of(held.added_at))}
    used = (
        _("Last used on %(day)s.") % {"day": _.full_day(clock.day_of(held.used_at))} if held.used_at else ""
    )
    return held.device or _("Your phone"), f"{added} {used}".strip()


# A page that anybody might look at


def bank_holidays(_: Wording, rows: Sequence[Mapping[str, str]]) -> Said:
    """The next year of them."""
    return {
        "heading": _("Bank holidays"),
        "lead": _("Banks, shops and offices may be shut on these days in England and Wales."),
        "days": [(_.full_day(row["day"]), row["name"]) for row in rows[:8]],
    }
