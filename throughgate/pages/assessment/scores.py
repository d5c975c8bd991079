"""What answers add up to, in words: with how far it was checked, and never as leave to do less."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from throughgate.assessment.rules import scoring
from throughgate.assessment.rules.answers import Sitting as Had
from throughgate.assessment.rules.scoring import Score
from throughgate.assessment.rules.shapes import Answer, Instrument
from throughgate.pages.assessment.reading import UnderWay
from throughgate.pages.components.shapes import Mark
from throughgate.pages.wording import words as _
from throughgate.people.queries import Banner


class Card(NamedTuple):
    """A score on the page of its sitting."""

    title: str
    value: str
    marks: Sequence[Mark]
    means: Sequence[str]
    source: str


def cards(read: UnderWay) -> list[Card]:
    """None where the form is not one that is scored, or nothing has been answered."""
    if read.so_far is None:
        return []
    found = of(read.instrument, read.so_far, read.who)
    return [card(found)] if found else []


def plain(found: Score) -> str:
    """The total, without a tenth where there is none; "" where there is no total."""
    if found.total is None:
        return ""
    return str(found.total.normalize() if found.total % 1 else int(found.total))


def of(form: Instrument, had: Had, who: Banner) -> Score | None:
    answers: dict[str, Answer] = {}
    for topic in had.topics:
        answers |= had.answers(topic)
    sex = next((known.sex for known in who.known_as if known.sex), "")  # the newest that is told
    return scoring.score(form, answers, scoring.chosen(form, answers, sex=sex))


def card(found: Score) -> Card:
    rules = found.scoring
    return Card(
        title=_("What it adds up to"),
        value=total(found),
        marks=[checked(is_checked=rules.is_verified)],
        means=list(_means(found)),
        source=" ".join(part for part in (rules.source, found.instrument.notice) if part),
    )


def total(found: Score) -> str:
    """ "14 of 0 to 27"."""
    if found.scoring.method == "profile":
        return _("Each answer stands by itself: this form has no total.")
    if found.total is None:
        return _("No total: answers are missing to %(number)s questions.") % {"number": len(found.missing)}
    said = {"total": plain(found), "least": found.scoring.least, "most": found.scoring.most}
    return _("%(total)s, on a scale from %(least)s to %(most)s") % said


def checked(*, is_checked: bool) -> Mark:
    if is_checked:
        return Mark(_("scoring checked"), "leaf")
    return Mark(_("scoring not checked with its source"), "amber")


def _means(found: Score) -> Iterator[str]:
    if found.is_prorated:
        yield _("An answer is missing. The mean of the others stands in its place.")
    if found.band:
        yield _("Its source calls this range: %(band)s.") % {"band": _(found.band.label)}
    yield from (_(each.cut.says) for each in found.cuts if each.is_reached)
    if found.needs_reason:
        yield _("Its source reads men and women by different limits. No sex is told, so neither is read.")
    if found.needs_reason and found.scoring.read_as:
        yield _("Its last question says by which it is read, with a reason.")
    if found.scoring.no_bands:
        yield _(found.scoring.no_bands)
    if found.total is not None:
        yield _("It is a reason to ask further, and no diagnosis. A low number clears nobody.")
