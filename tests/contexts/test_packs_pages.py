"""The pages of packs, as a worker's browser asks for them."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from django.http.response import HttpResponseBase

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from throughgate.foundation.ids import new_id
from throughgate.packs import batches
from throughgate.pathway import actions as pathway
from throughgate.people import actions as people_actions
from throughgate.record.rules import Form
from throughgate.referral import actions as referral
from throughgate.referral.actions import Meeting
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
LEAVES = {"conditionalReleaseDate": "2026-11-13", "confirmedReleaseDate": "2026-11-13"}
GETHIN = {"bookingId": "2", "firstName": "GETHIN", "lastName": "PRICE"}
PAGES: list[tuple[str, list[str]]] = [
    ("pack", []),
    ("agree_pack", ["sheet-1"]),
    ("give_pack", []),
    ("take_back_pack", []),
    ("pack_file", ["sheet-1", "pdf"]),
]
MAKERS = [  # role, and the organisation they come to the prison from
    ("prison_recovery_worker", "MDI"),
    ("prison_healthcare", "MDI"),
    ("offender_management", "MDI"),
    ("prison_officer", "MDI"),
    ("resettlement_worker", "MDI"),
    ("peer_mentor", "STEP"),
    ("probation_practitioner", "PROB"),
    ("womens_service_worker", "HARB"),
]


@pytest.fixture(autouse=True)
def on_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(story.document(**LEAVES), story.document(story.GETHIN, **GETHIN))
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


@pytest.fixture
def ravi() -> Hat:
    return story.worker()


def look(hat: Hat, page: str, *rest: Any, key: str = story.DEE) -> str:
    return words(signed_in(hat).get(address(page, hat, story.person(key), *rest)))


def send(hat: Hat, page: str, *rest: Any, key: str = story.DEE, **typed: Any) -> HttpResponseBase:
    url = address(page, hat, story.person(key), *rest)
    return signed_in(hat).post(url, {"form_key": str(new_id()), **typed})


def made(hat: Hat, *, key: str = story.DEE, **typed: str) -> UUID:
    """A new pack: the id in the address that follows."""
    answer = send(hat, "packs", key=key, **typed)
    assert answer.status_code == 302, words(answer)
    return UUID(answer.headers["Location"].rstrip("/").rpartition("/")[2])


def book(hat: Hat, key: str = story.DEE, what: str = "prescriber", day: int = 14) -> None:
    permit = story.opens(hat, story.person(key), at=story.noon(9))
    meeting = Meeting(what, "Dr Ola Stamp", "High Street")
    form = Form(str(new_id()))
    with pathway.in_step(permit):
        referral.book(permit, meeting, on=date(2026, 11, day), at_time=time(10), form=form)


def audited(action: str) -> list[UUID]:
    found = rows("SELECT person_id FROM audit_event WHERE action = %s ORDER BY at, id", action)
    return [person_id for (person_id,) in found]


def sheet(page: str, name: str) -> str:
    """What the page shows of that sheet."""
    return page.partition(f'id="{name}"')[2].partition("</section>")[0]


# Somebody's packs


def test_without_a_pack_the_page_says_how_to_make_one(ravi: Hat) -> None:
    page = look(ravi, "packs")
    assert "No pack has been made yet" in page
    assert "Make a pack" in page


@pytest.mark.parametrize(("role", "at"), MAKERS)
def test_whoever_writes_plans_makes_a_pack_and_reads_both_sheets(role: str, at: str) -> None:
    if at != "MDI":
        story.organisation(at)
    hat = story.worker(role, at, works_in=[] if at == "MDI" else ["MDI"])
    page = look(hat, "pack", made(hat))
    assert "Pack, version 1" in page
    assert "Dee Marlowe" in sheet(page, "sheet-1")
    assert "Dee Marlowe" in sheet(page, "sheet-2")


def test_whoever_is_not_shown_plans_is_told_so_and_reaches_no_pack(ravi: Hat) -> None:
    pack_id = made(ravi)
    stranger = story.worker("safer_custody")
    page = look(stranger, "packs")
    assert "Not shared with you" in page
    assert ("Make a pack" in page, "Pack, version" in page) == (False, False)
    assert send(stranger, "packs").status_code == 400
    for name, rest in PAGES:
        url = address(name, stranger, story.person(), pack_id, *rest)
        assert signed_in(stranger).get(url).status_code == 404
        assert signed_in(stranger).post(url, {"sheets": "sheet-1", "text": "x"}).status_code == 404


def test_the_same_form_sent_twice_makes_one_pack(ravi: Hat) -> None:
    key = str(new_id())
    assert made(ravi, form_key=key) == made(ravi, form_key=key)
    assert rows("SELECT count(*) FROM record_entry WHERE kind = 'pack'") == [(1,)]


def test_made_again_it_is_the_next_version_and_the_old_one_says_so(ravi: Hat) -> None:
    old, new = made(ravi), made(ravi)
    assert "Pack, version 2" in look(ravi, "pack", new)
    page = look(ravi, "pack", old)
    assert "This pack has been replaced by a newer one" in page
    assert str(new) in page
    assert "Take this pack back" not in page
    assert "Every version" in look(ravi, "packs")


def test_a_pack_is_reached_under_its_own_person_only(ravi: Hat) -> None:
    pack_id = made(ravi)
    for name, rest in PAGES:
        url = address(name, ravi, story.person(story.GETHIN), pack_id, *rest)
        assert signed_in(ravi).get(url).status_code == 404
        assert signed_in(ravi).post(url, {"sheets": "sheet-1", "text": "x"}).status_code == 404
    assert audited("print sheet") == []


# What has changed since


def test_what_has_changed_since_stands_in_red_on_both_pages(ravi: Hat) -> None:
    pack_id = made(ravi)
    assert "Out of date" not in look(ravi, "packs")
    book(ravi)
    for page in (look(ravi, "packs"), look(ravi, "pack", pack_id)):
        notice = page.partition('aria-label="Out of date"')[2].partition("</section>")[0]
        assert "Dr Ola Stamp" in notice
    new = made(ravi)
    assert "Out of date" not in look(ravi, "pack", new)
    assert "Out of date" not in look(ravi, "pack", pack_id)  # it says that it was replaced


# Agreeing


def controls(page: str, key: str) -> dict[str, str]:
    """Those that leave out what has that key, by name."""
    return dict(re.findall(rf'name="(left_out_\w+)" type="checkbox" value="({key}:[^"]+)"', page))


def test_what_they_want_left_out_stands_on_no_sheet_and_says_nothing_of_what(ravi: Hat) -> None:
    book(ravi)
    pack_id = made(ravi)
    typed = controls(look(ravi, "agree_pack", pack_id, "sheet-2"), "appointment")
    assert send(ravi, "agree_pack", pack_id, "sheet-2", **typed).status_code == 302
    page = look(ravi, "pack", pack_id)
    assert "Dr Ola Stamp" in sheet(page, "sheet-1")
    assert "Dr Ola Stamp" not in sheet(page, "sheet-2")
    assert "things left out at their wish: 1" in page
    assert look(ravi, "agree_pack", pack_id, "sheet-2").count(" checked") == 1
    assert '" checked' not in look(ravi, "agree_pack", pack_id, "sheet-1")


def test_only_what_is_told_can_be_left_out(ravi: Hat) -> None:
    page = look(ravi, "agree_pack", made(ravi), "sheet-2")
    assert ("Leaves Friday 13 November" in page, "Not recorded" in page) == (True, False)


def test_agreed_sheets_lead_on_to_giving_them(ravi: Hat) -> None:
    pack_id = made(ravi)
    assert "Go through their own sheet with them" in look(ravi, "pack", pack_id)
    send(ravi, "agree_pack", pack_id, "sheet-1")
    assert "Go through the next worker's sheet with them" in look(ravi, "pack", pack_id)
    send(ravi, "agree_pack", pack_id, "sheet-2")
    page = look(ravi, "pack", pack_id)
    assert "Go through" not in page
    assert "Say that it was given" in page


def test_a_sheet_that_is_none_is_not_there(ravi: Hat) -> None:
    pack_id = made(ravi)
    for name, rest in (
        ("agree_pack", ["sheet-3"]),
        ("pack_file", ["sheet-3", "pdf"]),
        ("pack_file", ["sheet-1", "exe"]),
    ):
        assert signed_in(ravi).get(address(name, ravi, story.person(), pack_id, *rest)).status_code == 404


# Giving and taking back


def test_what_was_given_says_which_sheets_how_and_to_whom(ravi: Hat) -> None:
    pack_id = made(ravi)
    answer = send(
        ravi,
        "give_pack",
        pack_id,
        sheets=["sheet-1", "sheet-2"],
        language="cy",
        layout="large",
        discreet="yes",
        text="By hand, in reception",
    )
    assert answer.status_code == 302, words(answer)
    page = look(ravi, "pack", pack_id)
    assert "Welsh, Large print, discreet" in page
    assert "By hand, in reception" in page
    assert "A prison recovery worker" in page


@pytest.mark.parametrize(
    ("name", "typed"),
    [("give_pack", {"text": "By hand"}), ("take_back_pack", {"text": " "}), ("give_pack", {"sheets": "x"})],
)
def test_what_is_left_unsaid_comes_back_with_why(ravi: Hat, name: str, typed: Mapping[str, str]) -> None:
    pack_id = made(ravi)
    answer = send(ravi, name, pack_id, **typed)
    assert (answer.status_code, "Something to put right" in words(answer)) == (400, True)
    assert typed.get("text", "").strip() in words(answer)


def test_a_pack_taken_back_says_so_with_why_and_leads_nowhere(ravi: Hat) -> None:
    pack_id = made(ravi)
    assert send(ravi, "take_back_pack", pack_id, text="The wrong clinic").status_code == 302
    page = look(ravi, "pack", pack_id)
    assert "The wrong clinic" in page
    assert ("Take this pack back" in page, "Say that it was given" in page) == (False, False)
    assert "Make it again, as version 2" in look(ravi, "packs")


# Files


@pytest.mark.parametrize(
    ("ending", "kind", "begins"),
    [("pdf", "application/pdf", b"%PDF-"), ("html", "text/html", b"<!DOCTYPE html>")],
)
def test_each_sheet_is_a_file_that_is_kept_nowhere_and_audited_as_print(
    ravi: Hat, ending: str, kind: str, begins: bytes
) -> None:
    pack_id = made(ravi)
    for name in ("sheet-1", "sheet-2"):
        answer = signed_in(ravi).get(address("pack_file", ravi, story.person(), pack_id, name, ending))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith(kind)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}.{ending}"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.content[: len(begins)].lower() == begins.lower()
    assert audited("print sheet") == [story.person()] * 2


def test_an_edition_that_nobody_offers_is_the_usual_one(ravi: Hat) -> None:
    book(ravi)
    pack_id = made(ravi)
    usual = look(ravi, "pack", pack_id)
    url = address("pack", ravi, story.person(), pack_id)
    assert sheet(words(signed_in(ravi).get(url, {"language": "tlh", "layout": "tiny"})), "sheet-1") == sheet(
        usual, "sheet-1"
    )
    welsh = words(signed_in(ravi).get(url, {"language": "cy", "layout": "easy", "discreet": "yes"}))
    assert '<div lang="cy">' in sheet(welsh, "sheet-1")
    assert '<div lang="en">' in sheet(welsh, "sheet-2")
    assert "Dr Ola Stamp" in sheet(usual, "sheet-1")


# The lounge


def ticked(hat: Hat, *keys: str, form_key: str = "") -> HttpResponseBase:
    ids = [str(story.person(key)) for key in keys]
    return signed_in(hat).post(address("lounge", hat), {"person": ids, "form_key": form_key or str(new_id())})


def lounge(hat: Hat) -> str:
    return words(signed_in(hat).get(address("lounge", hat)))


def test_the_lounge_lists_who_leaves_in_a_week_or_is_in_court_tomorrow(ravi: Hat) -> None:
    assert ("Dee Marlowe" in lounge(ravi), "Gethin Price" in lounge(ravi)) == (True, False)
    book(ravi, story.GETHIN, "court", 10)
    page = lounge(ravi)
    assert "in court Tue 10 Nov" in page
    assert "leaves Fri 13 Nov" in page
    assert page.count("no pack") == 2


def test_the_lounge_says_how_far_each_pack_is(ravi: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    pack_id = made(ravi)
    assert "made, not yet agreed" in lounge(ravi)
    for name in ("sheet-1", "sheet-2"):
        send(ravi, "agree_pack", pack_id, name)
    assert ">agreed<" in lounge(ravi)
    send(ravi, "give_pack", pack_id, sheets="sheet-1")
    assert ">given<" in lounge(ravi)
    monkeypatch.setenv("TG_CLOCK", story.noon(10).isoformat())
    book(ravi)
    assert "out of date" in lounge(ravi)


def test_packs_asked_for_at_once_are_made_by_a_job_and_printed_from_one_page(ravi: Hat) -> None:
    answer = ticked(ravi, story.DEE, story.GETHIN)
    assert answer.status_code == 302
    url = answer.headers["Location"]
    waiting = signed_in(ravi).get(url)
    assert waiting.headers["Refresh"] == "2"
    assert "0 of 2" in words(waiting)
    assert "sheet-1.pdf" not in words(waiting)
    batches.carry_out_waiting()
    done = signed_in(ravi).get(url)
    assert "Refresh" not in done.headers
    assert words(done).count("The pack is made") == 2
    printed = signed_in(ravi).get(f"{url}sheet-1.pdf")
    assert printed.content.startswith(b"%PDF-")
    assert printed.headers["Content-Disposition"] == 'attachment; filename="sheet-1.pdf"'
    assert set(audited("print sheet")) == {story.person(), story.person(story.GETHIN)}


def test_asked_for_twice_by_one_form_they_are_made_once(ravi: Hat) -> None:
    key = str(new_id())
    first, again = ticked(ravi, story.DEE, form_key=key), ticked(ravi, story.DEE, form_key=key)
    assert first.headers["Location"] == again.headers["Location"]
    batches.carry_out_waiting()
    batches.carry_out_waiting()
    assert rows("SELECT count(*) FROM record_entry WHERE kind = 'pack'") == [(1,)]


def test_whoever_cannot_have_one_is_named_with_why_and_keeps_nobody_from_theirs(ravi: Hat) -> None:
    gethin = story.person(story.GETHIN)
    people_actions.note_death(story.opens(ravi, gethin), [gethin], state="confirmed")
    answer = ticked(ravi, story.DEE, story.GETHIN)
    batches.carry_out_waiting()
    page = words(signed_in(ravi).get(answer.headers["Location"]))
    assert page.count("The pack is made") == 1
    assert "This record is closed because the person has died." in page


def test_nobody_ticked_comes_back_with_why(ravi: Hat) -> None:
    answer = ticked(ravi)
    assert (answer.status_code, "Something to put right" in words(answer)) == (400, True)


def test_nobody_hidden_is_named_or_asked_for(ravi: Hat) -> None:
    elsewhere = story.document("A9000ZZ", lastName="HIDDEN", bookingId="9", prisonId="LEI")
    story.bring_in(elsewhere, source="LEI", as_at=story.noon(8))
    for hidden in (story.person("A9000ZZ", source="LEI"), new_id()):
        ids = [str(story.person()), str(hidden)]
        answer = signed_in(ravi).post(address("lounge", ravi), {"person": ids, "form_key": str(new_id())})
        page = words(answer)
        assert (answer.status_code, "Of 1 whom you ticked" in page, "Hidden" in page) == (400, True, False)
        assert page.count(" checked") == 1
    assert rows("SELECT count(*) FROM packs_batch") == [(0,)]


def test_packs_asked_for_by_somebody_else_look_like_none(ravi: Hat) -> None:
    url = ticked(ravi, story.DEE).headers["Location"]
    other = story.worker()
    for theirs in (
        address("batch", other, UUID(url.rstrip("/").rpartition("/")[2])),
        address("batch", other, new_id()),
    ):
        assert signed_in(other).get(theirs).status_code == 404
        assert signed_in(other).get(f"{theirs}sheet-1.pdf").status_code == 404


def test_a_role_that_sees_no_plans_on_lists_is_told_so() -> None:
    assert "When people leave is not shared with you" in lounge(story.worker("safer_custody"))


# The ways in


def test_the_record_today_and_the_menu_lead_to_packs(ravi: Hat) -> None:
    packs = address("packs", ravi, story.person())
    assert packs in look(ravi, "person")
    today = words(signed_in(ravi).get(address("today", ravi)))
    assert packs in today
    assert address("lounge", ravi) in today


# Queries


def test_many_take_as_many_queries_as_one(ravi: Hat, django_assert_num_queries: Callable[[int], Any]) -> None:
    client = signed_in(ravi)
    made(ravi)
    client.get(address("lounge", ravi))
    with django_assert_num_queries(6):
        client.get(address("lounge", ravi))
    numbers = [f"A{3000 + n}AA" for n in range(30)]
    story.bring_in(
        *(story.document(number, bookingId=number, lastName=f"LONG{number}", **LEAVES) for number in numbers),
        as_at=story.noon(8),
    )
    with django_assert_num_queries(6):
        client.get(address("lounge", ravi))


def test_the_pages_of_a_pack_cost_the_same_with_every_version(
    ravi: Hat, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client, packs = signed_in(ravi), address("packs", ravi, story.person())
    client.get(packs)
    for _ in range(3):
        pack_id = made(ravi)
        send(ravi, "agree_pack", pack_id, "sheet-1")
        send(ravi, "give_pack", pack_id, sheets="sheet-1")
        with django_assert_max_num_queries(28):
            client.get(packs)
        with django_assert_max_num_queries(45):
            client.get(f"{packs}{pack_id}/")
