"""What every sheet does, whatever it records: each of these is asked of each of them."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from tests.contexts.sheets_filled import (
    ENTRIES,
    EXAMPLES,
    LAST_WORDS,
    WHATS,
    WORDS_IN,
    kept,
    look,
    opened,
    record,
    send,
    with_a_team,
    worker,
)
from throughgate.foundation.ids import new_id
from throughgate.pages.recording.sheets import SHEETS

pytestmark = pytest.mark.django_db
QueryCount = Callable[[int], Any]


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    with_a_team(monkeypatch)


def test_every_sheet_has_its_example() -> None:
    assert EXAMPLES.keys() == set(WHATS)


@pytest.mark.parametrize("what", WHATS)
def test_a_form_sent_twice_has_one_effect(what: str) -> None:
    hat = worker(what)
    url = address("sheet", hat, story.person(), what)
    form = opened(hat, url)
    first, again = (kept(send(hat, url, form, EXAMPLES[what][1])) for _ in range(2))
    assert first == again
    assert rows(ENTRIES) == [(1,)]


@pytest.mark.parametrize("what", WHATS)
def test_what_was_recorded_is_said_back_and_stands_in_the_timeline(what: str) -> None:
    hat = worker(what)
    entry_id, correct_url = record(hat, what)
    page = look(hat, f"{address('person', hat, story.person())}?kept={entry_id}")
    (sheet,) = (each for each in SHEETS if each.what == what)
    assert sheet.words().kept in page
    assert correct_url in page


# Session, worker, hat, relationships, the audit row; a draft; who, look-alikes; what there is to choose from,
# which of a team takes four: identities, entries, what they say, posts. What a task serves takes three.
QUERIES = 16


@pytest.mark.parametrize("what", WHATS)
def test_a_sheet_costs_a_bounded_number_of_queries(
    what: str, django_assert_max_num_queries: QueryCount
) -> None:
    hat = worker(what)
    client, url = signed_in(hat), address("sheet", hat, story.person(), what)
    client.get(url)  # the session learns when it began
    with django_assert_max_num_queries(QUERIES):
        client.get(url)


@pytest.mark.parametrize("what", WHATS)
def test_hidden_and_absent_give_the_same_answer(what: str) -> None:
    stranger = story.worker(at="LEI")
    client = signed_in(stranger)
    hidden = client.get(address("sheet", stranger, story.person(), what))
    absent = client.get(address("sheet", stranger, new_id(), what))
    assert (hidden.status_code, absent.status_code) == (404, 404)


def test_a_sheet_that_there_is_not_is_not_found() -> None:
    hat = worker("note")
    assert signed_in(hat).get(address("sheet", hat, story.person(), "poem")).status_code == 404


# Correcting


@pytest.mark.parametrize("what", WHATS)
def test_an_entry_is_corrected_on_its_sheet_and_what_it_said_stays(what: str) -> None:
    hat = worker(what)
    first, correct_url = record(hat, what)
    typed, others = EXAMPLES[what][1:]
    assert typed[WORDS_IN[what]] in look(hat, correct_url)
    form = opened(hat, correct_url)
    answers = [send(hat, correct_url, form, typed, others, {"reason": "A slip"}) for _ in range(2)]
    second, again = map(kept, answers)
    assert second == again != first
    page = look(hat, address("person", hat, story.person()))
    assert others[WORDS_IN[what]] in page
    assert "corrected: A slip" in page
    assert typed[WORDS_IN[what]] in look(hat, address("history", hat, story.person(), second))
    assert rows("SELECT happened_at FROM record_entry WHERE id = %s", first) == rows(
        "SELECT happened_at FROM record_entry WHERE id = %s", second
    )


@pytest.mark.parametrize("what", WHATS)
def test_a_correction_says_why(what: str) -> None:
    hat = worker(what)
    _entry, correct_url = record(hat, what)
    answer = send(hat, correct_url, opened(hat, correct_url), *EXAMPLES[what][1:])
    assert answer.status_code == 400
    assert "Say why" in words(answer)
    long = send(hat, correct_url, opened(hat, correct_url), *EXAMPLES[what][1:], {"reason": "why " * 100})
    assert "in up to 250 characters" in words(long)


@pytest.mark.parametrize("what", [what for what in WHATS if what != "pressure"])  # which one alone reads
def test_two_who_correct_one_version_see_both_and_nothing_is_lost(what: str) -> None:
    one, other = worker(what), worker(what)
    first, correct_url = record(one, what)
    others_url = address("correct", other, story.person(), first)
    mine, theirs = opened(one, correct_url), opened(other, others_url)
    typed, differently = EXAMPLES[what][1:]
    reason = {"reason": "A slip"}
    kept(send(other, others_url, theirs, typed, differently, reason))
    answer = send(one, correct_url, mine, typed, {WORDS_IN[what]: "What I say."}, reason)
    assert answer.status_code == 409
    assert differently[WORDS_IN[what]] in words(answer)
    assert "What I say." in words(answer)
    anew = dict(re.findall(r'<input type="hidden" name="(form_key|corrects)" value="([^"]+)"', words(answer)))
    on_top = kept(send(one, correct_url, anew, typed, {WORDS_IN[what]: "What I say."}, reason))
    history = look(one, address("history", one, story.person(), on_top))
    for said in (typed[WORDS_IN[what]], differently[WORDS_IN[what]], "What I say."):
        assert said in history


@pytest.mark.parametrize("what", LAST_WORDS)
def test_a_newer_word_of_somebody_else_is_shown_before_it_is_overtaken(what: str) -> None:
    one, other = worker(what), worker(what)
    urls = [address("sheet", hat, story.person(), what) for hat in (one, other)]
    mine, theirs = opened(one, urls[0]), opened(other, urls[1])
    typed, differently = EXAMPLES[what][1:]
    kept(send(other, urls[1], theirs, typed, differently))
    answer = send(one, urls[0], mine, typed)
    assert answer.status_code == 409
    assert differently[WORDS_IN[what]] in words(answer)
    anew = dict(re.findall(r'<input type="hidden" name="(form_key)" value="([^"]+)"', words(answer)))
    kept(send(one, urls[0], anew, typed))


def test_nobody_corrects_what_another_organisation_or_a_feed_wrote() -> None:
    entry_id, _url = record(worker("contact"), "contact")
    of_the_prison = story.worker()
    for each in (entry_id, story.an_entry()):
        url = address("correct", of_the_prison, story.person(), each)
        assert "cannot be corrected here" in look(of_the_prison, url)
    assert "/correct/" not in look(of_the_prison, address("person", of_the_prison, story.person()))
