"""Debt or pressure told in private, and what the person's choices do to their team."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests import story
from tests.contexts.clients import address, signed_in, words
from tests.team import asked_of, asks, called, form, joins, look
from throughgate.access import actions as access
from throughgate.access.rules import Answer, Chosen
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.staff.queries import Hat
from throughgate.team import actions as team
from throughgate.team import lists, queries

pytestmark = pytest.mark.django_db
NOON = story.NOON


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", NOON.isoformat())
    story.bring_in(story.document())


@pytest.fixture
def kofi() -> Hat:
    story.organisation("STEP", "peer_support")
    return called("Kofi Footpath", role="peer_mentor", at="STEP")


@pytest.fixture
def permit() -> Permit:
    return story.opens(story.worker(), story.person())


def tells(permit: Permit, hat: Hat | None, *, corrects: UUID | None = None) -> UUID:
    return team.tell_of_pressure(
        permit,
        post_id=hat.post_id if hat else None,
        text="He says I owe him.",
        plan="Rings Ada first.",
        at=permit.at,
        form=replace(form(), corrects=corrects, reason="Typed wrongly"),
    )


def test_pressure_is_known_to_whom_she_chose_and_to_who_wrote_it_down_alone(permit: Permit) -> None:
    ada, ravi = called("Ada Thermos", role="prison_healthcare", at="MDI"), story.worker()
    joins(permit, "Ada Thermos")
    entry_id = tells(story.opens(ravi, story.person()), ada)
    for hat in (ada, ravi):
        assert "He says I owe him." in look(hat)
        assert "To stay safe: Rings Ada first." in look(hat, "person")
    for role in ("prison_recovery_worker", "safer_custody", "prison_officer"):
        stranger = story.worker(role)
        assert "owe him" not in look(stranger) + look(stranger, "person")
        assert "Told to you in private" not in look(stranger)
        answers = [
            signed_in(stranger).get(address("history", stranger, story.person(), each))
            for each in (entry_id, new_id())
        ]
        assert {each.status_code for each in answers} == {404}
        assert len({len(each.content) for each in answers}) == 1


def test_a_correction_says_that_whom_it_newly_names_is_told_nothing(permit: Permit) -> None:
    ada, gil = (called(name, role="prison_healthcare", at="MDI") for name in ("Ada Thermos", "Gil Lantern"))
    for name in ("Ada Thermos", "Gil Lantern"):
        joins(permit, name)
    first = tells(permit, ada)
    with pytest.raises(Refused, match="Write it once more for whom they choose now"):
        tells(permit, gil, corrects=first)
    again = tells(permit, ada, corrects=first)
    assert again != first
    assert "He says I owe him." in look(ada)
    assert "owe him" not in look(gil)


def test_what_was_told_in_private_is_not_offered_to_other_systems(permit: Permit) -> None:
    ravi = story.worker()
    entry_id = tells(story.opens(ravi, story.person()), ravi)
    client, there = signed_in(ravi), address("plain_text", ravi, story.person(), entry_id)
    page = words(client.get(f"{address('person', ravi, story.person())}?kept={entry_id}"))
    assert "It is kept, for you and for whom they chose" in page
    assert there not in page
    assert "“”" not in page
    answer = client.get(there)
    assert answer.status_code == 403
    assert "it is not for another system" in words(answer)


def test_nothing_told_in_private_stands_on_any_list(permit: Permit) -> None:
    ada = called("Ada Thermos", role="prison_healthcare", at="MDI")
    joins(permit, "Ada Thermos")
    tells(permit, ada)
    listing = access.issue_list_permit(ada, purpose="direct_care", at=NOON)
    assert lists.waiting(listing).asked == []
    for page in ("today", "everyone", "asked"):
        assert "owe him" not in words(signed_in(ada).get(address(page, ada)))


def test_it_is_told_to_nobody_whose_role_is_not_shown_safeguarding(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    for hat in (kofi, None):
        with pytest.raises(Refused, match="Choose whom they want to know"):
            tells(permit, hat)
    script = access.issue_script_permit(story.person(), organisation_id=story.prison().id, at=NOON)
    assert queries.may_be_told(script) == {}


# What the person chooses


def test_what_is_asked_of_whom_she_keeps_her_plan_from_is_on_no_list(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    asks(permit, kofi)
    keeps_back = Chosen(
        organisation_id=kofi.organisation_id,
        topic="plan_appointments",
        purpose="",
        answer=Answer.KEEP_BACK,
    )
    said = [access.Said(person_id=story.person(), chosen=keeps_back)]
    access.rebuild_choices(permit, person_ids=[story.person()], said=said)
    assert asked_of(kofi) == []


def test_of_whoever_must_not_know_nothing_is_asked(permit: Permit, kofi: Hat) -> None:
    joins(permit)
    asks(permit, kofi)
    named = access.Named(person_id=story.person(), worker_id=kofi.worker_id, organisation_id=None)
    access.rebuild_bars(permit, why=access.MUST_NOT_KNOW, named=[named], person_ids=[story.person()])
    assert asked_of(kofi) == []
    with pytest.raises(NotFound):
        story.opens(kofi, story.person())
