"""The pages of a person's own book in words: short ones, in the person's language, which tests measure."""

from collections.abc import Mapping, Sequence
from typing import Any

from throughgate.book.rules import Why
from throughgate.packs.content import Language
from throughgate.packs.words.wording import Wording
from throughgate.pages.mine.entering import LARGE, Look
from throughgate.pages.mine.forms import Opening

Said = dict[str, Any]


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
        "other_size": ("usual", _("Smaller letters")) if look.is_large else (LARGE, _("Larger letters")),
        "places": _("Your pages"),
        "to_put_right": _("Something to put right"),
    }


# Coming in


def front(_: Wording, typed: Opening, why: Why | None = None) -> Said:
    """A code and a birth date to type."""
    wrong = {"code": refusals(_)[why]} if why else {}
    return _front(_, typed, wrong)


def front_without_a_day(_: Wording, typed: Opening) -> Said:
    return _front(_, typed, {"born_day": _("Type the day, month and year you were born, such as 4 5 1989.")})


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
    }


# Within


def next_things(_: Wording) -> Said:
    return {"heading": _("My next things"), "nothing": _("Nothing is booked yet.")}


# A page that anybody might look at


def bank_holidays(_: Wording, rows: Sequence[Mapping[str, str]]) -> Said:
    """The next year of them."""
    return {
        "heading": _("Bank holidays"),
        "lead": _("Banks, shops and offices may be shut on these days in England and Wales."),
        "days": [(_.full_day(row["day"]), row["name"]) for row in rows[:8]],
    }
