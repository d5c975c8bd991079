"""The pages of those who check how records are used, as their browser asks for them."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from throughgate.audit import actions as audit
from throughgate.oversight import rules
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
NOON = story.noon(2)


@pytest.fixture(autouse=True)
def on_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", NOON.isoformat())
    story.bring_in(story.document())


@pytest.fixture
def sol() -> Hat:
    return story.worker("information_governance", "MDI")


def raised(hat: Hat, **rest: Any) -> UUID:
    """An alert about what that worker did."""
    alert_id = audit.alert(
        audit.Alert(
            **{
                "raised_at": NOON,
                "matter": "opening",
                "key": "one",
                "organisation_id": hat.organisation_id,
                "worker_id": hat.worker_id,
                "role": hat.role,
                "person_id": story.person(),
                **rest,
            }
        )
    )
    assert alert_id
    return alert_id


def look(hat: Hat, page: str, *rest: Any) -> str:
    return words(signed_in(hat).get(address(page, hat, *rest)))


def test_with_nothing_to_answer_both_lists_say_what_will_appear(sol: Hat) -> None:
    assert "Nothing waits for an answer" in look(sol, "oversight")
    assert "Nothing was decided yet" in look(sol, "oversight_decided")


def test_the_day_of_whoever_checks_begins_here(sol: Hat) -> None:
    answer = signed_in(sol).get("/", follow=True)
    assert "How records are used" in words(answer)


def test_the_list_has_a_reference_and_no_name(sol: Hat) -> None:
    alert_id = raised(story.worker())
    page = look(sol, "oversight")
    assert rules.reference(alert_id) in page
    assert "A record was opened in an emergency" in page
    assert "Marlowe" not in page


def test_an_alert_says_who_whose_and_why_and_is_answered_there(sol: Hat) -> None:
    ravi = story.worker()
    story.opens(ravi, story.person(), at=story.noon(1))
    alert_id = raised(ravi)
    page = look(sol, "alert", alert_id)
    assert "Dee Marlowe" in page
    assert "A prison recovery worker" in page
    assert "Prison recovery worker, Moorland (HMP & YOI), for care and treatment" in page
    client = signed_in(sol)
    url = address("alert", sol, alert_id)
    answer = client.post(
        url, {"form_key": "k", "finding": "in_order", "words": "I asked.", "telling": "book"}
    )
    assert answer.status_code == 302
    assert "Nothing waits for an answer" in look(sol, "oversight")
    assert rules.reference(alert_id) in look(sol, "oversight_decided")
    decided = look(sol, "alert", alert_id)
    assert "It was right to do" in decided
    assert "They see it in their own book" in decided


def test_what_was_typed_stays_where_something_is_missing(sol: Hat) -> None:
    alert_id = raised(story.worker())
    answer = signed_in(sol).post(
        address("alert", sol, alert_id),
        {"form_key": "k", "words": "I asked her manager.", "telling": "unsafe"},
    )
    page = words(answer)
    assert answer.status_code == 400
    assert "Choose what you found." in page
    assert "I asked her manager." in page
    assert "Enter the day to ask again" in page


def test_an_alert_about_nobody_asks_for_no_name(sol: Hat) -> None:
    alert_id = raised(story.worker(), person_id=None, matter="many_records", count=203)
    page = look(sol, "alert", alert_id)
    assert "203" in page
    assert "It is about nobody in particular" in page
    assert "Whose record" not in page


def test_somebody_else_finds_no_page_there() -> None:
    ravi = story.worker()
    alert_id = raised(ravi)
    client: Client = signed_in(ravi)
    for url in (address("oversight", ravi), address("alert", ravi, alert_id)):
        assert client.get(url).status_code == 404
    assert client.get(address("looks", ravi, story.person())).status_code == 404


def test_who_looked_is_told_to_whoever_checks(sol: Hat) -> None:
    story.opens(story.worker(), story.person(), at=story.noon(1))
    page = look(sol, "looks", story.person())
    assert "Prison recovery worker, Moorland (HMP & YOI), for care and treatment" in page


def test_a_worker_asks_that_a_look_is_not_shown() -> None:
    story.organisation("PROB", "probation")
    gus = story.worker("probation_practitioner", "PROB", works_in=["MDI"])
    url = address("looks_not_shown", gus, story.person())
    client = signed_in(gus)
    assert "they are shown it from Mon 16 Nov 2026 on" in words(client.get(url))
    assert "It is asked" not in words(client.get(url))
    refused = client.post(url, {"words": "He would run."})
    assert (refused.status_code, 'href="#ground"' in words(refused)) == (400, True)
    answer = client.post(url, {"ground": "public_protection", "words": "He would run."})
    page = words(client.get(answer.headers["Location"]))
    assert "You asked on Mon 2 Nov 2026, and nobody has answered yet. Until Mon 16 Nov 2026" in page
    assert "Whom does it keep safe?" not in page
    assert rows("SELECT matter, words FROM audit_alert") == [("exempt_look", "He would run.")]
    ravi = story.worker()
    assert signed_in(ravi).get(address("looks_not_shown", ravi, story.person())).status_code == 404


@pytest.mark.parametrize(
    ("answer", "day", "says"),
    [
        ({"finding": "agreed"}, 3, "Agreed on Mon 2 Nov 2026: the person is not shown that you looked until"),
        ({"finding": "agreed"}, 24, "Answered on Mon 2 Nov 2026: since Tue 24 Nov 2026 the person is shown"),
        (
            {"finding": "not_agreed"},
            3,
            "Answered on Mon 2 Nov 2026: since Mon 2 Nov 2026 the person is shown",
        ),
        (None, 16, "Nobody answered: since Mon 16 Nov 2026 the person is shown that you looked."),
    ],
)
def test_who_asked_reads_what_came_of_it(
    answer: dict[str, str] | None, day: int, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.organisation("PROB", "probation")
    gus = story.worker("probation_practitioner", "PROB", works_in=["MDI"])
    url = address("looks_not_shown", gus, story.person())
    signed_in(gus).post(url, {"ground": "public_protection", "words": "He would run."})
    story.organisation("RECD", "council")
    checker = story.worker("information_governance", "RECD")
    if answer:
        ((alert_id,),) = rows("SELECT id FROM audit_alert")
        asked = {"ask_again_on_day": "24", "ask_again_on_month": "11", "ask_again_on_year": "2026"}
        sent = {**answer, **asked, "words": "I asked his manager.", "form_key": "k"}
        assert signed_in(checker).post(address("alert", checker, alert_id), sent).status_code == 302
        assert "For now these looks" not in look(checker, "oversight")
        assert "looks are" in look(checker, "oversight_decided")
    monkeypatch.setenv("TG_CLOCK", story.noon(day).isoformat())
    page = words(signed_in(gus).get(url))
    assert (says in page, "Whom does it keep safe?" in page) == (True, True)


def test_the_list_costs_the_same_however_long(sol: Hat, django_assert_num_queries: Any) -> None:
    ravi = story.worker()
    for key in range(30):
        raised(ravi, key=str(key))
    client = signed_in(sol)
    with django_assert_num_queries(7):
        page = client.get(address("oversight", sol))
    assert "after=" in words(page)


def opened_for() -> list[tuple[str, str]]:
    return rows(
        "SELECT purpose, outcome FROM audit_event WHERE action = 'open record' ORDER BY id DESC LIMIT 2"
    )


def test_a_worker_opens_one_record_for_another_purpose_than_usual() -> None:
    ravi = story.worker()
    client, here = signed_in(ravi), story.person()
    record, purpose = address("person", ravi, here), address("purpose", ravi, here)
    assert "Open it for another purpose" in words(client.get(record))
    assert "Open for:" not in words(client.get(record))
    assert client.post(purpose, {"purpose": "safeguarding"}).status_code == 302
    assert "Open for: Keeping somebody safe" in words(client.get(record))
    assert opened_for() == [("safeguarding", "allowed"), ("safeguarding", "allowed")]
    in_another_hat = story.worker("prison_officer")
    signed_in(in_another_hat).get(address("person", in_another_hat, here))
    assert opened_for()[0] == ("supervision", "allowed")
    assert client.post(purpose, {"purpose": "direct_care"}).status_code == 302
    assert "Open for:" not in words(client.get(record))


@pytest.mark.parametrize(
    ("stated", "logged"), [("parole", "parole"), ("supervision", "supervision"), ("Dee Placeholder", "")]
)
def test_a_purpose_against_them_or_of_another_role_is_refused_and_logged(stated: str, logged: str) -> None:
    ravi = story.worker()
    client, url = signed_in(ravi), address("purpose", ravi, story.person())
    answer = client.post(url, {"purpose": stated})
    assert answer.status_code == 400
    assert "Your role opens no record for any other." in words(answer)
    assert opened_for()[0] == (logged, "refused")
    assert "Open for:" not in words(client.get(address("person", ravi, story.person())))


def test_a_role_with_one_purpose_is_offered_no_other(sol: Hat) -> None:
    assert "Open it for another purpose" not in look(sol, "looks", story.person())
