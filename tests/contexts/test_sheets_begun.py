"""What every sheet does before it is sent, after it, and sent by several at one moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.http.response import HttpResponseBase

from tests import database, story
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
from throughgate.pathway import queries as pathway
from throughgate.staff.queries import Hat
from throughgate.wiring.schedule import forget_drafts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    with_a_team(monkeypatch)


# Taking back


def undo(hat: Hat, entry_id: str) -> HttpResponseBase:
    return signed_in(hat).post(address("undo", hat, story.person(), entry_id))


@pytest.mark.parametrize("what", WHATS)
def test_what_was_just_recorded_is_taken_back_once(what: str) -> None:
    hat = worker(what)
    entry_id, correct_url = record(hat, what)
    person_url = address("person", hat, story.person())
    assert address("undo", hat, story.person(), entry_id) in look(hat, f"{person_url}?kept={entry_id}")
    for _time in range(2):
        answer = undo(hat, entry_id)
        page = look(hat, answer.headers["Location"])
        assert "It has been taken back" in page
        assert EXAMPLES[what][1][WORDS_IN[what]] not in page
    assert rows("SELECT count(*) FROM record_entry WHERE kind = 'withdrawn'") == [(1,)]
    assert "cannot be corrected here" in look(hat, correct_url)
    assert EXAMPLES[what][1][WORDS_IN[what]] in look(hat, address("history", hat, story.person(), entry_id))


def test_readiness_taken_back_changes_the_plan() -> None:
    hat = worker("ready")
    record(hat, "note")  # brings the plan in step with the day
    before = steps(hat)
    entry_id, _url = record(hat, "ready")
    assert steps(hat) != before
    undo(hat, entry_id)
    assert steps(hat) == before


def steps(hat: Hat) -> object:
    plan = pathway.plan(story.opens(hat, story.person(), at=story.noon(9)))
    return plan and plan.steps


def test_what_stood_for_a_while_is_corrected_and_not_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    hat = worker("note")
    entry_id, _url = record(hat, "note")
    colleague = worker("note")
    assert "Only whoever wrote this" in words(undo(colleague, entry_id))
    signed_in(hat).get(address("undo", hat, story.person(), entry_id))  # a look takes nothing back
    monkeypatch.setenv("TG_CLOCK", story.noon(9).replace(minute=11).isoformat())
    assert "more than 10 minutes ago" in words(undo(hat, entry_id))
    page = look(hat, f"{address('person', hat, story.person())}?kept={entry_id}")
    assert (EXAMPLES["note"][1]["text"] in page, "Undo" in page) == (True, False)


def test_a_correction_is_not_taken_back() -> None:
    hat = worker("note")
    _first, url = record(hat, "note")
    second = kept(send(hat, url, opened(hat, url), *EXAMPLES["note"][1:], {"reason": "A slip"}))
    assert "Undo" not in look(hat, f"{address('person', hat, story.person())}?kept={second}")
    assert "has been corrected" in words(undo(hat, second))


# Drafts

DRAFT = {"deed": "draft"}
KEPT = "Kept as a draft on Mon 9 Nov 2026, 12:00"


@pytest.mark.parametrize("what", WHATS)
def test_what_is_begun_is_kept_and_found_again_until_it_is_sent(what: str) -> None:
    hat = worker(what)
    url = address("sheet", hat, story.person(), what)
    form, typed = opened(hat, url), EXAMPLES[what][1]
    assert KEPT not in look(hat, url)
    assert send(hat, url, form, typed, DRAFT).status_code == 302
    page = look(hat, url)
    assert KEPT in page
    assert typed[WORDS_IN[what]] in page
    assert opened(hat, url) == form
    kept(send(hat, url, form, typed))
    assert KEPT not in look(hat, url)
    assert rows("SELECT FROM record_formdraft") == []


def test_the_script_of_a_page_gets_the_words_alone() -> None:
    hat = worker("note")
    url = address("sheet", hat, story.person(), "note")
    answer = signed_in(hat).post(url, {"text": "Asks", **DRAFT}, headers={"accept": "text/plain"})
    assert (answer.status_code, words(answer)) == (200, KEPT)


def test_a_draft_is_seen_by_nobody_else_and_in_no_other_hat() -> None:
    hat, colleague = worker("note"), worker("note")
    url = address("sheet", hat, story.person(), "note")
    send(hat, url, opened(hat, url), EXAMPLES["note"][1], DRAFT)
    page = look(colleague, address("sheet", colleague, story.person(), "note"))
    assert EXAMPLES["note"][1]["text"] not in page
    audited = "SELECT actor_id, person_id, detail FROM audit_event WHERE action = 'keep draft'"
    assert rows(audited) == [(hat.worker_id, story.person(), '{"form": "note"}')]


def test_a_draft_is_thrown_away() -> None:
    hat = worker("note")
    url = address("sheet", hat, story.person(), "note")
    send(hat, url, opened(hat, url), EXAMPLES["note"][1], DRAFT)
    for _time in range(2):
        assert send(hat, url, {"deed": "throw_away"}).status_code == 302
    assert EXAMPLES["note"][1]["text"] not in look(hat, url)
    assert rows("SELECT count(*) FROM audit_event WHERE action = 'throw away draft'") == [(1,)]


def test_a_draft_that_comes_after_its_form_was_sent_is_none() -> None:
    hat = worker("note")
    url = address("sheet", hat, story.person(), "note")
    form = opened(hat, url)
    kept(send(hat, url, form, EXAMPLES["note"][1]))
    send(hat, url, form, EXAMPLES["note"][1], DRAFT)
    assert KEPT not in look(hat, url)


def test_a_correction_has_a_draft_of_its_own() -> None:
    hat = worker("note")
    _first, correct_url = record(hat, "note")
    form = opened(hat, correct_url)
    send(hat, correct_url, form, *EXAMPLES["note"][1:], {"reason": "A slip"}, DRAFT)
    page = look(hat, correct_url)
    assert EXAMPLES["note"][2]["text"] in page
    assert 'value="A slip"' in page
    assert KEPT not in look(hat, address("sheet", hat, story.person(), "note"))
    kept(send(hat, correct_url, form, *EXAMPLES["note"][1:], {"reason": "A slip"}))


def test_a_draft_is_forgotten_after_two_weeks(monkeypatch: pytest.MonkeyPatch) -> None:
    hat = worker("note")
    url = address("sheet", hat, story.person(), "note")
    send(hat, url, opened(hat, url), EXAMPLES["note"][1], DRAFT)
    left = []
    for day in (23, 24):
        monkeypatch.setenv("TG_CLOCK", story.noon(day).isoformat())
        with database.role("worker"):
            forget_drafts()
        left += rows("SELECT count(*) FROM record_formdraft")
    assert left == [(1,), (0,)]


# At one moment


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("what", "at_once"), [(WHATS[0], 16), *((what, 2) for what in WHATS)])
def test_of_several_who_correct_one_version_one_wins_and_nothing_is_lost(what: str, at_once: int) -> None:
    hat = worker(what)
    _first, url = record(hat, what)
    forms = [opened(hat, url) for _ in range(at_once)]
    answers = together(lambda form: send(hat, url, form, *EXAMPLES[what][1:], {"reason": "A slip"}), forms)
    assert sorted(answers) == [302] + [409] * (at_once - 1)
    assert rows(ENTRIES) == [(2,)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", WHATS)
def test_a_form_sent_many_times_at_one_moment_has_one_effect(what: str) -> None:
    hat = worker(what)
    url = address("sheet", hat, story.person(), what)
    form = opened(hat, url)
    assert together(lambda each: send(hat, url, each, EXAMPLES[what][1]), [form] * 6) == [302] * 6
    assert rows(ENTRIES) == [(1,)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", LAST_WORDS)
def test_of_several_last_words_one_is_kept_and_the_others_are_shown_it(what: str) -> None:
    hat = worker(what)
    url = address("sheet", hat, story.person(), what)
    forms = [opened(hat, url) for _ in range(4)]
    answers = together(lambda form: send(hat, url, form, EXAMPLES[what][1]), forms)
    assert sorted(answers) == [302, 409, 409, 409]


def together(deed: Callable[[dict[str, str]], HttpResponseBase], forms: list[dict[str, str]]) -> list[int]:
    """How each of several who send at one moment is answered."""
    start = Barrier(len(forms))

    def one(form: dict[str, str]) -> int:
        try:
            start.wait(60)
            return deed(form).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(forms)) as all_of_them:
        return list(all_of_them.map(one, forms))
