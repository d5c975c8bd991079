"""What a person answers themselves, in their own book, as their browser asks for it."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import story
from tests.content import rows
from tests.contexts.clients import address, beside_them, signed_in, words
from tests.contexts.pages import said
from tests.contexts.test_assessment_pages import answered, begun, look, shown, told
from tests.contexts.test_mine_pages import opened
from throughgate.foundation.ids import new_id
from throughgate.staff.queries import Hat
from throughgate.wiring.schedule import forget_drafts

pytestmark = pytest.mark.django_db
QUESTIONS = "/mine/questions/"


@pytest.fixture(autouse=True)
def on_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    it_is(monkeypatch, 2)
    story.bring_in(story.document())


def it_is(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(day).isoformat())


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


@pytest.fixture
def nurse() -> Hat:
    return story.worker("prison_healthcare")


@pytest.fixture
def dee(ravi: Hat) -> Client:
    return beside_them(ravi)


def begins(client: Client, stage: str = "update") -> str:
    """The address of the sitting she begins."""
    answer = client.post(QUESTIONS, {"what": stage})
    assert answer.status_code == 302, words(answer)
    return str(answer.headers["Location"]).rpartition("/")[0].rpartition("/")[0] + "/"


def send(client: Client, url: str, **typed: Any) -> HttpResponseBase:
    return client.post(url, {"form_key": str(new_id()), **typed})


def says(client: Client, url: str, **typed: Any) -> str:
    """The page that a topic leads to once it is kept."""
    answer = send(client, url, **typed)
    assert answer.status_code == 302, words(answer)
    return words(client.get(answer.headers["Location"]))


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return words(answer)


def test_paper_alone_opens_no_question(ravi: Hat) -> None:
    assert opened(ravi).get(QUESTIONS).headers["Location"] == "/mine/word/"


def test_what_she_answers_is_hers_and_a_worker_reads_whose_word_it_is(dee: Client, nurse: Hat) -> None:
    assert "What has changed" in page(dee, QUESTIONS)
    found = says(dee, begins(dee) + "update/", q_changed=["home", "money"], q_changed_how="worse")
    assert ("My home, Money" in found, "Worse" in found) == (True, True)
    kept = rows(
        "SELECT DISTINCT entry.source, entry.recorded_by, said.way, said.setting, said.stage"
        " FROM assessment_answers said JOIN record_entry entry ON entry.id = said.entry_id"
    )
    assert kept == [("person", None, "self", "custody", "update")]
    assert "Answered by the person" in look(nurse, "ask_known")


def test_leaving_all_of_it_out_costs_nothing_and_keeps_nothing(dee: Client) -> None:
    url = begins(dee)
    assert "Leave out what you like: it costs you nothing." in page(dee, url + "update/")
    assert "Nothing said." in says(dee, url + "update/")
    assert rows("SELECT count(*) FROM assessment_answers") == [(0,)]


def test_what_is_typed_waits_for_her_and_is_forgotten_once_it_is_sent(
    dee: Client, ravi: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = begins(dee) + "update/"
    typed = {"form_key": str(new_id()), "q_first_thing": "home", "q_changed_words": "I lost the keys"}
    answer = dee.post(url, {**typed, "deed": "draft"}, headers={"accept": "text/plain"})
    assert words(answer) == "Kept as a draft on Mon 2 Nov 2026, 12:00"
    assert send(dee, url, deed="draft", **typed).headers["Location"] == url
    it_is(monkeypatch, 3)
    back = beside_them(ravi)
    assert "Go on" in page(back, QUESTIONS)
    found = page(back, url)
    assert ("I lost the keys" in found, "You began this." in found) == (True, True)
    says(back, url, q_first_thing="home")
    assert "I lost the keys" not in page(back, url)
    back.post(url.removesuffix("update/"))
    assert "Go on" not in page(back, QUESTIONS)


def test_what_she_throws_away_or_leaves_for_two_weeks_is_forgotten(
    dee: Client, ravi: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = begins(dee) + "update/"
    for _again in range(2):
        send(dee, url, deed="draft", q_changed_words="I lost the keys")
        send(dee, url, deed="throw_away")
        assert "I lost the keys" not in page(dee, url)
    it_is(monkeypatch, 17)
    forget_drafts()
    assert rows("SELECT count(*) FROM record_formdraft") == [(0,)]
    client = beside_them(ravi)
    assert client.get(url).status_code == 404
    assert "Go on" not in page(client, QUESTIONS)


def test_what_a_service_heard_is_there_by_its_name_and_she_says_it_is_still_so(
    dee: Client, ravi: Hat
) -> None:
    answered(ravi, begun(ravi, "standard-comprehensive"), "home", q_tenancy="yes")
    url = begins(dee, "comprehensive") + "home/"
    before = shown(page(dee, url), "tenancy")
    assert ("Moorland" in said(before), "A prison recovery" in said(before)) == (True, False)
    assert ("Not known" in before, "Not asked" in before) == (True, False)
    says(dee, url, q_tenancy_was="confirmed")
    assert ("confirmed", "yes") in told(ravi, "tenancy")


def test_a_worker_is_spoken_to_on_the_workers_page_alone(dee: Client, nurse: Hat) -> None:
    helped = "Ask it in these words."
    assert helped in look(nurse, "topic", begun(nurse, "standard-update"), "update")
    found = page(dee, begins(dee) + "update/")
    assert (helped in found, "Add their words" in found, "Say more" in found) == (False, False, True)


def test_what_is_closed_she_opens_herself(dee: Client) -> None:
    url = begins(dee, "comprehensive") + "hard_times/"
    assert "This is closed until you open it." in page(dee, url)
    send(dee, url, deed="open")
    assert "Music" in says(dee, url, q_hard_times_steady="Music")


def test_who_may_be_hurt_is_told_whom_to_ring_before_anything_else(dee: Client) -> None:
    url = begins(dee)
    assert "999" not in page(dee, url)
    found = says(dee, url + "update/", q_self_harm_now="yes")
    for sentence in (
        "Please talk to someone now",
        "This page calls no one.",
        "999",
        "Tell someone you trust",
    ):
        assert sentence in found


def tells(client: Client) -> str:
    return says(client, begins(client) + "update/", q_self_harm_now="yes")


def talked(hat: Hat, state: str = "done") -> None:
    sent = signed_in(hat).post(
        address("sheet", hat, story.person(), "step"),
        {"form_key": str(new_id()), "step": "talk_today", "state": state, "text": "I sat with her."},
    )
    assert sent.status_code == 302


def today(hat: Hat) -> str:
    return said(words(signed_in(hat).get(address("today", hat))))


def test_what_she_says_alone_stands_on_the_day_of_whoever_may_know_until_somebody_has_talked_with_her(
    dee: Client, ravi: Hat, nurse: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "Dee Marlowe They said, Mon 2 Nov 2026, that they may hurt themself. What was done is not written"
    assert told not in today(nurse)
    found = tells(dee)
    assert "Those who help you can see today that you said so." in found
    assert (told in today(nurse), told in today(ravi)) == (True, True)
    assert told not in today(story.worker("administrator"))
    it_is(monkeypatch, 3)
    assert "Talk with them today" in look(nurse, "person")
    talked(nurse)
    assert (told in today(nurse), told in today(ravi)) == (False, False)
    tells(beside_them(ravi))
    assert "They said, Tue 3 Nov 2026" in today(nurse)


def test_to_take_it_back_is_no_reason_not_to_be_talked_with(dee: Client, nurse: Hat) -> None:
    url = begins(dee) + "update/"
    says(dee, url, q_self_harm_now="yes")
    says(dee, url, q_self_harm_now="no")
    assert "that they may hurt themself" in today(nurse)


def test_what_she_says_alone_of_anything_else_raises_no_alarm(dee: Client, nurse: Hat) -> None:
    assert "Those who help you" not in says(dee, begins(dee) + "update/", q_self_harm_now="no")
    assert "that they may hurt themself" not in today(nurse)


def test_what_a_worker_heard_is_not_theirs_alone_to_know(
    nurse: Hat, ravi: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = begun(nurse, "standard-update")
    answered(nurse, sitting, "update", q_self_harm_now="yes")
    assert "that they may hurt themself" in today(ravi)
    stopped = said(look(nurse, "sitting", sitting))
    assert ("until somebody writes what was done" in stopped, "Write what was done" in stopped) == (
        True,
        True,
    )
    it_is(monkeypatch, 3)
    talked(nurse)
    assert "that they may hurt themself" not in today(ravi)
    stopped = said(look(nurse, "sitting", sitting))
    assert ("waits on nobody's Today" in stopped, "Write what was done" in stopped) == (True, False)


def test_of_several_things_each_says_whether_it_stands_on_today(nurse: Hat, ravi: Hat) -> None:
    sitting = begun(nurse, "standard-after_4")
    answered(nurse, sitting, "since_leaving", q_overdose_last_month="yes")
    assert "waits on nobody's Today" in said(look(nurse, "sitting", sitting))
    answered(nurse, sitting, "mind", q_self_harm_now="yes")
    assert "that they may hurt themself" in today(ravi)
    stopped = said(look(nurse, "sitting", sitting))
    stands = stopped.partition("until somebody writes what was done: ")[2].partition("The rest")[0]
    assert ("hurting yourself" in stands, "overdosed" in stands) == (True, False)
    assert "The rest, as far as you can see, waits on nobody's Today" in stopped


def test_what_was_done_is_written_in_words(nurse: Hat, ravi: Hat) -> None:
    answered(nurse, begun(nurse, "standard-update"), "update", q_self_harm_now="yes")
    typed = {"form_key": str(new_id()), "step": "talk_today", "state": "done", "text": " "}
    sent = signed_in(nurse).post(address("sheet", nurse, story.person(), "step"), typed)
    assert (sent.status_code, "Write what was done to keep them safe" in words(sent)) == (400, True)
    assert "that they may hurt themself" in today(ravi)


def test_what_is_kept_for_some_waits_on_nobodys_day_and_says_so(nurse: Hat, ravi: Hat) -> None:
    sitting = begun(nurse, "standard-update")
    answered(nurse, sitting, "update", q_self_harm_now="yes", only_for="me")
    assert "that they may hurt themself" not in today(ravi)
    assert "waits on nobody's Today" in said(look(nurse, "sitting", sitting))


@pytest.mark.parametrize(
    ("way", "item", "raises"),
    [
        ("paper", {"q_phq_9_9": "several_days"}, True),
        ("self", {"q_phq_9_9": "nearly_every_day"}, True),
        ("paper", {"q_phq_9_9": "not_at_all", "q_phq_9_2": "nearly_every_day"}, False),
        ("worker", {"q_phq_9_9": "several_days"}, True),  # who heard it may close the page
    ],
)
def test_the_item_of_a_form_that_asks_of_harm_raises_the_same_alarm(
    nurse: Hat, ravi: Hat, way: str, item: dict[str, str], raises: bool
) -> None:
    answered(nurse, begun(nurse, "phq_9", way=way), "questions", **item)
    assert ("that they may hurt themself" in today(ravi)) == raises


def test_she_is_offered_what_is_asked_for_about_now(
    dee: Client, ravi: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Outside:" not in page(dee, QUESTIONS)
    assert dee.post(QUESTIONS, {"what": "after_4"}).status_code == 404
    it_is(monkeypatch, 3)
    story.bring_in(story.released())
    it_is(monkeypatch, 20)
    found = page(beside_them(ravi), QUESTIONS)
    assert ("Outside: the first weeks" in found, "Outside: after three months" in found) == (True, False)


def test_she_says_how_she_is_as_often_as_she_likes(dee: Client, nurse: Hat) -> None:
    for _again in range(2):
        says(dee, begins(dee) + "update/", q_first_thing="home")
    assert rows("SELECT count(DISTINCT sitting) FROM assessment_answers") == [(2,)]
    assert "asked lately: say why" in look(nurse, "ask")


def test_what_does_not_fit_comes_back_with_why(dee: Client) -> None:
    url = begins(dee) + "update/"
    answer = send(dee, url, q_changed="home", q_changed_words="x" * 20_001)
    assert (answer.status_code, "This holds up to 20,000 characters" in words(answer)) == (400, True)


def test_of_two_browsers_the_second_is_told_and_loses_nothing(dee: Client) -> None:
    url = begins(dee) + "update/"
    first = str(new_id())
    says(dee, url, q_first_thing="home")
    answer = send(dee, url, form_key=first, q_changed="home", q_changed_words="I lost the keys")
    assert (answer.status_code, "This was changed since you opened" in words(answer)) == (409, True)
    assert "I lost the keys" in words(answer)


@pytest.mark.parametrize("what", ["first_night", "", "never"])
def test_what_is_not_theirs_to_answer_alone_is_not_begun(dee: Client, what: str) -> None:
    assert dee.post(QUESTIONS, {"what": what}).status_code == 404


def test_what_a_worker_asked_is_not_gone_on_with_in_the_book(dee: Client, nurse: Hat) -> None:
    sitting = begun(nurse)
    answered(nurse, sitting, "tonight", q_nicotine="smokes")
    for address_of in (
        f"{QUESTIONS}{sitting}/",
        f"{QUESTIONS}{sitting}/tonight/",
        f"{QUESTIONS}{UUID(int=1)}/",
    ):
        assert dee.get(address_of).status_code == 404


def test_in_welsh_all_that_is_ours_is_welsh(dee: Client) -> None:
    dee.post("/mine/look/", {"look": "cy"})
    assert "Fy atebion" in page(dee, QUESTIONS)
    found = page(dee, begins(dee) + "update/")
    for ours in ("Ddim yn gwybod", "Gwell gen i beidio â dweud", "Cadw ac ymlaen"):
        assert ours in found
    for english in ("Not known", "Prefer not to say", "Say more", "What has changed since"):
        assert english not in found


# How much they were asked


def test_how_much_she_was_asked_stands_with_who_and_why(
    dee: Client, ravi: Hat, nurse: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "No service has asked you yet." in page(dee, QUESTIONS)
    answered(nurse, begun(nurse), "tonight", q_nicotine="smokes")
    it_is(monkeypatch, 5)
    answered(nurse, begun(nurse, why="She was taken ill"), "tonight", q_nicotine="smokes")
    later = beside_them(ravi)
    says(later, begins(later) + "update/", q_first_thing="home")
    found = said(page(later, QUESTIONS))
    assert "Times that you were asked: 2 Most in ten days: 2 Services that asked: 1" in found
    assert "Questions asked again, when you had told it: 1" in found
    assert "My first night Thursday 5 November 2026 Moorland (HMP & YOI) Asked again, because:" in found
    assert "She was taken ill" in found


def test_the_page_asks_the_database_the_same_however_much_was_asked(dee: Client, ravi: Hat) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            page(dee, QUESTIONS)
        return len(found)

    answered(ravi, begun(ravi, "standard-comprehensive"), "home", q_tenancy="yes")
    one = asked()
    answered(ravi, begun(ravi, "standard-update"), "update", q_first_thing="home")
    assert asked() == one <= 14


def test_why_an_answer_is_not_kept_is_said_in_her_language(dee: Client) -> None:
    url = begins(dee) + "update/"
    dee.post("/mine/look/", {"look": "cy"})
    for typed, why in (
        ({"q_changed": "nonsense"}, "Dewiswch un o"),
        ({"q_changed": "home", "q_changed_words": "a" * 20_001}, "Mae lle yma i 20,000 o nodau."),
        ({"q_changed_words": "She left"}, "Dywedwch hynny hefyd"),
    ):
        answer = send(dee, url, **typed)
        assert (answer.status_code, why in words(answer)) == (400, True)
