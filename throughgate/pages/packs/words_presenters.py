"""The words on sheets, and what was found of them, as the pages show them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.urls import reverse

from throughgate.access import policy
from throughgate.directory import queries as directory
from throughgate.foundation import clock, reading
from throughgate.foundation.ids import new_id
from throughgate.packs import reviewing
from throughgate.packs.content import Language
from throughgate.packs.rules import reviews
from throughgate.packs.rules.reviews import HARM_REDUCTION, VERDICTS, Review, Standing, Verdict
from throughgate.packs.words import harm_reduction, person, reviewable
from throughgate.packs.words.reviewable import Line, Subject
from throughgate.packs.words.wording import wording as sheet_wording
from throughgate.pages import wording
from throughgate.pages.components.shapes import Cell, Column, Link, Mark, Option, Problem
from throughgate.pages.names import Names
from throughgate.pages.packs.words_forms import Typed
from throughgate.pages.wording import words as _
from throughgate.staff import queries as staff
from throughgate.staff.queries import Hat


class Part(NamedTuple):
    """One subject on the page of all."""

    id: str
    heading: str
    mark: Mark
    said: list[str]  # the last word of each organisation
    columns: list[Column]
    rows: list[list[str | Cell]]
    number: str  # how many lines there are, where they are not shown here
    url: str
    link: str


def overview(hat: Hat, found: Sequence[Review], *, at: datetime) -> dict[str, Any]:
    """Every subject with its lines; of the Welsh of a whole sheet only how much it is."""
    on, last = clock.day_of(at), reviews.last_words(found)
    names = _names(last)
    return {
        "organisation": hat.organisation_name,
        "parts": [_part(hat, each, last, names, on) for each in reviewable.subjects().values()],
        "is_new": not found,
        "reviewers": _reviewers(),
        "back_url": reverse("lounge", args=[hat.post_id]),
        "as_at": wording.moment(at),
    }


def ending(hat: Hat, *, on: date) -> Link | None:
    """That words have to be read again, before their review ends or since it has."""
    days = reviewing.ending(hat, on=on)
    if not days:
        return None
    words = _("Review the words on sheets again: a review ends on %(day)s")
    if days[0] < on:
        words = _("Review the words on sheets again: a review ended on %(day)s")
    return Link(words % {"day": wording.day(days[0])}, reverse("sheet_words", args=[hat.post_id]))


def one(
    hat: Hat, subject: Subject, found: Iterable[Review], typed: Typed, why: str, *, at: datetime
) -> dict[str, Any]:
    """The words of one subject, all that was said of them, and the form."""
    on, about = clock.day_of(at), [each for each in found if each.subject == subject.id]
    names, last = _names(about), reviews.last_words(about)
    places = directory.mentioned(ids=reviewing.counts_for(hat), codes=())
    return {
        "back_url": reverse("sheet_words", args=[hat.post_id]),
        "heading": heading(subject),
        "worth": _mark(subject, last, on),
        "said": [_said(each, subject, names, on, is_last=each in last) for each in about],
        "upstream": subject.upstream,
        "columns": _columns(subject),
        "rows": [_row(line, subject) for line in subject.lines],
        "may_review": reviewing.may_review(hat, subject),
        "reviewers": _reviewers(),
        "is_clinical": subject.what == HARM_REDUCTION,
        "fingerprint": subject.fingerprint,
        "form_key": typed.key or str(new_id()),
        "typed": typed,
        "verdicts": list(_verdicts(hat, subject, typed)),
        "jobs": [
            Option(code, _(label), is_chosen=code == typed.said.job)
            for code, label in reviewing.jobs(subject.what).items()
        ],
        "counts_for": sorted(each.name for each in places),
        "problems": [Problem(why, "verdict")] if why else [],
        "as_at": wording.moment(at),
    }


def heading(subject: Subject) -> str:
    if subject.what == HARM_REDUCTION:
        return person.substance(subject.slug, sheet_wording(Language.ENGLISH))
    return _("The Welsh of the whole sheet")


def _part(hat: Hat, subject: Subject, last: Sequence[Review], names: Names, on: date) -> Part:
    is_short = subject.what == HARM_REDUCTION
    about = [each for each in last if each.subject == subject.id]
    may_review = reviewing.may_review(hat, subject)
    return Part(
        id=subject.slug,
        heading=heading(subject),
        mark=_mark(subject, about, on),
        said=[_said(each, subject, names, on, is_last=True) for each in about],
        columns=_columns(subject),
        rows=[_row(line, subject) for line in subject.lines] if is_short else [],
        number="" if is_short else _("%(number)s lines") % {"number": len(subject.lines)},
        url=reverse("words_of", args=[hat.post_id, subject.slug]),
        link=_("Read them, and say what you found") if may_review else _("Everything that was said of them"),
    )


def _columns(subject: Subject) -> list[Column]:
    plain = [Column(_("English")), Column(_("Welsh"), language=Language.WELSH)]
    if subject.what != HARM_REDUCTION:
        return plain
    return [*plain, Column(_("Grade"), is_number=True), Column(_("Where it comes from"))]


def _row(line: Line, subject: Subject) -> list[str | Cell]:
    if subject.what != HARM_REDUCTION:
        return [line.english, line.welsh]
    level = reading.grade(line.english, names=harm_reduction.names())
    told = str(level) if level >= reading.EASIEST else _("below 1")
    return [line.english, line.welsh, told, Cell(line.source, marks=(_verified(line.verified),))]


def _verified(code: str) -> Mark:
    return {
        "yes": Mark(_("seen in its source"), "leaf"),
        "derived": Mark(_("our plain words for it"), "deep"),
        "no": Mark(_("not checked against a source"), "amber"),
    }[code]


def _mark(subject: Subject, last: Iterable[Review], on: date) -> Mark:
    """What all that was said comes to: as it decides what is printed."""
    checked = reviews.checked(last, now={subject.id: subject.fingerprint}, on=on)
    if subject.id in checked.unfit:
        return Mark(_("not printed here"), "red")
    if subject.id in checked.fit or subject.upstream:
        return Mark(_("reviewed"), "leaf")
    return Mark(_("not reviewed"), "amber")


def _said(review: Review, subject: Subject, names: Names, on: date, *, is_last: bool) -> str:
    """Who found what and when, and whether that still holds."""
    sentences = [_found(review, names)]
    if is_last:
        worth = reviews.standing(review, now=subject.fingerprint, on=on)
        sentences += {
            Standing.CHANGED: [_("The words have changed since, so this holds no more.")],
            Standing.OVER: [_("That day has passed: they are to be reviewed again.")],
        }.get(worth, [])
    else:
        sentences.append(_("They have said something newer since."))
    return " ".join(sentences)


def _found(review: Review, names: Names) -> str:
    said = {
        "who": ", ".join(_who(review, names)),
        "day": wording.day(clock.day_of(review.at)),
        "until": wording.day(review.until) if review.until else "",
        "why": review.why,
    }
    return {
        Verdict.FIT: _("%(day)s, %(who)s: may be given, to be reviewed again after %(until)s. %(why)s"),
        Verdict.UNFIT: _("%(day)s, %(who)s: not to be given. %(why)s"),
        Verdict.TAKEN_BACK: _("%(day)s, %(who)s: the review is taken back. %(why)s"),
    }[review.verdict] % said


def _who(review: Review, names: Names) -> Iterator[str]:
    yield names.worker(review.by)
    job = wording.label("review_jobs", review.job)
    yield f"{job} ({review.registration})" if review.registration else job
    yield names.organisation(review.organisation_id)


def _verdicts(hat: Hat, subject: Subject, typed: Typed) -> Iterator[Option]:
    offered = list(VERDICTS[subject.what])
    if reviewing.may_take_back(hat, subject):
        offered.append(Verdict.TAKEN_BACK)
    is_clinical = subject.what == HARM_REDUCTION
    said = {
        Verdict.FIT: _("I have read these words, and they may be given to people here")
        if is_clinical
        else _("I have read these words, and the Welsh says what the English says"),
        Verdict.UNFIT: _("They are not fit to give: print none of them here"),
        Verdict.TAKEN_BACK: _("Take back what we have said of them"),
    }
    for each in offered:
        yield Option(each.value, said[each], is_chosen=each == typed.said.verdict)


def _reviewers() -> str:
    """The roles that review what is said to stay safe."""
    roles = policy.roles().values()
    return ", ".join(_(role.label) for role in roles if policy.reviews_words(role.id, HARM_REDUCTION))


def _names(found: Iterable[Review]) -> Names:
    told = list(found)
    places = directory.mentioned(ids={each.organisation_id for each in told}, codes=())
    return Names(places, staff.names({each.by for each in told}))
