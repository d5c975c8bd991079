"""Reviewing the words on sheets: who may, what is kept, for whose packs it counts, what is printed then."""

import re
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.http.response import HttpResponseBase

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from tests.packs import HERS, THEIRS, known, made, said
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.packs import queries, reviewing
from throughgate.packs.content import Edition, Language, Reader
from throughgate.packs.rules.reviews import Said
from throughgate.packs.words import reviewable
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
OPIOIDS, WELSH = reviewable.subjects()["opioids"], reviewable.subjects()["cy"]
FIT = Said(verdict="fit", job="nurse", registration="12A3456E", until=date(2027, 11, 2))
UNFIT = Said(verdict="unfit", job="nurse", why="Wrong of naloxone.")
TAKEN_BACK = Said(verdict="taken_back", job="nurse", why="Signed too soon.")
NOT_CHECKED = "No doctor or nurse has checked these words yet."
NOT_ALL_CHECKED = "No doctor or nurse has checked all of these words yet."


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())


@pytest.fixture
def ada() -> Hat:
    """A nurse of a health provider, whose team works in the prison."""
    story.organisation("WELL", "prison_healthcare")
    return story.worker("prison_healthcare", "WELL", works_in=["MDI"])


def signs(hat: Hat, found: Said = FIT, *, slug: str = "opioids", day: int = 2, key: str = "") -> None:
    subject = reviewable.subjects()[slug]
    reviewing.review(
        hat, subject, found, read=subject.fingerprint, key=key or str(new_id()), at=story.noon(day)
    )


def signs_all(hat: Hat) -> None:
    for slug in reviewable.subjects():
        signs(hat, replace(FIT, job="speaker") if slug == "cy" else FIT, slug=slug)


def her_sheet(edition: Edition = HERS) -> str:
    """As it is printed of a pack that the prison's recovery worker makes."""
    permit = known()
    sheet = queries.sheet_to_print(permit, made(permit), edition)
    return "\n".join((said(sheet), *sheet.notices))


# What is kept


def test_a_review_is_kept_with_who_found_what_and_logged(ada: Hat) -> None:
    signs(ada)
    (kept,) = reviewing.counting(ada)
    assert (kept.subject, kept.fingerprint, kept.by) == (OPIOIDS.id, OPIOIDS.fingerprint, ada.worker_id)
    assert (kept.job, kept.registration, kept.until) == ("nurse", "12A3456E", date(2027, 11, 2))
    logged = rows(
        "SELECT actor_id, role, person_id, detail->>'subject' FROM audit_event WHERE action = 'review words'"
    )
    assert logged == [(ada.worker_id, "prison_healthcare", None, OPIOIDS.id)]


def test_the_same_form_sent_twice_reviews_once(ada: Hat) -> None:
    signs(ada, key="form")
    signs(ada, key="form")
    assert len(reviewing.counting(ada)) == 1
    assert rows("SELECT count(*) FROM audit_event WHERE action = 'review words'") == [(1,)]


@pytest.mark.parametrize("change", ["UPDATE packs_review SET verdict = 'fit'", "DELETE FROM packs_review"])
def test_a_review_is_never_changed(ada: Hat, change: str) -> None:
    signs(ada)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_words_that_are_not_those_that_were_read_are_not_signed(ada: Hat) -> None:
    with pytest.raises(Refused, match="have changed since you opened the page"):
        reviewing.review(ada, OPIOIDS, FIT, read="of before", key="k", at=story.NOON)
    assert reviewing.counting(ada) == []


def test_nothing_is_kept_of_a_review_that_says_too_little(ada: Hat) -> None:
    with pytest.raises(Refused, match="Say why"):
        signs(ada, replace(UNFIT, why=""))
    assert reviewing.counting(ada) == []


@pytest.mark.parametrize("role", ["prison_recovery_worker", "prison_officer", "information_governance"])
def test_who_is_no_clinician_does_not_sign_what_is_a_clinicians(role: str) -> None:
    with pytest.raises(NotFound):
        signs(story.worker(role))


def test_anybody_who_makes_packs_may_sign_the_welsh_and_nobody_else() -> None:
    signs(story.worker(), replace(FIT, job="speaker"), slug="cy")
    with pytest.raises(NotFound):
        signs(story.worker("prison_governor"), replace(FIT, job="speaker"), slug="cy")


def test_what_nobody_has_said_here_is_not_taken_back(ada: Hat) -> None:
    with pytest.raises(Refused, match="Choose what you found"):
        signs(ada, TAKEN_BACK)
    signs(ada)
    signs(ada, TAKEN_BACK, day=3)
    with pytest.raises(Refused, match="Choose what you found"):
        signs(ada, TAKEN_BACK, day=4)


# What is printed


def test_a_sheet_says_who_checked_once_all_of_it_is(ada: Hat) -> None:
    assert NOT_CHECKED in her_sheet()
    signs(ada)
    assert NOT_ALL_CHECKED in her_sheet()
    signs_all(ada)
    printed = her_sheet()
    assert "Checked by: Nurse, Organisation WELL, November 2026." in printed
    assert "checked" not in printed.replace("Checked by", "")
    assert "prison healthcare" not in printed  # as the nurse is called in tests
    assert "12A3456E" not in printed


def test_a_review_counts_for_its_organisation_and_the_prisons_of_its_team_alone(ada: Hat) -> None:
    signs_all(ada)
    story.bring_in(story.document())
    for at, counts in (("MDI", True), ("WELL", True), ("LEI", False)):
        hat = story.worker("prison_recovery_worker", at)
        assert bool(reviewing.counting(hat)) is counts


def test_what_is_unfit_is_printed_by_nobody_here_until_somebody_signs_again(ada: Hat) -> None:
    signs(ada, UNFIT)
    printed = her_sheet()
    assert OPIOIDS.lines[0].english not in printed
    assert NOT_CHECKED in printed
    signs(ada, day=2)
    assert OPIOIDS.lines[0].english in her_sheet()


def test_a_review_that_is_taken_back_counts_no_more(ada: Hat) -> None:
    signs_all(ada)
    signs(ada, TAKEN_BACK)
    assert NOT_ALL_CHECKED in her_sheet()


def test_a_review_lapses_by_itself_when_a_line_changes(ada: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    signs_all(ada)
    now = {**reviewable.fingerprints(), OPIOIDS.id: "other words"}
    monkeypatch.setattr(reviewable, "fingerprints", lambda: now)
    assert NOT_ALL_CHECKED in her_sheet()


def test_a_pack_of_before_is_printed_with_who_has_checked_its_words_by_then(ada: Hat) -> None:
    """The snapshot holds facts; the words are of the moment they are printed, and so is their review."""
    permit = known()
    pack = made(permit)
    signs_all(ada)
    assert "Checked by: Nurse" in said(queries.sheet_to_print(permit, pack, HERS))
    signs(ada, UNFIT, slug="any")
    assert "The first two weeks out" not in said(queries.sheet_to_print(permit, pack, HERS))


def test_welsh_that_was_signed_here_is_not_called_unchecked(ada: Hat) -> None:
    in_welsh = Edition(Reader.PERSON, Language.WELSH)
    unchecked = "Nid oes siaradwr Cymraeg wedi gwirio"
    assert unchecked in her_sheet(in_welsh)
    signs_all(ada)
    assert unchecked not in her_sheet(in_welsh)


def test_the_next_workers_sheet_asks_for_no_review(ada: Hat, django_assert_num_queries: Any) -> None:
    permit = known()
    pack = made(permit)
    signs_all(ada)
    before = queries.sheet(permit, pack, THEIRS)
    with django_assert_num_queries(_queries_of(permit, pack, HERS) - 1):
        assert queries.sheet(permit, pack, THEIRS) == before


def _queries_of(permit: Any, pack: UUID, edition: Edition) -> int:
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as counted:
        queries.sheet(permit, pack, edition)
    return len(counted)


# The pages


def look(hat: Hat, *slug: str) -> str:
    return words(signed_in(hat).get(address("words_of" if slug else "sheet_words", hat, *slug)))


def send(hat: Hat, slug: str = "opioids", **typed: str) -> HttpResponseBase:
    day = {"until_day": "2", "until_month": "11", "until_year": "2027"}
    found = {"read": reviewable.subjects()[slug].fingerprint, "form_key": str(new_id()), "job": "nurse"}
    return signed_in(hat).post(address("words_of", hat, slug), {**found, **day, **typed})


def test_before_anybody_has_the_page_says_what_that_means_and_who_can(ada: Hat) -> None:
    page = look(ada)
    assert "Nobody has reviewed these words here yet" in page
    assert "Prison healthcare, Community prescriber" in page
    for subject in reviewable.subjects().values():
        assert f'href="{address("words_of", ada, subject.slug)}"' in page
    assert OPIOIDS.lines[0].english in page
    assert OPIOIDS.lines[0].welsh in page
    assert "Joudrey 2019" in page
    assert "our plain words for it" in page
    assert re.search(r'class="tg-number"><div>\s*2\.3', page)


def test_the_page_is_for_those_who_make_packs() -> None:
    for role, status in (("prison_recovery_worker", 200), ("prison_governor", 404), ("administrator", 404)):
        hat = story.worker(role)
        for answer in (
            signed_in(hat).get(address("sheet_words", hat)),
            signed_in(hat).get(address("words_of", hat, "opioids")),
        ):
            assert answer.status_code == status


def test_who_does_not_review_reads_all_and_is_offered_no_form() -> None:
    ravi = story.worker()
    page = look(ravi, "opioids")
    assert OPIOIDS.lines[0].english in page
    assert "Sign with my name" not in page
    assert "Prison healthcare, Community prescriber" in page
    assert send(ravi, verdict="fit").status_code == 404
    assert "Sign with my name" in look(ravi, "cy")


def test_words_there_are_none_of_are_not_found(ada: Hat) -> None:
    assert signed_in(ada).get(address("words_of", ada, "nutmeg")).status_code == 404


def test_signing_stands_on_the_page_of_everybody_whose_packs_it_counts_for(ada: Hat) -> None:
    assert "2 November 2027" not in look(ada, "opioids")
    assert send(ada, verdict="fit", registration="12A3456E").status_code == 302
    for hat in (ada, story.worker()):
        page = look(hat)
        assert "A prison healthcare, Nurse (12A3456E), Organisation WELL: may be given" in page
        assert "Tue 2 Nov 2027" in page
    assert "They have said something newer since." not in look(ada, "opioids")
    send(ada, verdict="taken_back", why="Too soon.")
    page = look(ada, "opioids")
    assert "the review is taken back. Too soon." in page
    assert "They have said something newer since." in page
    assert "may be given, to be" not in look(ada)


def test_what_is_not_fit_is_said_at_once_and_what_was_typed_stays(ada: Hat) -> None:
    answer = send(ada, verdict="unfit")
    assert answer.status_code == 400
    page = words(answer)
    assert "Say why, in a few words." in page
    assert re.search(r'value="unfit" checked', page)
    assert send(ada, verdict="unfit", why="Wrong of <b>naloxone</b>.").status_code == 302
    page = words(signed_in(ada).get(address("sheet_words", ada)))
    assert "not printed here" in page
    assert b"<b>naloxone</b>" not in signed_in(ada).get(address("sheet_words", ada)).content


def test_a_review_of_other_words_or_past_its_day_says_so(ada: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    signs(ada, replace(FIT, until=date(2026, 11, 20)))
    monkeypatch.setenv("TG_CLOCK", story.noon(21).isoformat())
    assert "That day has passed: they are to be reviewed again." in look(ada)
    other = replace(OPIOIDS, lines=OPIOIDS.lines[1:])
    monkeypatch.setattr(reviewable, "subjects", lambda: {"opioids": other})
    assert "The words have changed since, so this holds no more." in look(ada)


def test_what_was_reviewed_before_it_was_shipped_is_said(ada: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = replace(OPIOIDS, upstream="Dr A (2026-10-01)")
    monkeypatch.setattr(reviewable, "subjects", lambda: {"opioids": shipped})
    assert "Reviewed before it was shipped: Dr A (2026-10-01)" in look(ada, "opioids")


def test_the_pages_of_packs_lead_there() -> None:
    ravi = story.worker()
    at = address("sheet_words", ravi)
    assert f'href="{at}"' in words(signed_in(ravi).get(address("lounge", ravi)))
    permit = known()
    pack = made(permit)
    hat = story.worker()
    page = words(signed_in(hat).get(address("pack", hat, permit.person_id, pack)))
    assert f'href="{address("sheet_words", hat)}"' in page


@pytest.mark.parametrize(
    ("on", "told"),
    [
        pytest.param(date(2027, 10, 1), "", id="more than a month before"),
        pytest.param(date(2027, 10, 2), "a review ends on Tue 2 Nov 2027", id="a month before"),
        pytest.param(date(2027, 11, 2), "a review ends on Tue 2 Nov 2027", id="its last day"),
        pytest.param(date(2027, 11, 3), "a review ended on Tue 2 Nov 2027", id="the day after"),
    ],
)
def test_who_answers_for_the_words_is_reminded_a_month_before_their_review_ends(
    ada: Hat, monkeypatch: pytest.MonkeyPatch, on: date, told: str
) -> None:
    signs(ada)
    monkeypatch.setenv("TG_CLOCK", f"{on}T12:00:00Z")
    for page in (words(signed_in(ada).get(address(name, ada))) for name in ("today", "lounge")):
        assert ("Review the words on sheets again" in page) is bool(told)
        assert told in page


def test_a_review_that_was_renewed_reminds_nobody(ada: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    signs(ada)
    signs(ada, replace(FIT, until=date(2028, 9, 1)), day=3)
    signs(ada, UNFIT, slug="naloxone")
    monkeypatch.setenv("TG_CLOCK", "2027-11-01T12:00:00Z")
    assert reviewing.ending(ada, on=date(2027, 11, 1)) == []
    assert "Review the words" not in words(signed_in(ada).get(address("today", ada)))


def test_who_makes_packs_and_reviews_nothing_reads_of_it_where_packs_are_made(
    ada: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    signs(ada)
    ravi = story.worker()
    monkeypatch.setenv("TG_CLOCK", "2027-11-01T12:00:00Z")
    pages = [words(signed_in(ravi).get(address(name, ravi))) for name in ("today", "lounge")]
    assert ["a review ends on" in page for page in pages] == [False, True]
