"""From a provider's statement to entries: what each says, when it was, and which of them stands."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.record.rules import Draft
from throughgate.treatment import concern, intake
from throughgate.treatment.concern import Span, Told
from throughgate.treatment.rules import DoseFact, EpisodeFact
from throughgate.treatment.versions import Standing, Statement, versions

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
DEE, EPISODE, ENTRY = UUID(int=1), UUID(int=2), UUID(int=3)


def drafts(item: str, said: Mapping[str, Any], *, as_at: datetime = NOON) -> list[Draft]:
    made = intake.drafts(item, said, identity_id=DEE, as_at=as_at, episode_id=EPISODE)
    assert list(made) == [(draft.kind, draft.item) for draft in made.values()]
    return list(made.values())


# What a statement says


@pytest.mark.parametrize(
    ("written", "number"),
    [
        pytest.param("40", Decimal(40), id="a whole number"),
        pytest.param("0.1250", Decimal("0.125"), id="to the fourth place"),
        pytest.param("0.00000", Decimal(0), id="noughts say nothing"),
        pytest.param("0.00001", None, id="finer than the record holds"),
        pytest.param("99999999.9999", Decimal("99999999.9999"), id="the most it holds"),
        pytest.param("100000000", None, id="more than it holds"),
        pytest.param("0,5", None, id="a comma"),
    ],
)
def test_a_number_is_exact_or_none(written: str, number: Decimal | None) -> None:
    assert intake.amount(written) == number


def test_a_statement_is_told_as_the_rules_take_it() -> None:
    said = {"key": "E1", "referred_on": "2026-10-01", "drugs": ["1011", ""], "more": {"DAT": "B01B"}}
    assert intake.fact("episode:E1", said) == EpisodeFact(
        key="E1", referred_on=date(2026, 10, 1), drugs=("1011", "")
    )
    dose = {"medicine": "Methadone", "taken_on": "2026-11-01", "amount_as_written": "0,5"}
    assert intake.fact("dose:P1", dose) == DoseFact(
        medicine="Methadone", taken_on=date(2026, 11, 1), amount_as_written="0,5"
    )
    assert intake.fact("person", {"details": {}}) is None


def test_the_episode_a_statement_belongs_to() -> None:
    assert intake.episode("episode:E1", {"key": "E1"}) == "E1"
    assert intake.episode("prescription:P1", {"key": "P1", "episode": "E1"}) == "E1"
    assert intake.episode("mention", {"details": {}}) == ""


@pytest.mark.parametrize(
    ("item", "said", "kind", "dated_by", "happened_at"),
    [
        pytest.param(
            "episode:E1",
            {"key": "E1", "referred_on": "2026-10-01", "started_on": "2026-10-09", "ended_on": "2026-10-20"},
            "treatment_episode",
            "day",
            datetime(2026, 10, 8, 23, tzinfo=UTC),
            id="an episode, when it started",
        ),
        pytest.param("episode:E1", {"key": "E1"}, "treatment_episode", "by", NOON, id="an episode of no day"),
        pytest.param(
            "intervention:E1/M1",
            {"key": "M1", "ended_on": "2026-11-01"},
            "intervention",
            "day",
            datetime(2026, 11, 1, tzinfo=UTC),
            id="an intervention of which only the end is told",
        ),
        pytest.param(
            "prescription:P1",
            {"key": "P1", "medicine": "Methadone", "until_on": "2026-11-14"},
            "prescription",
            "by",
            NOON,
            id="a prescription, of no day that it began",
        ),
        pytest.param(
            "dose:P1",
            {"medicine": "Methadone", "taken_on": "2026-11-01", "taken_at": "2026-11-01T09:15:00+00:00"},
            "dose",
            "time",
            datetime(2026, 11, 1, 9, 15, tzinfo=UTC),
            id="a dose, to the minute",
        ),
        pytest.param(
            "attendance:A1",
            {"key": "A1", "due_on": "2026-11-04"},
            "attendance",
            "day",
            datetime(2026, 11, 4, tzinfo=UTC),
            id="an appointment of no hour",
        ),
    ],
)
def test_an_entry_is_dated_by_what_tells_best(
    item: str, said: Mapping[str, Any], kind: str, dated_by: str, happened_at: datetime
) -> None:
    (draft,) = drafts(item, said)
    assert (draft.kind, draft.item, draft.episode_id) == (kind, item, EPISODE)
    assert (draft.dated_by, draft.happened_at, draft.as_at) == (dated_by, happened_at, NOON)


def test_a_body_holds_what_was_told_and_substances_without_gaps() -> None:
    (episode,) = drafts("episode:E1", {"key": "E1", "drugs": ["1011", "", "7000"], "more": {"DAT": "B01B"}})
    assert episode.body["drugs"] == ["1011", "7000"]
    assert (episode.body["episode_key"], episode.body["more"]) == ("E1", {"DAT": "B01B"})
    (prescription,) = drafts(
        "prescription:P1",
        {"key": "P1", "medicine": "Methadone", "dose_as_written": ".5", "next_dose_on": "2026-11-03"},
    )
    assert (prescription.body["dose"], prescription.body["dose_as_written"]) == (Decimal("0.5"), ".5")
    assert prescription.body["next_dose_on"] == date(2026, 11, 3)
    assert not prescription.body.keys() & {"key", "episode"}


def test_each_field_that_cannot_be_read_is_an_entry_of_its_own() -> None:
    said = {"details": {}, "unread": {"DOB": ["04/05/89", "two_digit_year"], "SEX": ["?", "not_placed"]}}
    first, second = drafts("person", said)
    assert (first.kind, first.item, second.item) == ("treatment_unread", "person DOB", "person SEX")
    assert first.body == {"field": "DOB", "as_written": "04/05/89", "problem": "two_digit_year"}


def test_an_item_fits_its_column_and_no_two_are_alike() -> None:
    assert intake.item_of("intervention:", "E1", "/", "M1") == "intervention:E1/M1"
    one, other = intake.item_of("x" * 200, "1"), intake.item_of("x" * 200, "2")
    assert len(one) == len(other) == intake.LONGEST_ITEM
    assert one != other


# Which entry stands: a line of statements about one thing, in any order

KEY = ("prescription", "prescription:P1")


def draft(dose: str, day: int, *, dated_by: str = "by") -> Draft:
    at = NOON + timedelta(days=day)
    happened_at = at if dated_by == "by" else NOON
    return Draft(
        identity_id=DEE,
        kind=KEY[0],
        item=KEY[1],
        happened_at=happened_at,
        dated_by=dated_by,
        as_at=at,
        body={"dose": dose},
    )


def statement(earlier: str, now: str, later: str | None = None) -> Statement:
    """A statement of day 2 between ones of days 1 and 3; "" says nothing of the thing."""
    return Statement(
        as_at=NOON + timedelta(days=2),
        earlier={KEY: draft(earlier, 2)} if earlier else {},
        now={KEY: draft(now, 2)} if now else {},
        later=None if later is None else ({KEY: draft(later, 3)} if later else {}),
    )


def written(told: Statement, stands: str) -> list[str]:
    """What is written, as "dose day"; `stands` in the same words, "" for nothing."""
    dose, _, day = stands.partition(" ")
    standing = Standing(ENTRY, draft(dose, int(day))) if stands else None
    return [
        f"{fresh.body.get('dose', fresh.kind)} {(fresh.as_at - NOON).days}"
        for fresh in versions(told, KEY, standing)
    ]


@pytest.mark.parametrize(
    ("told", "stands", "expected"),
    [
        pytest.param(statement("", "40"), "", ["40 2"], id="the first word"),
        pytest.param(statement("40", "40"), "40 1", [], id="the same word"),
        pytest.param(statement("40", "50"), "40 1", ["50 2"], id="another word"),
        pytest.param(statement("40", ""), "40 1", ["withdrawn 2"], id="taken back"),
        pytest.param(statement("40", ""), "", [], id="taken back, and nothing stands"),
        pytest.param(statement("", "40", "50"), "50 3", ["40 2", "50 3"], id="late, before another word"),
        pytest.param(statement("40", "45", "50"), "50 3", ["45 2", "50 3"], id="late, between two words"),
        pytest.param(statement("40", "45", "40"), "40 1", ["45 2", "40 3"], id="late, within a run"),
        pytest.param(statement("40", "40", "50"), "50 3", [], id="late, and said before"),
        pytest.param(statement("40", "50", "50"), "50 3", ["50 2"], id="late, and the first to say it"),
        pytest.param(statement("40", "50", "50"), "60 5", [], id="late, and said again since"),
        pytest.param(
            statement("40", "45", "50"), "60 5", ["45 2", "60 5"], id="late, and told anew twice since"
        ),
        pytest.param(statement("", "45", ""), "", ["45 2", "withdrawn 2"], id="late, and taken back since"),
        pytest.param(statement("", "45", ""), "60 5", ["45 2", "60 5"], id="late, taken back, and told anew"),
        pytest.param(statement("40", "", "40"), "40 1", ["40 3"], id="late, a gap in a run"),
        pytest.param(statement("40", "", "50"), "50 3", [], id="late, a gap between two words"),
        pytest.param(statement("", "", "50"), "50 3", [], id="late, and silent"),
        pytest.param(statement("40", "", ""), "", [], id="late, and silent like the one after"),
    ],
)
def test_what_is_written_when_a_word_comes_in(told: Statement, stands: str, expected: list[str]) -> None:
    assert told.about() == [KEY]
    assert written(told, stands) == expected


def test_a_withdrawal_keeps_the_category_of_what_it_takes_back() -> None:
    (gone,) = versions(statement("40", ""), KEY, Standing(ENTRY, draft("40", 1)))
    assert (gone.kind, gone.category, gone.item, gone.body) == (
        "withdrawn",
        "treatment_medicines",
        KEY[1],
        {},
    )


def test_the_same_word_dated_another_day_is_another_word() -> None:
    earlier, now = draft("40", 2, dated_by="day"), draft("40", 2)
    assert versions(Statement(as_at=NOON, earlier={KEY: earlier}, now={KEY: now}), KEY, None) == (now,)


@given(
    words=st.lists(st.sampled_from(["", "40", "50"]), min_size=1, max_size=6),
    data=st.data(),
)
def test_whatever_the_order_the_same_entry_stands(words: list[str], data: st.DataObject) -> None:
    days = data.draw(st.permutations(range(len(words))))
    assert standing_after(words, days) == standing_after(words, sorted(days))


def standing_after(words: list[str], days: list[int]) -> Draft | None:
    """The entry that stands when the words of these days have come in, in this order."""
    came: list[int] = []
    stands: Standing | None = None
    for day in days:
        before = max((each for each in came if each < day), default=None)
        after = min((each for each in came if each > day), default=None)
        if before is None or words[before] != words[day]:  # else the import says that nothing changed
            told = Statement(
                as_at=NOON + timedelta(days=day),
                earlier=_made(words, before, day),
                now=_made(words, day, day),
                later=None if after is None else _made(words, after, after),
            )
            for fresh in versions(told, KEY, stands) if told.about() else ():
                stands = None if fresh.kind == "withdrawn" else Standing(ENTRY, fresh)
        came.append(day)
    return stands.draft if stands else None


def _made(words: list[str], day: int | None, at: int) -> dict[intake.Key, Draft]:
    return {} if day is None or not words[day] else {KEY: draft(words[day], at)}


# From when to when a provider is concerned


def told(**days: date) -> Told:
    nothing = dict.fromkeys(("referred_on", "triaged_on", "started_on", "ended_on"))
    return Told(as_at=NOON, end_reason="", **{**nothing, **days})


def test_a_span_begins_on_the_earliest_day_and_ends_some_days_after_the_end() -> None:
    assert concern.span(told(triaged_on=date(2026, 10, 3), started_on=date(2026, 10, 1))) == (
        date(2026, 10, 1),
        None,
    )
    assert concern.span(told(ended_on=date(2026, 10, 1))) == (date(2026, 10, 1), date(2026, 10, 30))
    assert concern.span(told(referred_on=date(2027, 1, 1))) == (date(2026, 11, 2), None)


def test_an_end_in_words_we_do_not_know_is_no_death() -> None:
    assert [concern.is_death(reason) for reason in ("died", "dropped_out", "5", "")] == [
        True,
        False,
        False,
        False,
    ]


DAYS = st.dates(date(2026, 1, 1), date(2026, 2, 28))
SPANS = st.lists(
    st.tuples(DAYS, st.none() | st.integers(0, 20)).map(
        lambda each: (each[0], None if each[1] is None else each[0] + timedelta(days=each[1]))
    ),
    max_size=5,
)


@given(SPANS, DAYS)
def test_spans_put_together_hold_on_the_same_days_and_never_touch(spans: list[Span], day: date) -> None:
    merged = list(concern.merged(spans))
    assert _holds(merged, day) == _holds(spans, day)
    for (_, closed_on), (opened_on, _) in pairwise(merged):
        assert closed_on is not None
        assert closed_on < opened_on


def _holds(spans: list[Span], day: date) -> bool:
    return any(opened_on <= day and (closed_on is None or day < closed_on) for opened_on, closed_on in spans)
