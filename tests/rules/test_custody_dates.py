"""Which release date to go by, and why not the others."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.custody.rules import (
    BestDate,
    ExpectedDate,
    WhyChosen,
    WhyNot,
    best_release_date,
    date_types,
    told_lately,
)
from throughgate.foundation.codesets import code_set

TYPES = date_types(code_set("release_date_types").rows)
TODAY = date(2026, 6, 1)


def told(
    kind: str,
    on: str | None,
    *,
    by: str = "MDI",
    known: str = "2026-05-01",
    certainty: str = "",
    told_by: str = "",
) -> ExpectedDate:
    return ExpectedDate(
        type=kind,
        on=date.fromisoformat(on) if on else None,
        organisation=by,
        known_at=datetime.fromisoformat(known).replace(tzinfo=UTC),
        certainty=certainty,
        told_by=told_by,
    )


def by_hand(kind: str, on: str, *, known: str = "2026-05-02", certainty: str = "calculated") -> ExpectedDate:
    """What the prison's own workers were told, after its record last spoke."""
    return told(kind, on, known=known, certainty=certainty, told_by="OMU")


def best(*dates: ExpectedDate, on_recall: bool = False) -> BestDate | None:
    return best_release_date(dates, on=TODAY, types=TYPES, on_recall=on_recall, prison="MDI")


def summary(found: BestDate) -> tuple[str, str, str, dict[str, str]]:
    losers = {
        f"{each.told.type} {each.told.organisation} {each.told.on}": each.why_not.value
        for each in found.losers
    }
    return (found.chosen.type, found.on.isoformat(), found.why.value, losers)


CASES: dict[str, tuple[list[ExpectedDate], bool, tuple[str, str, str, dict[str, str]]]] = {
    "confirmed goes before calculated, even if it is later": (
        [told("CONFIRMED", "2026-09-04"), told("CRD", "2026-09-01")],
        False,
        ("CONFIRMED", "2026-09-04", "more_certain", {"CRD MDI 2026-09-01": "less_certain"}),
    ),
    "an approved curfew date goes before the conditional date": (
        [told("CRD", "2026-12-01"), told("HDCAD", "2026-09-01")],
        False,
        ("HDCAD", "2026-09-01", "type_goes_first", {"CRD MDI 2026-12-01": "type_goes_after"}),
    ),
    "a curfew somebody may be considered for is no release date": (
        [told("CRD", "2026-12-01"), told("HDCED", "2026-09-01")],
        False,
        ("CRD", "2026-12-01", "all_agree", {"HDCED MDI 2026-09-01": "not_a_release"}),
    ),
    "parole needs a direction, so eligibility and tariff are no release dates": (
        [told("APD", "2026-12-01"), told("PED", "2026-09-01"), told("TARIFF", "2026-08-01")],
        False,
        (
            "APD",
            "2026-12-01",
            "all_agree",
            {"PED MDI 2026-09-01": "not_a_release", "TARIFF MDI 2026-08-01": "not_a_release"},
        ),
    ),
    "ends of sentence, licence and supervision are no release dates": (
        [
            told("ARD", "2026-12-01"),
            told("SED", "2026-09-01"),
            told("LED", "2026-08-01"),
            told("TUSED", "2026-07-01"),
        ],
        False,
        (
            "ARD",
            "2026-12-01",
            "all_agree",
            {
                "LED MDI 2026-08-01": "not_a_release",
                "SED MDI 2026-09-01": "not_a_release",
                "TUSED MDI 2026-07-01": "not_a_release",
            },
        ),
    ),
    "dates of one day agree": (
        [told("CONFIRMED", "2026-09-04"), told("RELEASE", "2026-09-04"), told("CRD", "2026-09-04")],
        False,
        (
            "CONFIRMED",
            "2026-09-04",
            "all_agree",
            {"CRD MDI 2026-09-04": "same_day", "RELEASE MDI 2026-09-04": "same_day"},
        ),
    ),
    "a past day comes after one still to come": (
        [told("CONFIRMED", "2026-05-01"), told("CRD", "2026-09-01")],
        False,
        ("CRD", "2026-09-01", "still_to_come", {"CONFIRMED MDI 2026-05-01": "past"}),
    ),
    "today is still to come": (
        [told("CONFIRMED", "2026-06-01"), told("CRD", "2026-09-01")],
        False,
        ("CONFIRMED", "2026-06-01", "more_certain", {"CRD MDI 2026-09-01": "less_certain"}),
    ),
    "a day a lifetime off comes last": (
        [told("CONFIRMED", "2099-12-31"), told("CRD", "2026-09-01")],
        False,
        ("CRD", "2026-09-01", "still_to_come", {"CONFIRMED MDI 2099-12-31": "too_far_off"}),
    ),
    "even after a past one": (
        [told("CONFIRMED", "2099-12-31"), told("CRD", "2026-05-01")],
        False,
        ("CRD", "2026-05-01", "not_too_far_off", {"CONFIRMED MDI 2099-12-31": "too_far_off"}),
    ),
    "on recall the date after recall goes before those of the sentence": (
        [told("CRD", "2026-09-01"), told("PRRD", "2026-12-01")],
        True,
        ("PRRD", "2026-12-01", "fits_standing", {"CRD MDI 2026-09-01": "before_recall"}),
    ),
    "not on recall it goes after them": (
        [told("CRD", "2026-12-01"), told("PRRD", "2026-09-01")],
        False,
        ("CRD", "2026-12-01", "fits_standing", {"PRRD MDI 2026-09-01": "not_on_recall"}),
    ),
    "a confirmed date counts on recall, too": (
        [told("CONFIRMED", "2026-12-04"), told("PRRD", "2026-12-01")],
        True,
        ("CONFIRMED", "2026-12-04", "more_certain", {"PRRD MDI 2026-12-01": "less_certain"}),
    ),
    "the newest word on a type replaces the one before": (
        [told("CRD", "2026-09-01", known="2026-04-01"), told("CRD", "2026-10-01")],
        False,
        ("CRD", "2026-10-01", "all_agree", {"CRD MDI 2026-09-01": "replaced"}),
    ),
    "a date taken back stands no more": (
        [
            told("CONFIRMED", "2026-09-01", known="2026-04-01"),
            told("CONFIRMED", None),
            told("CRD", "2026-10-01"),
        ],
        False,
        ("CRD", "2026-10-01", "all_agree", {"CONFIRMED MDI 2026-09-01": "replaced"}),
    ),
    "of two organisations the one that spoke last": (
        [told("CRD", "2026-09-01"), told("CRD", "2026-10-01", by="LEI", known="2026-05-02")],
        False,
        ("CRD", "2026-10-01", "newer", {"CRD MDI 2026-09-01": "older"}),
    ),
    "unless the older word is confirmed": (
        [told("CONFIRMED", "2026-09-01"), told("CRD", "2026-10-01", by="LEI", known="2026-05-02")],
        False,
        ("CONFIRMED", "2026-09-01", "more_certain", {"CRD LEI 2026-10-01": "less_certain"}),
    ),
    "of two that spoke at once the prison they are in": (
        [told("CRD", "2026-09-01", by="AAI"), told("CRD", "2026-10-01")],
        False,
        ("CRD", "2026-10-01", "own_prison", {"CRD AAI 2026-09-01": "other_organisation"}),
    ),
    "of two strangers that spoke at once the sooner day": (
        [told("CRD", "2026-09-01", by="LEI"), told("CRD", "2026-10-01", by="AAI")],
        False,
        ("CRD", "2026-09-01", "soonest", {"CRD AAI 2026-10-01": "later"}),
    ),
    "a source may say itself how certain it is": (
        [told("CRD", "2026-09-01", certainty="confirmed"), told("RELEASE", "2026-10-01")],
        False,
        ("CRD", "2026-09-01", "more_certain", {"RELEASE MDI 2026-10-01": "less_certain"}),
    ),
    "a certainty nobody knows comes last": (
        [told("CRD", "2026-09-01", certainty="hoped"), told("ARD", "2026-10-01")],
        False,
        ("ARD", "2026-10-01", "more_certain", {"CRD MDI 2026-09-01": "less_certain"}),
    ),
    "what a worker was told does not go before a record that is as certain": (
        [told("CRD", "2026-09-01"), by_hand("CRD", "2026-08-28")],
        False,
        ("CRD", "2026-09-01", "on_record", {"CRD MDI 2026-08-28": "by_hand"}),
    ),
    "it does if it is more certain": (
        [told("CRD", "2026-09-01"), by_hand("CRD", "2026-08-28", certainty="confirmed")],
        False,
        ("CRD", "2026-08-28", "more_certain", {"CRD MDI 2026-09-01": "less_certain"}),
    ),
    "until the record says something new": (
        [
            told("CRD", "2026-09-01"),
            by_hand("CRD", "2026-08-28", certainty="confirmed"),
            told("CRD", "2026-09-04", known="2026-05-03"),
        ],
        False,
        (
            "CRD",
            "2026-09-04",
            "newer",
            {"CRD MDI 2026-08-28": "older", "CRD MDI 2026-09-01": "replaced"},
        ),
    ),
    "it goes before a record of a day that is past": (
        [told("CONFIRMED", "2026-05-01"), by_hand("CRD", "2026-08-28", certainty="said")],
        False,
        ("CRD", "2026-08-28", "still_to_come", {"CONFIRMED MDI 2026-05-01": "past"}),
    ),
    "and is gone by where no record says anything": (
        [told("SED", "2026-12-01"), by_hand("CRD", "2026-08-28", certainty="said")],
        False,
        ("CRD", "2026-08-28", "all_agree", {"SED MDI 2026-12-01": "not_a_release"}),
    ),
    "a type nobody knows is kept and not chosen": (
        [told("CRD", "2026-09-01"), told("NEW", "2026-07-01")],
        False,
        ("CRD", "2026-09-01", "all_agree", {"NEW MDI 2026-07-01": "unknown_type"}),
    ),
}


@pytest.mark.parametrize(("dates", "on_recall", "expected"), CASES.values(), ids=CASES)
def test_the_date_to_go_by(
    *, dates: list[ExpectedDate], on_recall: bool, expected: tuple[str, str, str, dict[str, str]]
) -> None:
    found = best(*dates, on_recall=on_recall)
    assert found is not None
    assert summary(found) == expected


NO_DATE: dict[str, list[ExpectedDate]] = {
    "nothing told": [],
    "only days of eligibility": [told("PED", "2026-09-01"), told("ROTL", "2026-08-01")],
    "only an end of licence": [told("LED", "2026-09-01")],
    "the only date was taken back": [told("CRD", "2026-09-01", known="2026-04-01"), told("CRD", None)],
    "only a type nobody knows": [told("NEW", "2026-09-01")],
}


@pytest.mark.parametrize("dates", NO_DATE.values(), ids=NO_DATE)
def test_no_date_to_go_by(dates: list[ExpectedDate]) -> None:
    assert best(*dates) is None


def test_a_past_day_is_chosen_only_alone_and_says_that_it_is_past() -> None:
    found = best(told("CONFIRMED", "2026-05-01"))
    assert found is not None
    assert (found.on, found.certainty, found.is_past) == (date(2026, 5, 1), "confirmed", True)


CONTESTED: dict[str, tuple[list[ExpectedDate], bool]] = {
    "two records": ([told("CRD", "2026-09-01"), told("CRD", "2026-10-01", by="LEI")], False),
    "a worker was told the same day": ([told("CRD", "2026-09-01"), by_hand("CRD", "2026-09-01")], False),
    "a worker was told another day": ([told("CRD", "2026-09-01"), by_hand("CRD", "2026-08-28")], True),
    "and it is the one gone by": (
        [told("CRD", "2026-09-01"), by_hand("CRD", "2026-08-28", certainty="confirmed")],
        True,
    ),
    "before the record spoke": (
        [told("CRD", "2026-09-01"), by_hand("CRD", "2026-08-28", known="2026-04-01")],
        False,
    ),
}


@pytest.mark.parametrize(("dates", "is_contested"), CONTESTED.values(), ids=CONTESTED)
def test_whether_a_worker_was_told_another_day_than_is_on_record(
    *, dates: list[ExpectedDate], is_contested: bool
) -> None:
    found = best(*dates)
    assert found is not None
    assert found.is_contested is is_contested


def test_every_reason_is_shown_in_some_case() -> None:
    found = [best(*dates, on_recall=on_recall) for dates, on_recall, _ in CASES.values()]
    shown = {each.why for each in found if each} | {
        loser.why_not for each in found if each for loser in each.losers
    }
    assert shown == {*WhyChosen, *WhyNot}


@st.composite
def any_date(draw: Callable[..., Any]) -> ExpectedDate:
    return ExpectedDate(
        type=draw(st.sampled_from([*TYPES, "NEW"])),
        on=draw(st.one_of(st.none(), st.dates(date(2026, 5, 1), date(2026, 7, 1)))),
        organisation=draw(st.sampled_from(["MDI", "LEI", "BXI"])),
        known_at=datetime(2026, 5, draw(st.integers(1, 4)), tzinfo=UTC),
        certainty=draw(st.sampled_from(["", "confirmed", "calculated"])),
        told_by=draw(st.sampled_from(["", "", "OMU"])),
    )


@given(st.data())
def test_the_order_of_dates_does_not_matter(data: st.DataObject) -> None:
    dates = data.draw(st.lists(any_date(), max_size=10))
    shuffled = data.draw(st.permutations(dates))
    assert best(*shuffled) == best(*dates)


@given(st.lists(any_date(), max_size=10))
def test_every_date_told_is_chosen_or_has_its_reason(dates: list[ExpectedDate]) -> None:
    found = best(*dates)
    if found is not None:
        named = [found.chosen, *(loser.told for loser in found.losers)]
        assert len(named) == len(set(named))
        assert set(named) == {each for each in dates if each.on is not None}


@given(st.lists(any_date(), max_size=10))
def test_what_was_told_lately_chooses_as_all_of_it_does(dates: list[ExpectedDate]) -> None:
    lately, found = best(*told_lately(dates)), best(*dates)
    assert (lately is None) == (found is None)
    if lately and found:
        assert (lately.chosen, lately.why) == (found.chosen, found.why)
        standing = {loser for loser in found.losers if loser.why_not is not WhyNot.REPLACED}
        assert {loser for loser in lately.losers if loser.why_not is not WhyNot.REPLACED} == standing


def test_of_a_date_that_moves_and_moves_the_last_two_words_are_told() -> None:
    moved = [told("CRD", f"2026-09-{day:02}", known=f"2026-04-{day:02}") for day in range(1, 20)]
    assert told_lately([*moved, told("HDCED", "2026-08-01")]) == [*moved[-2:], told("HDCED", "2026-08-01")]
