"""What a program of another organisation fetches, and that it is the same that a page would show its role."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import programs, story
from tests.content import rows
from tests.contexts.clients import beside_them, signed_in, words
from tests.programs import PEOPLE, Robot
from tests.sharing import must_not_know, says
from throughgate.access import policy
from throughgate.api import urls
from throughgate.api.views import DESCRIPTION
from throughgate.contacts import actions as contacts
from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.record import actions as record
from throughgate.record.rules import Form

pytestmark = pytest.mark.django_db
NOTE = "Uses at night."
DESCRIBED: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
KINDS = {str: "string", int: "integer", bool: "boolean", list: "array", dict: "object", type(None): "null"}
LOOK = """
SELECT action, outcome, actor_kind, actor_id, organisation_id, role, purpose, person_id, detail ->> 'page'
FROM audit_event WHERE actor_kind = 'program' AND action <> 'sign in' ORDER BY id
"""


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


@pytest.fixture
def robot() -> Robot:
    """Dee is in prison, where a community service works; a note of her treatment is written."""
    story.bring_in(story.document())
    story.organisation("PATH")
    writes(NOTE)
    return programs.of("PATH", beside=story.worker(programs.ROLE, "PATH", works_in=["MDI"]))


def writes(text: str) -> UUID:
    permit = story.opens(story.worker(), story.person(), at=clock.now())
    return contacts.write_note(
        permit, kind="note_treatment", text=text, at=clock.now(), form=Form(str(new_id()))
    )


def of(person_id: UUID | None = None) -> str:
    return programs.of_person(person_id or story.person())


def fetched(client: Client) -> dict[str, Any]:
    answer = client.get(of())
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def said(told: dict[str, Any], kind: str) -> list[Any]:
    return [entry["says"] for entry in told["entries"] if entry["kind"] == kind]


def versions(client: Client) -> dict[str, str]:
    return {each["id"]: each["version"] for each in client.get(PEOPLE).json()["people"]}


def test_a_program_fetches_a_record_as_its_role_reads_it(robot: Robot) -> None:
    told = fetched(robot.with_token())
    assert (told["person"], told["purpose"], told["custody"]["standing"]) == (
        str(story.person()),
        "direct_care",
        "remand",
    )
    (note,) = [entry for entry in told["entries"] if entry["kind"] == "note_treatment"]
    assert (note["says"]["text"], note["category"], note["organisation"], note["source"]) == (
        NOTE,
        "treatment_medicines",
        "MDI",
        "hand",
    )
    assert "treatment_medicines" in told["reads"]
    assert told["workers"][note["recorded_by"]] == "A prison recovery worker"


def test_a_row_of_the_audit_stands_before_each_answer(robot: Robot) -> None:
    client, hat, absent = robot.with_token(), robot.hat, new_id()
    client.get(PEOPLE)
    client.get(of())
    client.get(of(absent))
    stem = ("program", robot.id, hat.organisation_id, programs.ROLE, "direct_care")
    assert rows(LOOK) == [
        ("list people", "allowed", *stem, None, "api_people"),
        ("open record", "allowed", *stem, story.person(), "api_person"),
        ("open record", "refused", *stem, absent, "api_person"),
    ]


def test_nothing_is_fetched_that_is_never_handed_on(robot: Robot) -> None:
    assert policy.PROTECTED not in fetched(robot.with_token())["reads"]


def test_the_list_tells_whose_record_has_changed_and_whose_has_not(robot: Robot) -> None:
    client = robot.with_token()
    before = versions(client)
    assert list(before) == [str(story.person())]
    assert versions(client) == before
    writes("And in the morning.")
    assert versions(client) != before


def test_what_is_redacted_is_another_version_so_that_it_is_fetched_again(robot: Robot) -> None:
    client = robot.with_token()
    before = versions(client)
    (note,) = [entry for entry in fetched(client)["entries"] if entry["kind"] == "note_treatment"]
    record.redact(story.opens(story.worker(), story.person()), UUID(note["id"]), reason="Of somebody else")
    assert versions(client) != before


@pytest.mark.parametrize("kept", [{"restricted": True}, {"withheld": True}, {"only_for": (new_id(),)}])
def test_what_a_program_does_not_read_changes_nothing_for_it(robot: Robot, kept: dict[str, Any]) -> None:
    client = robot.with_token()
    before = versions(client), fetched(client)
    record.add_many(story.feed(), [story.told_cell(story.identity(), "B-1-1", **kept)])
    assert (versions(client), fetched(client)) == before


def test_what_is_kept_back_is_another_version_and_is_not_fetched(robot: Robot) -> None:
    client = robot.with_token()
    before = versions(client)
    permit = story.opens(story.worker(), story.person(), at=clock.now())
    says(permit, "keep_back", topic="treatment_medicines", to="PATH")
    told = fetched(client)
    assert said(told, "note_treatment") == []
    assert told["medicines"] is None
    assert "treatment_medicines" not in told["reads"]
    assert versions(client) != before


@pytest.mark.parametrize("at", ["PATH", "MDI"])
def test_a_program_is_barred_with_whoever_reads_what_it_fetches(robot: Robot, at: str) -> None:
    """A bar names one worker: colleagues go on, and a program whose system that worker reads does not."""
    client, named = robot.with_token(), story.worker(programs.ROLE, at, works_in=["MDI"])
    must_not_know(
        story.opens(story.worker(), story.person(), at=clock.now()),
        worker=named.worker_id,
    )
    is_read_there = at == "PATH"
    assert client.get(of()).status_code == (404 if is_read_there else 200)
    assert bool(versions(client)) is not is_read_there


def test_the_list_goes_on_where_a_page_ended(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("throughgate.api.views.ON_A_PAGE", 1)
    story.bring_in(story.document(story.GETHIN, bookingId="2", lastName="GETHIN"))
    client = robot.with_token()
    first = client.get(PEOPLE).json()
    second = client.get(PEOPLE, {"after": first["next"]}).json()
    assert second["next"] is None
    found = [each["id"] for each in first["people"] + second["people"]]
    assert sorted(found) == sorted([str(story.person()), str(story.person(story.GETHIN))])


def test_hidden_and_absent_are_one_answer(robot: Robot) -> None:
    told = story.document(story.GETHIN, bookingId="2", lastName="GETHIN", prisonId="LEI")
    story.bring_in(told, source="LEI")
    client = robot.with_token()
    answers, statements = [], []
    for person_id in (story.person(story.GETHIN, source="LEI"), new_id()):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(of(person_id))
        answers.append((answer.status_code, answer.content, sorted(answer.headers.items())))
        statements.append([each["sql"].split("'")[0] for each in asked.captured_queries])
    assert answers[0] == answers[1]
    assert answers[0][0] == 404
    assert statements[0] == statements[1]


def test_a_page_of_the_list_and_a_record_take_so_many_queries(robot: Robot) -> None:
    client = robot.with_token()
    for address, most in ((PEOPLE, 5), (of(), 24)):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= most, [each["sql"][:90] for each in asked.captured_queries]


@pytest.mark.parametrize("browser", [signed_in, beside_them])
def test_no_cookie_is_read_and_none_opens_anything(robot: Robot, browser: Callable[..., Client]) -> None:
    client, address = browser(story.worker()), of()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 401
    assert ["staff_token" in each["sql"] for each in asked.captured_queries] == [True]
    assert "Set-Cookie" not in client.get(of()).headers


@pytest.mark.parametrize(
    ("ask", "status"),
    [
        (lambda it: it.post(PEOPLE), 405),
        (lambda it: it.head(PEOPLE), 405),
        (lambda it: it.options(PEOPLE), 405),
        (lambda it: it.delete(of()), 405),
        (lambda it: it.get(reverse("api_token")), 405),
        (lambda it: it.get("/api/"), 404),
        (lambda it: it.get("/api/v2/people"), 404),
        (lambda it: it.get(f"{PEOPLE}/dee"), 404),
        (lambda it: it.get(PEOPLE, {"after": "yesterday"}), 400),
        (lambda it: it.get(PEOPLE, {"after": "a\0b"}), 400),
        (lambda it: it.get(PEOPLE, {"since": "2026-11-09"}), 400),
        (lambda it: it.get(of(), {"q": "x"}), 400),
        (lambda it: it.generic("POST", "/api/token", b"x", content_type="multipart/form-data"), 400),
        (lambda it: it.post(reverse("api_token"), {"client_assertion": "x" * 70_000}), 413),
        (lambda _: Client().get(of()), 401),
        (lambda _: programs.showing("x").get(of()), 401),
        (lambda _: programs.showing("\u00e9" * 9_000).get(of()), 401),
        (lambda _: Client(headers={"authorization": "Basic eDp5"}).get(of()), 401),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_sentence(
    robot: Robot, ask: Callable[[Client], Any], status: int
) -> None:
    answer = ask(robot.with_token())
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert answer.headers["Cache-Control"] == "no-store"
    if answer.content:
        told = answer.json()
        assert (told["status"], told["detail"][-1]) == (status, ".")


def test_a_fault_of_ours_is_told_without_a_word_of_a_record(
    robot: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_args: object) -> None:
        raise RuntimeError(NOTE)

    client = robot.with_token()
    client.raise_request_exception = False
    monkeypatch.setattr("throughgate.whole.queries.whole", breaks)
    answer = client.get(of())
    assert (answer.status_code, answer.json()["title"]) == (500, "Something went wrong")
    assert NOTE not in answer.content.decode()


def test_a_program_that_asks_very_often_waits(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("throughgate.access.policy.limit", lambda _code: 3)
    client = robot.with_token()
    assert [client.get(PEOPLE).status_code for _ in range(3)] == [200, 200, 429]
    assert client.get(of()).headers["Retry-After"] == "60"
    monkeypatch.setenv("TG_CLOCK", (story.noon(9) + timedelta(seconds=61)).isoformat())
    assert client.get(of()).status_code == 200


def test_the_person_is_told_that_a_program_looked(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched(robot.with_token())
    monkeypatch.setenv("TG_CLOCK", story.noon(10).isoformat())
    looks = words(beside_them(story.worker()).get(reverse("mine_looks")))
    assert "A computer program of theirs fetched it." in looks


# What the description says


def differs(told: Any, schema: dict[str, Any], where: str = "") -> Iterator[str]:
    """Where an answer is not as it is described."""
    if "$ref" in schema:
        schema = DESCRIBED["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if KINDS[type(told)] not in kinds or told not in schema.get("enum", [told]):
        yield f"{where} is {told}"
    elif isinstance(told, list):
        for number, each in enumerate(told):
            yield from differs(each, schema["items"], f"{where}[{number}]")
    elif isinstance(told, dict) and "properties" in schema:
        if set(told) != set(schema["required"]):
            yield f"{where} has {sorted(set(told) ^ set(schema['required']))}"
        for key in set(told) & set(schema["properties"]):
            yield from differs(told[key], schema["properties"][key], f"{where}.{key}")


def described(address: str, method: str, answer: Any) -> list[str]:
    responses = DESCRIBED["paths"][address][method]["responses"]
    content = responses[str(answer.status_code)]["content"]
    return list(differs(answer.json(), content[answer.headers["Content-Type"]]["schema"]))


def test_each_answer_is_as_it_is_described(robot: Robot) -> None:
    client = robot.with_token()
    one = f"{PEOPLE}/{{person_id}}"
    assert described(PEOPLE, "get", client.get(PEOPLE)) == []
    assert described(one, "get", client.get(of())) == []
    for answer in (
        client.get(of(new_id())),
        client.get(of(), {"q": "x"}),
        client.post(of()),
        Client().get(of()),
    ):
        assert described(one, "get", answer) == []
    for answer in (client.get(PEOPLE, {"after": "x"}), client.post(PEOPLE), Client().get(PEOPLE)):
        assert described(PEOPLE, "get", answer) == []
    tokens = [robot.asks_token(), robot.asks_token("x"), robot.asks_token(scope="parole")]
    for answer in (*tokens, robot.asks_token("x" * 70_000), client.get("/api/token")):
        assert described("/api/token", "post", answer) == []


def test_each_address_is_described_and_the_description_is_open_to_anyone() -> None:
    told = {
        each["operationId"]: path for path, methods in DESCRIBED["paths"].items() for each in methods.values()
    }
    asked = {name: reverse(name) for name in ("api_token", "api_people", "api_description")}
    assert told == {**asked, "api_person": f"{PEOPLE}/{{person_id}}"}
    assert {pattern.name for pattern in urls.urlpatterns} == set(told)
    answer = Client().get(asked["api_description"])
    assert (answer.json(), answer.headers["Cache-Control"]) == (DESCRIBED, "no-store")
