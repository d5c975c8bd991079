"""Scores and needs over time, in words: charts and tables, and why some figures are not compared."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from throughgate.assessment import instruments
from throughgate.assessment.needs.queries import Word
from throughgate.assessment.rules import scoring
from throughgate.assessment.rules.answers import Kept, Known
from throughgate.assessment.rules.answers import Sitting as Had
from throughgate.assessment.rules.needs import SCALE
from throughgate.assessment.rules.scoring import Reading
from throughgate.assessment.rules.shapes import Question
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.assessment import charts, said, scores
from throughgate.pages.assessment.charts import Chart, Point
from throughgate.pages.assessment.reading import OverTime, Read
from throughgate.pages.components.shapes import Column, Mark
from throughgate.pages.person import writing
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.staff.queries import Hat


class Figure(NamedTuple):
    """One figure over time."""

    title: str
    about: str  # which days it speaks of, and on what scale
    marks: Sequence[Mark]
    chart: Chart | None  # None where there are not two numbers
    rows: Sequence[Sequence[str]]  # newest first
    change: str


class Told(NamedTuple):
    """One time that a form was answered, and by whom asked."""

    on: date
    reading: Reading
    who: str


class Measured(NamedTuple):
    """A number that was found on a day."""

    on: date
    value: float
    words: str
    where: str
    who: str


def page(hat: Hat, permit: Permit, read: OverTime) -> dict[str, Any]:
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "ask_url": reverse("ask", args=[hat.post_id, permit.person_id]),
        "figures": [*_of_forms(read), *_of_scales(read), *_of_needs(read)],
        "columns": [
            Column(_("When")),
            Column(_("What was found")),
            Column(_("Where")),
            Column(_("Who asked")),
        ],
        "as_at": wording.moment(permit.at),
    }


def _of_forms(read: Read) -> Iterator[Figure]:
    """The total of each form that has one; apart, where the days it speaks of are not of the same kind."""
    for code in instruments.versions():
        told = [_told(read, had) for had in reversed(read.had) if had.first.instrument == code]
        for alike in _alike([each for each in told if each]):
            if alike[0].reading.score.scoring.method == "sum":
                yield _of_total(alike)
            else:
                yield from _of_profile(alike)


def _told(read: Read, had: Had) -> Told | None:
    """None for a form that is not scored."""
    form = instruments.instrument(had.first.instrument, had.first.version)
    score = scores.of(form, had, read.who)
    reading = Reading(form, had.first.setting, score) if score else None
    return Told(had.first.said_on, reading, _by(read, had.first)) if reading else None


def _alike(told: Sequence[Told]) -> list[list[Told]]:
    """Those that are compared with each other, oldest first."""
    found: list[list[Told]] = []
    for each in told:
        group = next((group for group in found if scoring.comparable(group[0].reading, each.reading)), None)
        if group is None:
            found.append([each])
        else:
            group.append(each)
    return found


def _of_total(alike: Sequence[Told]) -> Figure:
    rules = alike[0].reading.score.scoring
    found = [
        Measured(
            each.on, float(total), scores.plain(each.reading.score), _where(each.reading.setting), each.who
        )
        for each in alike
        if (total := each.reading.score.total) is not None
    ]
    return Figure(
        title=_(alike[0].reading.instrument.title),
        about=_about(alike[0].reading, rules.least, rules.most),
        marks=[scores.checked(is_checked=rules.is_verified)],
        chart=_chart(found, rules.least, rules.most),
        rows=[
            _row(each.on, scores.total(each.reading.score), each.reading.setting, each.who)
            for each in reversed(alike)
        ],
        change=_change(alike),
    )


def _of_profile(alike: Sequence[Told]) -> Iterator[Figure]:
    """Of a form without a total, each of its numbers by itself."""
    reading = alike[0].reading
    for question in reading.instrument.questions:
        found = [
            Measured(each.on, float(value), value, _where(each.reading.setting), each.who)
            for each in alike
            if (value := each.reading.score.values.get(question.code, "")).isdecimal()
        ]
        if found and question.least is not None and question.most is not None:
            title = f"{_(reading.instrument.title)}: {said.question(question, is_easy=False)}"
            yield _figure(title, _about(reading, question.least, question.most), question, found)


def _of_scales(read: Read) -> Iterator[Figure]:
    """What the standard assessment asks for on a scale."""
    for question in instruments.newest("standard").questions:
        if question.answers != "scale" or question.least is None or question.most is None:
            continue
        found = [
            _measured(read, each)
            for each in reversed(read.known.get(question.concept, ()))
            if _is_number(each)
        ]
        if found:
            about = said.span(question)
            yield _figure(said.question(question, is_easy=False), about, question, found)


def _of_needs(read: OverTime) -> Iterator[Figure]:
    """How great each need was said to be; what was told in words only is no dot."""
    for domain, label in code_set("need_domains").labels().items():
        told = [each for each in read.needs if each.domain == domain]
        dots = [_dot(each) for each in reversed(told) if each.line.how_far in SCALE]
        if told:
            yield Figure(
                title=_("Need: %(domain)s") % {"domain": _(label)},
                about=_("How great it was said to be, from no need to crisis."),
                marks=[],
                chart=charts.chart(
                    dots,
                    ends=[wording.label("need_levels", level) for level in (SCALE[0], SCALE[-1])],
                    least=0,
                    most=len(SCALE) - 1,
                ),
                rows=[[*_need(each), _("Not recorded"), _by(read, each.entry)] for each in told],
                change="",
            )


def _dot(word: Word) -> Point:
    return Point(clock.day_of(word.entry.happened_at), SCALE.index(word.line.how_far), _level(word))


def _need(word: Word) -> list[str]:
    found = [_level(word), said.quoted(word.line.said)]
    return [wording.day(clock.day_of(word.entry.happened_at)), " ".join(filter(None, found))]


def _level(word: Word) -> str:
    return wording.label("need_levels", word.line.how_far)


def _figure(title: str, about: str, question: Question, found: Sequence[Measured]) -> Figure:
    return Figure(
        title=title,
        about=about,
        marks=[],
        chart=_chart(found, question.least or 0, question.most or 0),
        rows=[[wording.day(each.on), each.words, each.where, each.who] for each in reversed(found)],
        change="",
    )


def _measured(read: Read, known: Known) -> Measured:
    value = str(known.answer.value)
    return Measured(known.said_on, float(value), value, _where(known.setting), _by(read, known))


def _is_number(known: Known) -> bool:
    """An answer that was asked for afresh, and not one that was confirmed a second time, is one more dot."""
    return str(known.answer.value).isdecimal() and known.answer.how != "confirmed"


def _chart(found: Sequence[Measured], least: int, most: int) -> Chart | None:
    points = [Point(each.on, each.value, each.words) for each in found]
    return charts.chart(points, ends=(str(least), str(most)), least=least, most=most)


def _about(reading: Reading, least: int, most: int) -> str:
    said = {"least": least, "most": most, "days": _(reading.instrument.period.label)}
    if scoring.is_before_custody(reading):
        return _("About %(days)s before custody, on a scale from %(least)s to %(most)s.") % said
    return _("About %(days)s, on a scale from %(least)s to %(most)s.") % said


def _change(alike: Sequence[Told]) -> str:
    """By how much the last two days differ, and whether its source says that this is more than chance."""
    before = [each for each in alike if each.on < alike[-1].on]
    found = scoring.change(before[-1].reading, alike[-1].reading) if before else None
    if found is None:
        return ""
    day = wording.day(before[-1].on)
    if not found.by:
        return _("As on %(day)s.") % {"day": day}
    said = {"by": f"{found.by.normalize():+f}", "day": day}
    if found.is_beyond_chance is None:
        return _("%(by)s since %(day)s. Its source does not say how much is more than chance.") % said
    if found.is_beyond_chance:
        return _("%(by)s since %(day)s: more than chance, by its source.") % said
    return _("%(by)s since %(day)s: that may be chance.") % said


def _row(on: date, words: str, setting: str, who: str) -> list[str]:
    return [wording.day(on), words, _where(setting), who]


def _where(setting: str) -> str:
    return wording.label("assessment_settings", setting)


def _by(read: Read, said: Kept | Known | Spine) -> str:
    """Who asked, and for whom."""
    who = [read.names.worker(said.recorded_by)] if said.recorded_by else []
    return ", ".join([*who, read.names.organisation(said.organisation_id)])
