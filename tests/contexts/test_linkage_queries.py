"""Which identities are a person, now and as known on a day; pairs, answers, and links to undo."""

import pytest

from tests import story
from throughgate.contacts import actions as contacts
from throughgate.exchange import actions as exchange
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound
from throughgate.foundation.ids import new_id
from throughgate.linkage import own
from throughgate.linkage import queries as linkage
from throughgate.linkage.rules import BirthDates
from throughgate.people import queries as people
from throughgate.record.rules import Form

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leeds knows Dee by the same prison number as Moorland."""
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(story.document())
    monkeypatch.setenv("TG_CLOCK", story.noon(4).isoformat())
    story.bring_in(story.document(), source="LEI", as_at=story.noon(3))


def test_the_identities_of_a_person_are_those_linked_now(joined: None) -> None:
    permit = story.opens(story.worker(), story.person())
    assert set(linkage.identity_ids(permit)) == {story.identity(), story.identity(source="LEI")}


def test_as_known_on_a_day_only_what_was_linked_by_then_belongs(joined: None) -> None:
    permit = story.opens(story.worker(), story.person())
    assert linkage.identity_ids(permit, known_on=story.noon(3)) == [story.identity()]
    assert linkage.identity_ids(permit, known_on=story.noon(1)) == []


def test_undoing_a_link_changes_what_is_known_now_and_not_what_was(
    joined: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    permit = story.opens(story.worker(), story.person())
    moorland, leeds = story.identity(), story.identity(source="LEI")
    reviewer = story.reviewer()
    (link,) = linkage.joined(reviewer, limit=5)
    assert (link.identity_id, link.other_ids, link.why) == (leeds, [moorland], "identifiers_agree")
    monkeypatch.setenv("TG_CLOCK", story.noon(6).isoformat())
    exchange.separate(reviewer, link.id, reason="Two people with one number")
    assert linkage.identity_ids(permit) == [moorland]
    assert set(linkage.identity_ids(permit, known_on=story.noon(5))) == {moorland, leeds}
    assert linkage.joined(reviewer, limit=5) == []
    assert linkage.joined(reviewer, limit=5, link_id=link.id) == []


def test_what_a_worker_wrote_is_part_of_what_was_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(2).isoformat())
    story.bring_in(story.document())
    story.organisation("PATH")
    permit = story.opens(story.worker(at="PATH", works_in=["MDI"]), story.person())
    contacts.write_note(permit, kind="note_plan", text="Met her", at=story.noon(2), form=Form("one"))
    by_hand = own.identity(permit)
    assert own.identity(permit) == by_hand
    assert by_hand in linkage.identity_ids(permit, known_on=story.noon(3))
    assert by_hand not in linkage.identity_ids(permit, known_on=story.noon(1))


def test_a_lookalike_counts_only_if_this_worker_may_be_shown_them() -> None:
    story.bring_in(
        story.document("A1111AA", bookingId="1"),
        story.document("A2222AA", bookingId="2"),  # name and birth date
        story.document("A3333AA", bookingId="3", dateOfBirth="1970-01-01"),  # name
        story.document("A4444AA", bookingId="4", firstName="JO"),  # surname and birth date
        story.document("A5555AA", bookingId="5", firstName="JO", dateOfBirth="1970-01-01"),  # surname alone
    )
    story.bring_in(story.document("B1111BB", bookingId="6", prisonId="LEI"), source="LEI")
    hat = story.worker()
    assert linkage.lookalikes(story.opens(hat, story.person("A1111AA"))) == 3
    both = story.worker(works_in=["LEI"])
    assert linkage.lookalikes(story.opens(both, story.person("A1111AA"))) == 4


@pytest.fixture
def clash() -> None:
    """Leeds gives Dee's number to somebody born a generation later."""
    story.bring_in(story.document())
    story.bring_in(story.document(dateOfBirth="2008-06-05"), source="LEI", as_at=story.noon(3))


def test_a_pair_waits_until_it_is_answered_and_keeps_its_answers(clash: None) -> None:
    reviewer = story.reviewer()
    (waiting,) = linkage.held(reviewer, limit=5)
    assert linkage.pair(reviewer, waiting.id) == waiting
    assert linkage.answers(reviewer, waiting.id) == []
    exchange.settle(reviewer, waiting.id, answer="different", reason="Mother and daughter")
    (answer,) = linkage.answers(reviewer, waiting.id)
    assert (answer.answer, answer.reason, answer.worker_id) == (
        "different",
        "Mother and daughter",
        reviewer.worker_id,
    )
    assert linkage.held(reviewer, limit=5) == []
    assert linkage.pair(reviewer, waiting.id) == waiting


def test_the_comparison_is_the_one_the_rule_made(clash: None) -> None:
    reviewer = story.reviewer()
    (waiting,) = linkage.held(reviewer, limit=5)
    known = people.known_as(reviewer, frozenset({waiting.identity_id, waiting.other_id}))
    found = linkage.comparison(known[waiting.identity_id], known[waiting.other_id])
    assert found.birth_date is BirthDates.generation_apart
    assert found.agreeing == {("prison", story.DEE)}


def test_a_pair_that_is_not_there_is_not_there() -> None:
    with pytest.raises(NotFound):
        linkage.pair(story.reviewer(), new_id())


def test_links_say_why_each_identity_is_theirs(joined: None) -> None:
    found = linkage.links(story.opens(story.worker(), story.person()))
    assert {link.why for link in found} == {"first_seen", "identifiers_agree"}
    assert all(link.recorded_at <= clock.now() for link in found)
