"""A telephone or a computer of the person's own opens their book, and only what was asked of it counts."""

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from tests.passkeys import FLAG, HOST, Telephone
from throughgate.access import actions as access
from throughgate.book import actions, passkeys, queries
from throughgate.book.rules import Level, NotDone, Visit, Why
from throughgate.foundation.errors import Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
HERE = "192.0.2.1"
PAGE = "/mine/passkeys/"


@pytest.fixture(autouse=True)
def dee(monkeypatch: pytest.MonkeyPatch) -> UUID:
    monkeypatch.setenv("TG_CLOCK", story.NOON.isoformat())
    story.bring_in(story.document())
    return story.person()


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


def own(dee: UUID, level: Level = Level.WORD) -> Permit:
    return access.issue_own_permit(dee, level=level, at=story.NOON)


def visiting(dee: UUID, level: Level = Level.WORD) -> Visit:
    return Visit(new_id(), dee, level, None, story.NOON, story.NOON, is_ended=False)


def added(dee: UUID, phone: Telephone | None = None, *, level: Level = Level.WORD, **wrong: Any) -> Telephone:
    phone = phone or Telephone()
    permit, visit = own(dee, level), visiting(dee, level)
    asked = actions.ask_for_passkey(permit, visit, host=HOST, name="My next steps")
    answer = phone.makes(asked.options, **wrong)
    actions.add_passkey(permit, visit, answer, asked=asked.state, host=HOST, device="Chrome, Android")
    return phone


def opened(phone: Telephone, *, place: str = HERE, days: int = 0, **wrong: Any) -> str:
    asked = passkeys.ask(host=HOST)
    answer = phone.answers(asked.options, **wrong)
    at = story.NOON + timedelta(days=days)
    return actions.open_with_passkey(answer, asked=asked.state, host=HOST, place=place, at=at)


def why_not(phone: Telephone, **wrong: Any) -> Why:
    with pytest.raises(NotDone) as refused:
        opened(phone, **wrong)
    return refused.value.why


def test_a_telephone_that_was_added_opens_the_whole_book_without_a_code(dee: UUID) -> None:
    found = actions.visit(opened(added(dee)), at=story.NOON)
    assert found is not None
    assert (found.person_id, found.level, found.is_further) == (dee, Level.PASSKEY, True)
    (held,) = queries.passkeys(own(dee))
    assert (held.device, held.added_at, held.used_at) == ("Chrome, Android", story.NOON, story.NOON)
    assert rows("SELECT kind FROM record_entry WHERE starts_with(kind, 'book')") == [("book_passkey_added",)]


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"flags": FLAG.UP}, id="nobody unlocked it"),
        pytest.param({"flags": FLAG.UV}, id="nobody was there"),
        pytest.param({"at": "evil.example"}, id="another website asked"),
    ],
)
def test_what_was_not_unlocked_here_is_neither_added_nor_opens_anything(
    dee: UUID, wrong: dict[str, Any]
) -> None:
    with pytest.raises(NotDone):
        added(dee, **wrong)
    assert queries.passkeys(own(dee)) == []
    assert why_not(added(dee), **wrong) is Why.PASSKEY_WRONG


def test_an_answer_is_good_once_and_to_its_own_question(dee: UUID) -> None:
    phone, asked = added(dee), passkeys.ask(host=HOST)
    answer = phone.answers(asked.options)
    for state in (None, passkeys.ask(host=HOST).state):
        with pytest.raises(NotDone):
            actions.open_with_passkey(answer, asked=state, host=HOST, place=HERE, at=story.NOON)


def test_one_that_was_never_added_is_answered_like_a_wrong_one_by_the_same_questions(dee: UUID) -> None:
    phone = added(dee)
    forger = Telephone()
    forger.calls_itself = phone.calls_itself
    asked = []
    for wrong in (Telephone(), forger):
        with CaptureQueriesContext(connection) as captured:
            assert why_not(wrong) is Why.PASSKEY_WRONG
        asked.append([re.sub(r"'[^']*'|x\d+", "", each["sql"]) for each in captured.captured_queries])
    assert asked[0] == asked[1]


def test_five_wrong_answers_lock_it_and_the_code_on_paper_still_opens(dee: UUID, ravi: Hat) -> None:
    phone = added(dee)
    for _ in range(5):
        assert why_not(phone, flags=FLAG.UP) is Why.PASSKEY_WRONG
    assert why_not(phone) is Why.PASSKEY_LOCKED
    given = actions.give_code(story.opens(ravi, dee))
    assert actions.open_with_code(given.code, given.birth_dates[0], place=HERE, at=story.NOON)


def test_a_right_answer_forgets_the_wrong_ones(dee: UUID) -> None:
    phone = added(dee)
    for _ in range(2):
        for _ in range(4):
            why_not(phone, flags=FLAG.UP)
        assert opened(phone)


def test_whoever_tries_many_from_one_place_has_to_wait(dee: UUID) -> None:
    phone = added(dee)
    for _ in range(30):
        assert why_not(Telephone()) is Why.PASSKEY_WRONG
    assert why_not(phone) is Why.TOO_MANY
    assert opened(phone, place="192.0.2.2")


@pytest.mark.parametrize("level", [Level.PAPER, Level.PASSKEY])
def test_none_is_added_and_no_word_chosen_with_what_somebody_may_have_taken(dee: UUID, level: Level) -> None:
    for refused in (
        lambda: added(dee, level=level),
        lambda: actions.add_passkey(
            own(dee, level), visiting(dee, level), {}, asked=None, host=HOST, device=""
        ),
    ):
        with pytest.raises(NotDone) as why:
            refused()
        assert why.value.why is Why.PASSKEY_NOT_HERE
    with pytest.raises(NotDone) as why:
        actions.choose_word(own(dee, level), visiting(dee, level), "a lantern by the gate")
    assert why.value.why is Why.WORD_NOT_HERE


def test_there_is_room_for_five_and_none_is_added_twice(dee: UUID) -> None:
    phone = added(dee)
    with pytest.raises(NotDone) as refused:
        added(dee, phone)
    assert refused.value.why is Why.PASSKEY_WRONG
    for _ in range(4):
        added(dee)
    with pytest.raises(NotDone) as refused:
        added(dee)
    assert refused.value.why is Why.PASSKEYS_FULL


def test_beside_a_worker_it_is_never_that_workers_computer(dee: UUID) -> None:
    for level, asked in ((Level.BESIDE, "cross-platform"), (Level.WORD, None)):
        found = actions.ask_for_passkey(own(dee, level), visiting(dee, level), host=HOST, name="Steps")
        wanted = found.options["publicKey"]["authenticatorSelection"]
        assert (wanted.get("authenticatorAttachment"), wanted["userVerification"]) == (asked, "required")


def test_what_it_calls_the_person_tells_nobody_who_they_are(dee: UUID) -> None:
    found = actions.ask_for_passkey(own(dee), visiting(dee), host=HOST, name="My next steps")
    user = found.options["publicKey"]["user"]
    assert {user["name"], user["displayName"]} == {"My next steps"}
    assert str(dee) not in str(found.options)


def test_one_that_is_taken_away_opens_nothing_and_what_it_opened_shuts(dee: UUID) -> None:
    phone, other = added(dee), added(dee)
    held = opened(phone)
    first, second = queries.passkeys(own(dee))
    for _ in range(2):
        actions.stop_passkey(own(dee), first.id)
    actions.stop_passkey(own(dee), new_id())
    assert actions.visit(held, at=story.NOON) is None
    assert why_not(phone) is Why.PASSKEY_WRONG
    assert opened(other)
    assert [each.id for each in queries.passkeys(own(dee))] == [second.id]


def test_one_is_not_taken_away_from_another(dee: UUID) -> None:
    story.bring_in(story.document(), story.document(story.GETHIN, bookingId="2", lastName="PRICE"))
    phone = added(dee)
    (held,) = queries.passkeys(own(dee))
    actions.stop_passkey(own(story.person(story.GETHIN)), held.id)
    assert opened(phone)


def test_a_worker_who_gives_codes_stops_them_all(dee: UUID, ravi: Hat) -> None:
    phones = [added(dee), added(dee)]
    client = signed_in(ravi)
    page = words(client.get(address("book", ravi, dee)))
    assert "2 telephones or computers of theirs open their whole book" in page
    assert client.post(address("stop_passkeys", ravi, dee)).status_code == 302
    assert [why_not(phone) for phone in phones] == [Why.PASSKEY_WRONG] * 2
    assert "of theirs open" not in words(client.get(address("book", ravi, dee)))
    timeline = words(client.get(address("person", ravi, dee)))
    assert "A telephone or a computer of theirs opens it no more" in timeline


def test_another_role_stops_none(dee: UUID) -> None:
    phone = added(dee)
    mo = story.worker("offender_management")
    with pytest.raises(Refused, match="does not give out codes"):
        actions.stop_passkeys(story.opens(mo, dee))
    assert opened(phone)


# Pages ----------------------------------------------------------------------------------------------------


def beside(ravi: Hat) -> Client:
    """A browser in which Ravi has opened Dee's book."""
    client = signed_in(ravi)
    answer = client.post(address("open_beside", ravi, story.person()))
    assert answer.status_code == 302, words(answer)
    return client


def options(page: str) -> Any:
    found = re.search(r'data-options="([^"]+)"', page)
    assert found
    return json.loads(unescape(found[1]))


def enter(client: Client, phone: Telephone) -> HttpResponseBase:
    asked = client.get("/mine/passkey/").json()["request_options"]
    return client.post("/mine/passkey/", {"credential": json.dumps(phone.answers(asked))})


def test_from_the_page_to_the_next_visit(ravi: Hat, settings: Any) -> None:
    settings.SECOND_FACTOR = False
    phone, client = Telephone(), beside(ravi)
    page = client.get(PAGE).content.decode()
    assert "Use your own phone, and not this computer" in page
    answer = client.post(PAGE, {"credential": json.dumps(phone.makes(options(page)))})
    assert answer.status_code == 302, words(answer)
    assert "<strong>Your phone</strong><br>Added on " in words(client.get(PAGE))
    other = Client()
    entered = enter(other, phone)
    assert (entered.status_code, entered.headers["Location"]) == (302, "/mine/next/")
    assert other.get("/mine/looks/").status_code == 200
    page = words(other.get(PAGE))
    assert "data-options" not in page
    assert "say your word first" in page
    assert "Choose a word to remember" not in words(other.get("/mine/next/"))
    (held,) = rows("SELECT id FROM book_passkey")
    assert other.post(PAGE, {"away": str(held[0])}).status_code == 302
    assert other.get("/mine/looks/").headers["Location"] == "/mine/"


@pytest.mark.parametrize(
    "sent",
    [
        *("", "{", "[]", "null", '"x"', "[" * 5000, '{"id": "a"}', "x" * 50_000),
        '{"id": "a", "rawId": "a", "response": {"clientDataJSON": "W10", "attestationObject": "oA"}}',
        '{"id": "é", "rawId": "é", "response": {}}',
        '{"id": "YQ", "rawId": "YQ", "response": {"clientDataJSON": "bnVsbA", "signature": ""}}',
    ],
)
def test_what_no_browser_sends_is_answered_with_a_sentence(ravi: Hat, sent: str) -> None:
    client = Client()
    client.get("/mine/passkey/")
    answer = client.post("/mine/passkey/", {"credential": sent})
    assert answer.status_code == 400
    assert "That did not open it." in words(answer)
    mine = beside(ravi)
    mine.get(PAGE)
    answer = mine.post(PAGE, {"credential": sent})
    assert answer.status_code == 400
    assert "Something to put right" in words(answer)


def test_a_question_is_forgotten_once_it_is_answered(dee: UUID) -> None:
    phone, client = added(dee), Client()
    asked = client.get("/mine/passkey/").json()["request_options"]
    client.post("/mine/passkey/", {"credential": "nothing"})
    answer = client.post("/mine/passkey/", {"credential": json.dumps(phone.answers(asked))})
    assert answer.status_code == 400
    assert enter(client, phone).status_code == 302


def test_a_worker_who_is_signed_in_is_signed_out_by_it(dee: UUID, ravi: Hat) -> None:
    phone, client = added(dee), signed_in(ravi)
    assert enter(client, phone).status_code == 302
    assert client.get(address("person", ravi, dee)).status_code == 302
    assert client.get("/mine/next/").status_code == 200


def test_the_audit_says_by_which_way_they_came(dee: UUID) -> None:
    client = Client()
    enter(client, added(dee))
    client.get("/mine/next/")
    found = rows(
        "SELECT detail ->> 'level' FROM audit_event WHERE action = 'open own record' ORDER BY id DESC"
    )
    assert found[0] == ("passkey",)
