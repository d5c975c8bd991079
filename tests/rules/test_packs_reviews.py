"""Whether a review of the words on sheets still holds, and what a sheet says of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from tests.rules.packs_facts import DISCREET, HERS, WELSH, hers, medicine, said, section, source
from throughgate.access import policy
from throughgate.foundation.codesets import code_set
from throughgate.packs.content import Edition, State
from throughgate.packs.rules import reviews
from throughgate.packs.rules.reviews import Checked, Review, Said, Standing, Verdict
from throughgate.packs.words import harm_reduction, reviewable
from throughgate.packs.words.wording import wording

WELL, EXX = UUID(int=1), UUID(int=2)
NOVEMBER = datetime(2026, 11, 12, 10, tzinfo=UTC)
ON = date(2026, 12, 1)
REVIEW = Review(
    subject="harm_reduction:opioids",
    fingerprint="as read",
    verdict=Verdict.FIT,
    at=NOVEMBER,
    by=UUID(int=9),
    job="nurse",
    registration="12A3456E",
    until=date(2027, 11, 12),
    why="",
    organisation_id=WELL,
    organisation={"name": "Wellway", "name_cy": "Llesffordd"},
)
UNFIT = replace(REVIEW, verdict=Verdict.UNFIT, until=None, why="Not for women who are pregnant.")
TAKEN_BACK = replace(UNFIT, verdict=Verdict.TAKEN_BACK)


# Whether a review holds


@pytest.mark.parametrize(
    ("review", "now", "expected"),
    [
        pytest.param(None, "as read", Standing.NONE, id="nobody"),
        pytest.param(REVIEW, "as read", Standing.FIT, id="the same words, in time"),
        pytest.param(replace(REVIEW, until=ON), "as read", Standing.FIT, id="on its last day"),
        pytest.param(replace(REVIEW, until=date(2026, 11, 30)), "as read", Standing.OVER, id="the day after"),
        pytest.param(REVIEW, "other words", Standing.CHANGED, id="words that changed"),
        pytest.param(UNFIT, "as read", Standing.UNFIT, id="unfit"),
        pytest.param(UNFIT, "other words", Standing.CHANGED, id="unfit, of other words"),
        pytest.param(TAKEN_BACK, "other words", Standing.TAKEN_BACK, id="taken back"),
    ],
)
def test_a_review_is_of_exactly_these_words_until_a_day(
    review: Review | None, now: str, expected: Standing
) -> None:
    assert reviews.standing(review, now=now, on=ON) is expected


LATER = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "fit", "unfit"),
    [
        pytest.param([], False, False, id="nobody"),
        pytest.param([REVIEW], True, False, id="fit"),
        pytest.param([UNFIT], False, True, id="unfit"),
        pytest.param([replace(UNFIT, at=LATER), REVIEW], False, True, id="fit, then unfit"),
        pytest.param([UNFIT, replace(REVIEW, at=LATER)], True, False, id="unfit, then fit"),
        pytest.param([replace(TAKEN_BACK, at=LATER), REVIEW], False, False, id="taken back"),
        pytest.param([replace(UNFIT, organisation_id=EXX), REVIEW], False, True, id="one of two: unfit"),
        pytest.param(
            [replace(TAKEN_BACK, organisation_id=EXX, at=LATER), REVIEW],
            True,
            False,
            id="another took theirs back",
        ),
        pytest.param(
            [replace(REVIEW, subject="harm_reduction:nutmeg")], False, False, id="words that are gone"
        ),
    ],
)
def test_the_last_word_of_each_organisation_decides(told: list[Review], fit: bool, unfit: bool) -> None:
    found = reviews.checked(told, now={REVIEW.subject: "as read"}, on=ON)
    assert (REVIEW.subject in found.fit, REVIEW.subject in found.unfit) == (fit, unfit)


def test_of_two_who_find_them_fit_the_newest_is_named() -> None:
    newer = replace(REVIEW, organisation_id=EXX, at=LATER)
    for told in ([REVIEW, newer], [newer, REVIEW]):
        assert reviews.checked(told, now={REVIEW.subject: "as read"}, on=ON).fit == {REVIEW.subject: newer}


# What may be kept

TYPED = Said(verdict="fit", job="nurse", until=date(2027, 12, 1))


@pytest.mark.parametrize(
    ("said", "part", "why"),
    [
        pytest.param(replace(TYPED, verdict=""), "verdict", "what you found", id="nothing"),
        pytest.param(replace(TYPED, verdict="perhaps"), "verdict", "what you found", id="no verdict of ours"),
        pytest.param(
            replace(TYPED, verdict="taken_back", why="x"), "verdict", "what you found", id="no word"
        ),
        pytest.param(replace(TYPED, job="translator"), "job", "what you are", id="no clinician"),
        pytest.param(replace(TYPED, registration="1" * 41), "registration", "up to 40", id="a long number"),
        pytest.param(replace(TYPED, until=None), "until", "Enter the day", id="no day"),
        pytest.param(replace(TYPED, until=ON), "until", "after today", id="today"),
        pytest.param(replace(TYPED, until=date(2126, 1, 1)), "until", "Check the year", id="a hundred years"),
        pytest.param(replace(TYPED, verdict="unfit"), "why", "Say why", id="unfit without a reason"),
        pytest.param(
            replace(TYPED, verdict="unfit", why="x" * 1001), "why", "in a few words", id="a long reason"
        ),
    ],
)
def test_what_is_wrong_with_a_review_is_said_part_by_part(said: Said, part: str, why: str) -> None:
    found = reviews.wrong_with(said, what="harm_reduction", jobs=["nurse"], may_take_back=False, on=ON)
    assert list(found) == [part]
    assert why in found[part]


@pytest.mark.parametrize(
    "said",
    [
        TYPED,
        replace(TYPED, verdict="unfit", why="Wrong of alcohol.", until=None),
        replace(TYPED, verdict="taken_back", why="Too soon.", until=None),
    ],
)
def test_what_is_right_is_kept(said: Said) -> None:
    assert not reviews.wrong_with(said, what="harm_reduction", jobs=["nurse"], may_take_back=True, on=ON)


def test_welsh_is_signed_or_not_and_never_kept_from_a_sheet() -> None:
    found = reviews.wrong_with(
        replace(TYPED, verdict="unfit", why="x"),
        what="translations",
        jobs=["nurse"],
        may_take_back=False,
        on=ON,
    )
    assert list(found) == ["verdict"]


def test_a_review_is_for_a_year_unless_they_say_otherwise() -> None:
    assert reviews.usual_until(ON) == date(2027, 12, 1)


# What is reviewed as one


def test_a_line_that_changes_in_any_letter_changes_the_fingerprint() -> None:
    prints = {
        reviews.fingerprint(each) for each in ([["a"], ["b"]], [["a"], ["B"]], [["b"], ["a"]], [["ab"]])
    }
    assert len(prints) == 4
    assert reviews.fingerprint([["a"], ["b"]]) == reviews.fingerprint([["a"], ["b"]])


def test_every_substance_is_reviewed_by_itself_and_the_welsh_as_one() -> None:
    found = [each.id for each in reviewable.subjects().values()]
    assert found == [*(f"harm_reduction:{each}" for each in harm_reduction.every()), "translations:cy"]
    assert set(reviewable.fingerprints()) == set(found)


def test_a_clinician_answers_for_the_english_and_a_welsh_speaker_for_both() -> None:
    opioids, welsh = (reviewable.subjects()[slug] for slug in ("opioids", "cy"))
    for subject, is_of_welsh in ((opioids, False), (welsh, True)):
        first, *rest = subject.lines
        other = replace(subject, lines=(first._replace(welsh="Arall."), *rest))
        assert (other.fingerprint != subject.fingerprint) is is_of_welsh
        other = replace(subject, lines=(first._replace(english="Other."), *rest))
        assert other.fingerprint != subject.fingerprint


def test_all_welsh_that_a_sheet_says_stands_there_to_be_read() -> None:
    shown = {line.welsh for line in reviewable.subjects()["cy"].lines}
    sheet = hers(medicine(source()), edition=WELSH)
    fixed = [sheet.title, *(part.heading for part in sheet.sections)]
    fixed += [line for item in section(sheet, "safer").items for line in (item.title, *item.lines)]
    assert set(fixed) <= shown


def test_whoever_reviews_is_a_role_and_a_job_of_our_tables() -> None:
    whats = {row["what"] for row in code_set("reviewers", folder=policy.ACCESS).rows}
    assert whats == {row["what"] for row in code_set("review_jobs").rows} == set(reviews.VERDICTS)
    assert policy.reviews_words("prison_healthcare", "harm_reduction")
    assert not policy.reviews_words("prison_recovery_worker", "harm_reduction")
    assert policy.reviews_words("prison_recovery_worker", "translations")


# What a sheet says of it

ALL = Checked(
    fit={subject: replace(REVIEW, subject=subject) for subject in reviewable.fingerprints()},
    unfit=frozenset(),
)
NOT_ALL = Checked(fit={REVIEW.subject: REVIEW}, unfit=frozenset())


@pytest.mark.parametrize(
    ("edition", "words"),
    [
        (HERS, "Checked by: Nurse, Wellway, November 2026."),
        (WELSH, "Wedi\u2019u gwirio gan: Nyrs, Llesffordd, Tachwedd 2026."),
    ],
)
def test_a_sheet_says_who_has_checked_what_it_says_to_stay_safe(edition: Edition, words: str) -> None:
    items = section(hers(medicine(source()), edition=edition, checked=ALL), "safer").items
    assert [(item.title, item.state) for item in items if item.key in {"checked", "not_checked"}] == [
        (words, State.NOTE)
    ]


def test_a_sheet_names_each_who_checked_once() -> None:
    other = replace(REVIEW, subject="harm_reduction:any", job="doctor")
    fit = {**ALL.fit, other.subject: other}
    items = section(hers(medicine(source()), checked=Checked(fit=fit, unfit=frozenset())), "safer").items
    assert [item.title for item in items if item.key == "checked"] == [
        "Checked by: Nurse, Wellway, November 2026.",
        "Checked by: Doctor, Wellway, November 2026.",
    ]


def test_a_sheet_of_which_only_some_is_checked_says_so() -> None:
    last = section(hers(medicine(source()), checked=NOT_ALL), "safer").items[-1]
    assert last.title == "No doctor or nurse has checked all of these words yet."


def test_what_was_reviewed_before_it_was_shipped_needs_nobody_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        harm_reduction, "reviewed_upstream", lambda substance: "" if substance == "opioids" else "x"
    )
    warning = "No doctor or nurse has checked these words yet."
    assert warning in said(hers(medicine(source())))
    assert warning not in said(hers())
    assert section(hers(medicine(source()), checked=NOT_ALL), "safer").items[-1].key == "checked"


def test_what_is_not_fit_to_give_is_not_on_the_sheet() -> None:
    unfit = frozenset({"harm_reduction:opioids", "harm_reduction:naloxone"})
    found = section(hers(medicine(source()), checked=Checked(fit={}, unfit=unfit)), "safer").items
    assert [item.key for item in found] == ["safer:any", "not_checked"]
    assert "Naloxone can save a life" not in " ".join(found[0].lines)


def test_where_nothing_is_fit_to_give_nothing_is_said() -> None:
    sheet = hers(checked=Checked(fit={}, unfit=frozenset(reviewable.fingerprints())))
    assert "safer" not in {each.key for each in sheet.sections}


def test_welsh_that_was_reviewed_says_no_more_that_it_was_not() -> None:
    unchecked = wording(WELSH.language).not_reviewed()
    assert unchecked in hers(edition=WELSH).notices
    assert unchecked not in hers(edition=WELSH, checked=ALL).notices
    assert unchecked in hers(edition=WELSH, checked=NOT_ALL).notices


def test_a_discreet_sheet_tells_of_no_review() -> None:
    sheet = hers(medicine(source()), edition=DISCREET, checked=ALL)
    assert "Wellway" not in said(sheet)
    assert "safer" not in {each.key for each in sheet.sections}
