"""Who has read the words that stand on sheets, and whether their review still holds. Pure.

A review is of exactly the words that were read. Whoever changes one of them changes the fingerprint, and the
review lapses by itself.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from throughgate.foundation import wrong
from throughgate.packs.rules.snapshot import Json

HARM_REDUCTION, TRANSLATIONS = "harm_reduction", "translations"  # what is reviewed, as `reviewers` has it
USUALLY = timedelta(days=365)
AHEAD = timedelta(days=31)  # before its day a review is asked for again
LONGEST_REGISTRATION = 40  # characters: what the table holds of it
LONG_REGISTRATION = (
    f"A registration number has up to {LONGEST_REGISTRATION} characters. Leave out what is no part of it."
)


class Verdict(StrEnum):
    FIT = "fit"
    UNFIT = "unfit"  # not to be given to anybody here
    TAKEN_BACK = "taken_back"  # their organisation has no word on it any more


class Standing(StrEnum):
    """What a review is worth on a day, of the words as they are then."""

    NONE = "none"  # nobody has reviewed them
    FIT = "fit"
    UNFIT = "unfit"
    CHANGED = "changed"  # the words are others by now
    OVER = "over"  # the day to review them again has passed
    TAKEN_BACK = "taken_back"


# Welsh that is wrong is put right for everybody; what is wrong to give, somebody here answers for at once.
VERDICTS: Mapping[str, tuple[Verdict, ...]] = {
    HARM_REDUCTION: (Verdict.FIT, Verdict.UNFIT),
    TRANSLATIONS: (Verdict.FIT,),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """What somebody found of the words of one subject."""

    subject: str  # such as harm_reduction:opioids
    fingerprint: str
    verdict: Verdict
    at: datetime
    by: UUID
    job: str  # of the code set review_jobs
    registration: str
    until: date | None  # the last day it holds
    why: str
    organisation_id: UUID
    organisation: Json  # its name, name_cy


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A review as it was typed."""

    verdict: str = ""
    job: str = ""
    registration: str = ""
    until: date | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What of the words may be printed, for one organisation on one day."""

    fit: Mapping[str, Review]  # by subject
    unfit: frozenset[str]


NOTHING_CHECKED = Checked(fit={}, unfit=frozenset())


def usual_until(on: date) -> date:
    """The last day of a review for which nobody says another."""
    return on + USUALLY


def fingerprint(words: Sequence[Sequence[str]]) -> str:
    """Of these words in this order: the same for the same words, and for no others."""
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


def standing(review: Review | None, *, now: str, on: date) -> Standing:
    """What it is worth on that day, where the words have that fingerprint by now."""
    if review is None:
        return Standing.NONE
    if review.verdict is Verdict.TAKEN_BACK:
        return Standing.TAKEN_BACK
    if review.fingerprint != now:
        return Standing.CHANGED
    if review.verdict is Verdict.UNFIT:
        return Standing.UNFIT
    return Standing.OVER if review.until is None or review.until < on else Standing.FIT


def last_words(reviews: Iterable[Review]) -> list[Review]:
    """Of each organisation the last word on each subject, the newest first."""
    newest_first = sorted(reviews, key=lambda review: review.at, reverse=True)
    found: dict[tuple[UUID, str], Review] = {}
    for review in newest_first:
        found.setdefault((review.organisation_id, review.subject), review)
    return list(found.values())


def checked(reviews: Iterable[Review], *, now: Mapping[str, str], on: date) -> Checked:
    """By the last word of each organisation. What one finds unfit is not given, whatever another says."""
    worth = [
        (review, standing(review, now=now[review.subject], on=on))
        for review in last_words(reviews)
        if review.subject in now
    ]
    unfit = frozenset(review.subject for review, found in worth if found is Standing.UNFIT)
    fit = {review.subject: review for review, found in reversed(worth) if found is Standing.FIT}
    return Checked(fit={each: fit[each] for each in fit.keys() - unfit}, unfit=unfit)


def ending(reviews: Iterable[Review], *, now: Mapping[str, str], on: date) -> list[date]:
    """The last days of reviews that end within a month or have ended, and that nothing newer has replaced."""
    last = [(each, standing(each, now=now.get(each.subject, ""), on=on)) for each in last_words(reviews)]
    return sorted(
        review.until
        for review, found in last
        if review.until and found in {Standing.FIT, Standing.OVER} and review.until <= on + AHEAD
    )


def wrong_with(
    said: Said, *, what: str, jobs: Iterable[str], may_take_back: bool, on: date
) -> dict[str, str]:
    """A sentence for each part that has to be put right; empty when it can be kept."""
    offered = {*VERDICTS[what], *((Verdict.TAKEN_BACK,) if may_take_back else ())}
    needs_why = said.verdict in {Verdict.UNFIT, Verdict.TAKEN_BACK} and not said.why
    return wrong.parts(
        {
            "verdict": "" if said.verdict in offered else "Choose what you found.",
            "job": "" if said.job in set(jobs) else "Choose what you are.",
            "registration": LONG_REGISTRATION if len(said.registration) > LONGEST_REGISTRATION else "",
            "until": _wrong_with_day(said.until, on) if said.verdict == Verdict.FIT else "",
            "why": "Say why, in a few words." if needs_why or len(said.why) > wrong.REMARK else "",
        }
    )


def _wrong_with_day(until: date | None, on: date) -> str:
    if until is None:
        return "Enter the day to review them again, such as 27 3 2027."
    return "Choose a day after today." if until <= on else wrong.too_far(until, on)
