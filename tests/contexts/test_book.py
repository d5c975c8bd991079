"""Codes, words and visits, against the database."""

import re
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext

from tests import database, story
from tests.content import rows
from throughgate.book import actions, queries
from throughgate.book.actions import Given
from throughgate.book.rules import Level, NotDone, Visit, Why
from throughgate.foundation import paper_codes
from throughgate.foundation.errors import Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.people import actions as people
from throughgate.staff.models import Worker

pytestmark = pytest.mark.django_db
BORN = date(1989, 5, 4)
ANOTHER = date(1988, 5, 4)
NOWHERE = paper_codes.written(paper_codes.code_of([0] * 11))  # a code that nobody was given
HERE = "192.0.2.1"


@pytest.fixture(autouse=True)
def dee() -> UUID:
    story.bring_in(story.document())
    return story.person()


@pytest.fixture
def ravi(dee: UUID) -> Permit:
    """A worker has Dee's record open."""
    return story.opens(story.worker(), dee)


def opened(given: Given | str, born: date = BORN, *, at: datetime = story.NOON, place: str = HERE) -> str:
    code = given if isinstance(given, str) else given.code
    return actions.open_with_code(code, born, place=place, at=at)


def why_not(given: Given | str, born: date = BORN, *, place: str = HERE) -> Why:
    with pytest.raises(NotDone) as refused:
        opened(given, born, place=place)
    return refused.value.why


def visit(held: str, *, minutes: int = 0) -> Visit:
    found = actions.visit(held, at=story.NOON + timedelta(minutes=minutes))
    assert found is not None
    return found


def kinds() -> list[str]:
    found = rows("SELECT kind FROM record_entry WHERE starts_with(kind, 'book') ORDER BY id")
    return [kind for (kind,) in found]


# Codes


def test_a_code_and_the_birth_date_open_the_book_of_one_person(ravi: Permit, dee: UUID) -> None:
    given = actions.give_code(ravi)
    found = visit(opened(given))
    assert (found.person_id, found.level, found.beside) == (dee, Level.PAPER, None)
    assert given.birth_dates == (BORN,)
    assert kinds() == ["book_code_given"]


def test_nothing_of_a_code_or_a_birth_date_stands_in_the_database(ravi: Permit) -> None:
    given = actions.give_code(ravi)
    opened(given)
    stood = str(rows("SELECT * FROM book_code")) + str(rows("SELECT * FROM book_try"))
    code = given.code.replace("-", "")
    assert [word in stood for word in (code, given.code, "1989-05-04", HERE)] == [False] * 4


def test_a_wrong_code_and_a_wrong_birth_date_are_one_answer_by_the_same_questions(ravi: Permit) -> None:
    given = actions.give_code(ravi)
    asked = []
    for code, born in ((given.code, ANOTHER), (NOWHERE, BORN)):
        with CaptureQueriesContext(connection) as captured:
            assert why_not(code, born) is Why.WRONG
        asked.append([re.sub(r"'[^']*'|x\d+", "", each["sql"]) for each in captured.captured_queries])
    assert asked[0] == asked[1]


def test_what_is_no_code_is_told_without_a_try() -> None:
    assert why_not("CD23-FHJK") is Why.NOT_A_CODE
    assert rows("SELECT FROM book_try") == []


@pytest.mark.parametrize("is_there", [True, False], ids=["a code", "a code that there is none of"])
def test_five_wrong_dates_lock_a_code_whether_or_not_it_exists(ravi: Permit, *, is_there: bool) -> None:
    given = actions.give_code(ravi)
    code = given.code if is_there else NOWHERE
    for _ in range(5):
        assert why_not(code, ANOTHER) is Why.WRONG
    assert why_not(code) is Why.TOO_OFTEN
    locked = queries.code(ravi)
    assert locked is not None
    assert locked.is_locked is is_there


def test_who_was_locked_out_comes_in_with_a_new_code(ravi: Permit) -> None:
    old = actions.give_code(ravi)
    for _ in range(5):
        why_not(old, ANOTHER)
    assert visit(opened(actions.give_code(ravi))).level is Level.PAPER


def test_whoever_tries_many_codes_from_one_place_has_to_wait(ravi: Permit) -> None:
    given = actions.give_code(ravi)
    for number in range(30):
        code = paper_codes.written(paper_codes.code_of([number % 23, number // 23, *[1] * 9]))
        assert why_not(code) is Why.WRONG
    assert why_not(given) is Why.TOO_MANY
    assert opened(given, place="192.0.2.2")
    assert opened(given, at=story.NOON + timedelta(minutes=16))


def test_a_code_ends_by_itself(ravi: Permit) -> None:
    given = actions.give_code(ravi)
    last = story.days_after(story.NOON, (given.last_on - story.NOON.date()).days)
    assert opened(given, at=last)
    with pytest.raises(NotDone):
        opened(given, at=last + timedelta(days=1))


def test_a_new_code_stops_the_one_before_and_what_it_opened(ravi: Permit) -> None:
    old = actions.give_code(ravi)
    held = opened(old)
    actions.give_code(ravi)
    assert why_not(old) is Why.WRONG
    assert actions.visit(held, at=story.NOON) is None


def test_a_stopped_code_shuts_what_it_opened_and_is_stopped_once(ravi: Permit) -> None:
    held = opened(actions.give_code(ravi))
    actions.stop_code(ravi)
    actions.stop_code(ravi)
    assert actions.visit(held, at=story.NOON) is None
    assert queries.code(ravi) is None
    assert kinds() == ["book_code_given", "book_code_stopped"]


def test_roles_that_give_no_codes_neither_give_nor_stop_one(ravi: Permit, dee: UUID) -> None:
    given = actions.give_code(ravi)
    officer = story.opens(story.worker("prison_officer"), dee)
    for deed in (actions.give_code, actions.stop_code, actions.open_beside):
        with pytest.raises(Refused, match="Your role does not"):
            deed(officer)
    assert (queries.gives_codes(officer), queries.sits_beside(officer)) == (False, False)
    assert (queries.gives_codes(ravi), queries.sits_beside(ravi)) == (True, True)
    assert opened(given)


def test_without_a_birth_date_no_code_is_given() -> None:
    story.bring_in(story.document(story.GETHIN, bookingId="2", dateOfBirth=None))
    with pytest.raises(Refused, match="No birth date is recorded"):
        actions.give_code(story.opens(story.worker(), story.person(story.GETHIN)))


def test_a_worker_sees_when_a_code_was_given_and_used_and_never_the_code(ravi: Permit) -> None:
    assert queries.code(ravi) is None
    given = actions.give_code(ravi)
    opened(given, at=story.NOON + timedelta(minutes=1))
    found = queries.code(ravi)
    assert found == (story.NOON, ravi.worker_id, given.last_on, story.NOON + timedelta(minutes=1), False)


# Visits


def test_a_visit_goes_on_by_being_used_and_shuts_when_it_is_not(ravi: Permit) -> None:
    held = opened(actions.give_code(ravi))
    visit(held, minutes=9)
    visit(held, minutes=18)
    assert actions.visit(held, at=story.NOON + timedelta(minutes=28)) is None
    assert actions.visit("something else", at=story.NOON) is None


def test_who_leaves_has_left(ravi: Permit) -> None:
    held = opened(actions.give_code(ravi))
    actions.leave(held, at=story.NOON)
    assert actions.visit(held, at=story.NOON) is None


def test_the_book_of_somebody_who_died_stays_shut(ravi: Permit, dee: UUID) -> None:
    held = opened(actions.give_code(ravi))
    people.note_death(ravi, [dee], state="confirmed")
    assert actions.visit(held, at=story.NOON) is None


def test_beside_a_worker_it_is_written_on_the_record_and_lasts_half_an_hour(ravi: Permit) -> None:
    held = actions.open_beside(ravi)
    assert (visit(held).level, visit(held).beside) == (Level.BESIDE, ravi.worker_id)
    assert kinds() == ["book_beside"]
    for minutes in (9, 18, 27):
        visit(held, minutes=minutes)
    assert actions.visit(held, at=story.NOON + timedelta(minutes=30)) is None


def test_it_shuts_when_the_worker_beside_them_has_left_the_job(ravi: Permit) -> None:
    held = actions.open_beside(ravi)
    assert ravi.worker_id
    Worker.objects.filter(id=ravi.worker_id).update(is_active=False)
    assert actions.visit(held, at=story.NOON) is None


# Words


def chosen(permit: Permit, word: str = "Lantern by the gate") -> None:
    actions.choose_word(permit, visit(actions.open_beside(permit)), word)


def test_a_word_opens_the_book_further_and_changes_what_the_browser_holds(ravi: Permit) -> None:
    chosen(ravi)
    held = opened(actions.give_code(ravi))
    further = actions.say_word(ravi, visit(held), " lantern  BY the gate", place=HERE)
    assert visit(further).level is Level.WORD
    assert actions.visit(held, at=story.NOON) is None


def test_who_hides_has_to_say_the_word_again(ravi: Permit) -> None:
    chosen(ravi)
    held = opened(actions.give_code(ravi))
    further = actions.say_word(ravi, visit(held), "lantern by the gate", place=HERE)
    actions.hide(further)
    assert visit(further).level is Level.PAPER


def test_five_wrong_words_lock_it_until_a_new_one_is_chosen(ravi: Permit) -> None:
    chosen(ravi)
    here = visit(opened(actions.give_code(ravi)))
    for _ in range(5):
        assert wrong_word(ravi, here, "teacup") is Why.WRONG_WORD
    assert wrong_word(ravi, here, "lantern by the gate") is Why.WORD_LOCKED
    later = story.opens(story.worker(), ravi.person_id, at=story.NOON + timedelta(minutes=1))
    chosen(later, "umbrella stand")
    assert actions.say_word(later, here, "umbrella stand", place=HERE)


def test_a_right_word_begins_the_count_anew(ravi: Permit) -> None:
    chosen(ravi)
    here = visit(opened(actions.give_code(ravi)))
    for moment in range(3):
        permit = story.opens(story.worker(), ravi.person_id, at=story.NOON + timedelta(minutes=moment + 1))
        for _ in range(3):
            assert wrong_word(permit, here, "teacup") is Why.WRONG_WORD
        actions.say_word(permit, here, "lantern by the gate", place=HERE)


def test_where_no_word_was_chosen_none_is_right(ravi: Permit) -> None:
    here = visit(opened(actions.give_code(ravi)))
    assert wrong_word(ravi, here, "lantern") is Why.WRONG_WORD
    assert wrong_word(ravi, here, "") is Why.WRONG_WORD


@pytest.mark.parametrize(
    ("word", "why"), [("lamp", Why.WORD_SHORT), ("sunshine", Why.WORD_USUAL), ("l" * 101, Why.WORD_LONG)]
)
def test_a_word_soon_guessed_is_not_kept(ravi: Permit, word: str, why: Why) -> None:
    with pytest.raises(NotDone) as refused:
        chosen(ravi, word)
    assert refused.value.why is why
    assert rows("SELECT FROM book_word") == []


def test_paper_alone_chooses_no_word(ravi: Permit) -> None:
    here = visit(opened(actions.give_code(ravi)))
    with pytest.raises(NotDone) as refused:
        actions.choose_word(ravi, here, "lantern by the gate")
    assert refused.value.why is Why.WORD_NOT_HERE


def wrong_word(permit: Permit, here: Visit, word: str) -> Why:
    with pytest.raises(NotDone) as refused:
        actions.say_word(permit, here, word, place=HERE)
    return refused.value.why


# Of a version before


def test_what_they_had_begun_moves_to_the_drafts_of_workers(dee: UUID) -> None:
    with database.role("owner"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        MigrationExecutor(connection).migrate([("book", "0007_forms_begun")])
        cursor.execute(
            "INSERT INTO book_begun (id, person_id, what, typed, saved_at) VALUES (%s, %s, 'tell', '{}', %s)",
            [new_id(), dee, story.NOON],
        )
        MigrationExecutor(connection).migrate([("book", "0008_forms_begun_stand_with_the_others")])
    found = rows("SELECT person_id, post_id, what, saved_at FROM record_formdraft")
    assert found == [(dee, None, "tell", story.NOON)]
