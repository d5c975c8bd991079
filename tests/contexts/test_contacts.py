"""Notes: written once however often the form is sent, and read by who may."""

from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest
from django.db import transaction

from tests import story
from throughgate.contacts import actions as contacts
from throughgate.contacts import queries
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.record import queries as record
from throughgate.record.rules import Form

pytestmark = pytest.mark.django_db


@pytest.fixture
def permit() -> Permit:
    story.bring_in(story.document())
    story.organisation("PATH")
    return story.opens(story.worker(at="PATH", works_in=["MDI"]), story.person())


def notes(permit: Permit) -> list[str]:
    found = record.current(permit, identity_ids=linkage.identity_ids(permit), kinds=frozenset(queries.SHAPES))
    lines = queries.lines(
        permit, {kind: [each.id for each in found if each.kind == kind] for kind in queries.SHAPES}
    )
    said = [lines[each.id] for each in found if each.id in lines]
    return [line.text for line in said if isinstance(line, queries.NoteLine)]


def test_the_same_form_sent_twice_makes_one_note(permit: Permit) -> None:
    first = contacts.write_note(permit, kind="note_plan", text=" Met her. ", at=story.NOON, form=Form("k1"))
    again = contacts.write_note(permit, kind="note_plan", text="Met her.", at=story.NOON, form=Form("k1"))
    assert (first == again, notes(permit)) == (True, ["Met her."])


def test_two_forms_make_two_notes(permit: Permit) -> None:
    for key in ("k1", "k2"):
        contacts.write_note(permit, kind="note_plan", text=key, at=story.NOON, form=Form(key))
    assert sorted(notes(permit)) == ["k1", "k2"]


def test_a_note_is_read_only_by_who_may_read_its_category(permit: Permit) -> None:
    contacts.write_note(permit, kind="note_treatment", text="Dose", at=story.NOON, form=Form("k1"))
    assert notes(permit) == ["Dose"]
    assert notes(replace(permit, read=frozenset({"plan_appointments"}))) == []


KEPT: list[tuple[str, str, bool]] = [
    ("me", "me", True),
    ("me", "us", False),
    ("me", "", False),
    ("us", "me", True),
    ("us", "", False),
    ("", "us", True),
]


@pytest.mark.parametrize(("first", "then", "is_kept"), KEPT)
def test_a_corrected_note_is_never_kept_for_more_and_says_so(
    permit: Permit, first: str, then: str, is_kept: bool
) -> None:
    assert permit.worker_id
    readers: dict[str, list[UUID]] = {"me": [permit.worker_id], "us": [permit.organisation_id], "": []}
    write = partial(contacts.write_note, permit, kind="note_plan", at=story.NOON)
    old = write(text="Owes", form=Form("k1"), only_for=readers[first])
    correct = partial(write, text="Owes.", form=Form("k2", reason="A slip", corrects=old))
    if is_kept:
        correct(only_for=readers[then])
    else:
        with pytest.raises(Refused, match="kept for fewer"):
            correct(only_for=readers[then])
    assert notes(permit) == ["Owes." if is_kept else "Owes"]


def test_a_role_is_offered_the_kinds_it_may_write(permit: Permit) -> None:
    assert set(queries.note_kinds(permit)) == {"note_plan", "note_treatment", "note_housing"}
    assert queries.note_kinds(replace(permit, write=frozenset())) == {}


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        ("", "Words", "Choose what the note is about"),
        ("movement", "Words", "Choose what the note is about"),
        ("note_plan", "  \n ", "Write something"),
        ("note_plan", "x" * 10_001, "up to 10,000 characters"),
        ("note_custody", "Words", "does not record this kind"),
    ],
)
def test_a_note_is_refused_for_a_reason(permit: Permit, kind: str, text: str, why: str) -> None:
    with pytest.raises(Refused, match=why), transaction.atomic():
        contacts.write_note(permit, kind=kind, text=text, at=story.NOON, form=Form("k1"))
    assert notes(permit) == []


CONTACT = {"mode": "telephone", "outcome": "no_answer", "text": " Rang twice. "}


def contacts_of(permit: Permit) -> list[queries.Line]:
    found = record.current(permit, identity_ids=linkage.identity_ids(permit), kinds=frozenset({"contact"}))
    return list(queries.lines(permit, {"contact": [each.id for each in found]}).values())


def test_the_same_form_sent_twice_makes_one_contact(permit: Permit) -> None:
    first = contacts.record_contact(permit, **CONTACT, at=story.NOON, form=Form("k1"))
    again = contacts.record_contact(permit, **CONTACT, at=story.NOON, form=Form("k1"))
    assert first == again
    assert contacts_of(permit) == [queries.ContactLine("telephone", "no_answer", "Rang twice.")]


def test_a_contact_is_of_the_past_and_says_what_came_of_it(permit: Permit) -> None:
    with pytest.raises(Refused, match=r"Choose what came of it\. This moment is still to come\."):
        contacts.record_contact(
            permit, mode="telephone", outcome="", text="", at=story.noon(3), form=Form("k1")
        )
    assert contacts_of(permit) == []


def test_only_who_writes_the_plan_records_contacts(permit: Permit) -> None:
    reader = replace(permit, write=frozenset({"housing"}))
    assert (queries.records_contacts(permit), queries.records_contacts(reader)) == (True, False)
    with pytest.raises(Refused, match="does not record this kind"):
        contacts.record_contact(reader, **CONTACT, at=story.NOON, form=Form("k1"))
