"""What every sheet does, whatever it records: each of these is asked of each of them."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.http.response import HttpResponseBase

from tests import database, story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.pages.recording.sheets import SHEETS
from throughgate.pathway import queries as pathway
from throughgate.record.rules import Form
from throughgate.referral import actions as referral
from throughgate.referral.actions import Meeting
from throughgate.staff import actions as staff
from throughgate.staff import queries as posts
from throughgate.staff.queries import Hat
from throughgate.team import actions as team
from throughgate.team.rules import Goal, Task
from throughgate.wiring.schedule import forget_drafts

pytestmark = pytest.mark.django_db
QueryCount = Callable[[int], Any]
BOOKED = "an appointment that is over"
JOINED, ASKED, WANTED = "Kofi joins", "what Kofi was asked", "what she wants"
KOFI = "Kofi Footpath"  # stands for his post, where a browser sends that
ME = "me"  # for the worker's own


def typed_on(day: int, name: str = "on") -> dict[str, str]:
    """A day of November as it is typed."""
    return {f"{name}_day": str(day), f"{name}_month": "11", f"{name}_year": "2026"}


# Of each sheet: the role that fills it in, what is typed, and what somebody else would have typed.
EXAMPLES: Mapping[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "contact": (
        "prison_recovery_worker",
        {"mode": "telephone", "outcome": "no_answer", "text": "Rang twice."},
        {"text": "Rang three times."},
    ),
    "appointment": (
        "prison_recovery_worker",
        {
            "what": "prescriber",
            "on_day": "12",
            "on_month": "11",
            "on_year": "2026",
            "text": "Bring the letter.",
        },
        {"text": "Bring nothing."},
    ),
    "outcome": (
        "prison_recovery_worker",
        {"appointment": BOOKED, "outcome": "not_let_out", "text": "Locked up all day."},
        {"outcome": "not_attended", "text": "Stayed in bed."},
    ),
    "ready": (
        "prison_recovery_worker",
        {"item": "home", "state": "in_hand", "text": "Her sister is asked."},
        {"state": "confirmed", "text": "Her sister said yes."},
    ),
    "step": (
        "prison_recovery_worker",
        {"step": "in_reach", "state": "done", "text": "Her keyworker came."},
        {"state": "not_needed", "text": "Her keyworker knows her."},
    ),
    "note": (
        "prison_recovery_worker",
        {"kind": "note_plan", "text": "Asks for her sister."},
        {"text": "Asks for her brother."},
    ),
    "passed-on": (
        "prison_recovery_worker",
        {
            "to_whom": "Safer custody, HMP Moorland",
            "text": "She means to harm herself tonight.",
            "ground": "public_interest",
            "why": "Nobody would have looked in on her.",
            "telling": "in_person",
        },
        {"text": "She may harm herself tonight."},
    ),
    "last-dose": (
        "prison_recovery_worker",
        {"medicine": "Methadone", "dose": ".5", "unit": "ml", **typed_on(8), "at_time": "08:40"},
        {"medicine": "Buprenorphine"},
    ),
    "medicine": (
        "prison_recovery_worker",
        {"medicine": "Methadone", "dose": "60", "unit": "ml", "prescriber": "Dr Stamp"},
        {"prescriber": "Dr Thermos"},
    ),
    "naloxone": (
        "prison_recovery_worker",
        {"state": "trained", "text": "Showed me how."},
        {"state": "in_hand", "text": "Two kits in her bag."},
    ),
    "release-date": (
        "offender_management",
        {"date_type": "CRD", "certainty": "said", **typed_on(27, "expected_on"), "told_by": "Mo Clipboard"},
        {"told_by": "Una Gate"},
    ),
    "need": (
        "prison_recovery_worker",
        {"domain": "home", "how_far": "high", "matters": "first", "text": "Has no tenancy."},
        {"how_far": "crisis", "text": "Lost it today."},
    ),
    "before": (
        "prison_recovery_worker",
        {"topic": "gp", "had": "yes", "text": "Rang the surgery."},
        {"had": "no", "text": "Was never registered."},
    ),
    "message": (
        "prison_recovery_worker",
        {"kind": "message_plan", "post": "all", "text": "Who can meet her?"},
        {"text": "Who can wait for her?"},
    ),
    "task": (
        "prison_recovery_worker",
        {"post": KOFI, "text": "Find her a coat.", "serves": WANTED, **typed_on(12, "by")},
        {"text": "Find her a bag."},
    ),
    "task_word": (
        "prison_recovery_worker",
        {"about": ASKED, "state": "done", "text": "He rang her sister."},
        {"state": "could_not", "text": "Her sister is away."},
    ),
    "goal": (
        "prison_recovery_worker",
        {"domain": "home", "whose": "worker", "text": "A door of her own.", "agreed": "not_agreed"}
        | typed_on(30, "by"),
        {"text": "A room of my own."},
    ),
    "goal_word": (
        "prison_recovery_worker",
        {"about": WANTED, "state": "going", "text": "The form is sent."},
        {"state": "paused", "text": "The form came back."},
    ),
    "reason": (
        "prison_recovery_worker",
        {"part": "worth", "which": "children", "text": "My two."},
        {"text": "My three."},
    ),
    "hard-day": (
        "prison_recovery_worker",
        {"text": "My mother's day.", "is_yearly": "yes", "helps": "A call.", **typed_on(24, "falls_on")},
        {"text": "My brother's day."},
    ),
    "unmet": (
        "prison_recovery_worker",
        {"domain": "home", "place": "Anywhere", "text": "No place for two with a dog."},
        {"text": "No place for two."},
    ),
    "support_wish": (
        "prison_recovery_worker",
        {"sign": "angry", "text": "Leave me ten minutes."},
        {"text": "Leave me an hour."},
    ),
    "meeting-wish": (
        "prison_recovery_worker",
        {"setting": "walking", "worker": "A woman", "text": "Not before ten."},
        {"text": "Not before noon."},
    ),
    "pressure": (
        "prison_recovery_worker",
        {"post": ME, "text": "He says I owe him.", "plan": "Rings me first."},
        {"text": "He says I owe them all."},
    ),
    "join_team": (
        "prison_recovery_worker",
        {"who": "kofi  footpath", "why": "Meets her at the gate.", "agreed": "asked"},
        {"why": "Walks with her."},
    ),
    "leave_team": (
        "prison_recovery_worker",
        {"post": KOFI, "why": "Moves away.", "agreed": "said_yes"},
        {"why": "Moves to another town."},
    ),
    "outside": (
        "prison_recovery_worker",
        {"name": "Sam Sponsor", "holds": "on", "text": "Rings on Sundays.", "agreed": "asked"},
        {"text": "Rings on Mondays."},
    ),
    "lead": (
        "prison_recovery_worker",
        {"domain": "home", "post": KOFI, "agreed": "said_yes", "text": "Has a key."},
        {"text": "Has two keys."},
    ),
    "sharing": (
        "prison_recovery_worker",
        {
            "topic": "family",
            "towards": "all",
            "purpose": "all",
            "answer": "keep_back",
            "state": "settled",
            "place": "private_room",
            "way": "spoke",
            "text": "Nobody asks my mother.",
        },
        {"text": "Ask my mother first."},
    ),
    "must-not-know": (
        "prison_recovery_worker",
        {"who": "somebody_else", "name": "Dai Umbrella", "holds": "must_not", "text": "Hit her."},
        {"text": "Follows her."},
    ),
    "limited-record": (
        "prison_recovery_worker",
        {"who": "MDI PATH", "text": "In danger."},
        {"text": "In great danger."},
    ),
    "protected-address": (
        "womens_service_worker",
        {"text": "1 Hidden Lane, c/o Harbour House."},
        {"text": "2 Hidden Lane, c/o Harbour House."},
    ),
    "trusted-person": (
        "prison_recovery_worker",
        {"name": "Nan Marlowe", "relation": "grandmother", "holds": "trusted", "text": "Rings on Sundays."},
        {"text": "Rings on Mondays."},
    ),
}
WHATS = [sheet.what for sheet in SHEETS]
# Of which only the newest counts.
LAST_WORDS = [
    *("outcome", "ready", "step", "medicine", "naloxone", "release-date", "need", "before"),
    *("task_word", "goal_word", "support_wish", "join_team", "leave_team", "lead"),
    *("outside", "meeting-wish"),
    *("sharing", "must-not-know", "limited-record", "protected-address", "trusted-person"),
]
# The control that holds words, where it is not "text".
WORDS_IN = defaultdict(
    lambda: "text",
    {"last-dose": "medicine", "medicine": "prescriber", "release-date": "told_by"}
    | {"join_team": "why", "leave_team": "why"},
)
ENTRIES = f"""
SELECT count(*) FROM record_entry WHERE source = 'hand'
AND source_reference NOT IN ('{BOOKED}', '{JOINED}', '{ASKED}', '{WANTED}')
"""


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(story.document(conditionalReleaseDate="2026-12-03"))
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())
    story.organisation("PATH")
    permit = story.opens(story.worker(at="PATH", works_in=["MDI"]), story.person())
    referral.book(permit, Meeting("gp"), on=date(2026, 11, 6), at_time=None, form=Form(BOOKED))
    a_team(permit)


def a_team(permit: Permit) -> None:
    """Kofi is on it, and was asked something; she wants something."""
    story.organisation("STEP", "peer_support")
    staff.add_worker(
        email="kofi@example.org",
        name=KOFI,
        role="peer_mentor",
        organisation="STEP",
        team="Peer mentors",
        works_in=[],
        password=None,
        on=date(2026, 1, 1),
    )
    at = permit.at
    team.join(permit, who=KOFI, why="Knows her", agreed="asked", at=at, form=Form(JOINED))
    task = Task(post_id=kofis_post(), text="Ring her sister")
    team.ask(permit, task, at=at, form=Form(ASKED))
    goal = Goal(domain="home", whose="person", text="To stay")
    team.set_goal(permit, goal, at=at, form=Form(WANTED))


def kofis_post() -> UUID:
    (hat,) = posts.named(KOFI, on=date(2026, 11, 9))
    return hat.post_id


def worker(what: str) -> Hat:
    role, _typed, _others = EXAMPLES[what]
    return story.worker(role, "PATH", works_in=["MDI"])


def opened(hat: Hat, url: str) -> dict[str, str]:
    """What stands in a sheet before anything is typed: what a browser would send of it."""
    return dict(
        re.findall(r'<input type="hidden" name="(form_key|corrects)" value="([^"]+)"', look(hat, url))
    )


def look(hat: Hat, url: str) -> str:
    return words(signed_in(hat).get(url))


def send(hat: Hat, url: str, form: Mapping[str, str], *typed: Mapping[str, str]) -> HttpResponseBase:
    sent = dict(form)
    for each in typed:
        sent.update({name: post(hat, value) for name, value in each.items()})
    return signed_in(hat).post(url, sent)


def post(hat: Hat, value: str) -> str:
    """What a browser sends where somebody is chosen."""
    if value == KOFI:
        return str(kofis_post())
    return str(hat.post_id) if value == ME else value


def kept(answer: HttpResponseBase) -> str:
    """The id of the entry that an answer says was made."""
    assert answer.status_code == 302, words(answer)
    return answer.headers["Location"].partition("kept=")[2]


def record(hat: Hat, what: str) -> tuple[str, str]:
    """Something is recorded with a sheet: the entry, and the address to correct it at."""
    url = address("sheet", hat, story.person(), what)
    entry_id = kept(send(hat, url, opened(hat, url), EXAMPLES[what][1]))
    return entry_id, address("correct", hat, story.person(), entry_id)


def test_every_sheet_has_its_example() -> None:
    assert list(EXAMPLES) == WHATS


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
@pytest.mark.parametrize("at_once", [2, 16])
@pytest.mark.parametrize("what", WHATS)
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
