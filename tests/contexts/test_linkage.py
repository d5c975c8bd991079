"""Identities become one person by their numbers, are asked about where in doubt, and come apart again."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connection, connections, transaction

from tests import content, story
from tests.content import rows
from tests.story import DEE, GETHIN, NOON
from throughgate.exchange import actions as exchange
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.linkage import actions as linkage
from throughgate.linkage import queries
from throughgate.linkage.evidence import Arrival, Known
from throughgate.linkage.rules import Evidence
from throughgate.linkage.table import Table
from throughgate.people.actions import Details
from throughgate.people.rules import CHECK_LETTERS, Identifier, State, System
from throughgate.record import queries as record

pytestmark = pytest.mark.django_db


def pnc(serial: int) -> str:
    """A police number of 2015 with its check letter."""
    return f"2015/{serial:07}{CHECK_LETTERS[int(f'15{serial:07}') % len(CHECK_LETTERS)]}"


def numbered(*serials: int) -> dict[str, Any]:
    return {"identifiers": [{"type": "PNC", "value": pnc(serial)} for serial in serials]}


def nhs(number: str) -> dict[str, Any]:
    return {"identifiers": [{"type": "NHS", "value": number}]}


def groups() -> list[str | None]:
    """Everybody, each by all of their identities."""
    return [row[0] for row in content.everything()["people"]]


def links() -> int:
    return int(rows("SELECT count(*) FROM linkage_link")[0][0])


# Joining


def test_one_prison_number_in_two_feeds_is_one_person_and_the_link_says_why() -> None:
    story.bring_in(story.document())
    story.bring_in(story.document(), source="LEI")
    assert groups() == ["LEI A1234BC, MDI A1234BC"]
    assert rows("SELECT why, evidence::json FROM linkage_link ORDER BY recorded_at, id") == [
        ("first_seen", {}),
        ("identifiers_agree", {"agree": [["prison", DEE]]}),
    ]


def test_a_name_and_a_birth_date_alone_never_join() -> None:
    story.bring_in(story.document(), story.document(GETHIN))
    assert groups() == ["MDI A1234BC", "MDI A2345CD"]
    assert rows("SELECT FROM linkage_held") == []


def test_somebody_with_two_police_numbers_brings_those_known_by_each_together() -> None:
    story.bring_in(story.document("A1111AA", **numbered(1)))
    story.bring_in(story.document("A2222BB", **numbered(2)), source="LEI")
    story.bring_in(story.document("A3333CC", **numbered(1, 2)), source="BXI")
    assert groups() == ["BXI A3333CC, LEI A2222BB, MDI A1111AA"]


@pytest.mark.parametrize("order", list(permutations([(1,), (2,), (1, 2)])))
def test_the_order_of_a_file_decides_nothing(order: tuple[tuple[int, ...], ...]) -> None:
    story.bring_in(story.document("A0000AA", **numbered(1)), source="LEI")
    documents = [
        story.document(f"A{''.join(map(str, serials)):>04}BB", **numbered(*serials)) for serials in order
    ]
    story.bring_in(*documents)
    assert groups() == ["LEI A0000AA, MDI A0001BB, MDI A0002BB, MDI A0012BB"]
    newest = """
        SELECT DISTINCT ON (identity_id) identity_id, person_id FROM linkage_link
        ORDER BY identity_id, recorded_at DESC, id DESC"""
    assert dict(rows(newest)) == dict(rows("SELECT id, person_id FROM people_identity"))


def test_the_record_follows_to_the_person_it_was_joined_to() -> None:
    story.bring_in(story.document("A1111AA", **numbered(1)))
    story.bring_in(story.document("A2222BB", **numbered(2)), source="LEI")
    story.bring_in(story.document("A2222BB", **numbered(1, 2)), source="LEI", as_at=NOON + timedelta(days=1))
    assert [row[0] for row in content.everything()["relationships"]] == ["LEI A2222BB, MDI A1111AA"]
    assert [row[0] for row in content.everything()["standing"]] == ["LEI A2222BB, MDI A1111AA"]


# Asking

ONE_NHS, OTHER_NHS = "9434765919", "9434765870"


@pytest.fixture
def held() -> UUID:
    """Two prisons give one prison number to somebody with two different NHS numbers."""
    story.bring_in(story.document(**nhs(ONE_NHS)))
    story.bring_in(story.document(**nhs(OTHER_NHS)), source="LEI")
    ((held_id,),) = rows("SELECT id FROM linkage_held")
    return UUID(str(held_id))


def bring_again(day: int = 5) -> dict[str, int]:
    report = story.bring_in(
        story.document(cellLocation="Z-9-999", **nhs(OTHER_NHS)), source="LEI", as_at=story.noon(day)
    )
    return report.counts


def test_what_clashes_waits_for_somebody_and_each_has_a_record(held: UUID) -> None:
    assert groups() == ["LEI A1234BC", "MDI A1234BC"]
    assert rows("SELECT reasons::json FROM linkage_held") == [(["nhs_numbers_clash"],)]
    assert bring_again()["held"] == 1
    assert rows("SELECT count(*) FROM linkage_held") == [(1,)]


def test_who_are_said_to_be_the_same_become_one_person_and_are_not_asked_about_again(held: UUID) -> None:
    before = links()
    linkage.answer(story.reviewer(), held, answer="same", reason="Same photograph")
    assert groups() == ["LEI A1234BC, MDI A1234BC"]
    assert links() == before + 1
    assert bring_again()["held"] == 0


def test_who_are_said_to_be_different_stay_apart_whatever_comes_in(held: UUID) -> None:
    linkage.answer(story.reviewer(), held, answer="different", reason="Seen side by side")
    assert bring_again()["held"] == 0
    assert groups() == ["LEI A1234BC", "MDI A1234BC"]


def test_an_answer_may_be_taken_back_and_the_newest_holds(held: UUID) -> None:
    linkage.answer(story.reviewer(), held, answer="different", reason="Seen side by side")
    linkage.answer(story.reviewer(), held, answer="same", reason="It was the same after all")
    assert groups() == ["LEI A1234BC, MDI A1234BC"]
    before = links()
    assert linkage.answer(story.reviewer(), held, answer="same", reason="Still")
    assert links() == before


def test_an_answer_says_why_and_is_about_a_pair_that_waits(held: UUID) -> None:
    with pytest.raises(Refused, match="Say why"):
        linkage.answer(story.reviewer(), held, answer="same", reason=" ")
    with pytest.raises(NotFound):
        linkage.answer(story.reviewer(), new_id(), answer="same", reason="Same photograph")


def test_an_answer_is_audited_for_both_people_under_its_permit(held: UUID) -> None:
    permit = story.reviewer()
    touched = linkage.answer(permit, held, answer="same", reason="Same photograph")
    audited = rows(
        "SELECT person_id, actor_id, role, detail::json FROM audit_event WHERE action = 'answer same'"
    )
    assert {row[0] for row in audited} == touched
    assert {row[1:3] for row in audited} == {(permit.worker_id, "data_quality")}
    assert [row[3] for row in audited] == [{"held": str(held)}] * 2


def test_a_reported_death_is_one_of_the_person_joined(held: UUID) -> None:
    dead = story.released(
        lastMovementReasonCode="DEC", legalStatus="DEAD", lastMovementDate="2026-11-03", **nhs(OTHER_NHS)
    )
    story.bring_in(dead, source="LEI", as_at=story.noon(5))
    linkage.answer(story.reviewer(), held, answer="same", reason="Same photograph")
    assert [row[5] for row in content.everything()["people"]] == ["reported"]


# Undoing


@pytest.fixture
def joined(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leeds and Moorland know Dee, and a worker of Moorland wrote of her."""
    monkeypatch.setenv("TG_CLOCK", story.noon(3).isoformat())
    story.bring_in(story.document())
    story.bring_in(story.document(), source="LEI")
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


@pytest.mark.usefixtures("joined")
def test_undoing_moves_that_identity_by_one_row_and_nothing_else() -> None:
    entries, before = content.entries(), links()
    apart = linkage.undo(story.reviewer(), story.link(source="LEI"), reason="Two people")
    assert groups() == ["LEI A1234BC", "MDI A1234BC"]
    assert apart == {story.person(), story.person(source="LEI")}
    assert links() == before + 1
    assert content.entries() == entries


@pytest.mark.usefixtures("joined")
def test_what_was_known_before_the_undoing_is_still_answered() -> None:
    hat = story.worker()
    both = {story.identity(), story.identity(source="LEI")}
    linkage.undo(story.reviewer(), story.link(source="LEI"), reason="Two people")
    permit = story.opens(hat, story.person())
    assert set(queries.identity_ids(permit)) == {story.identity()}
    known_on = story.noon(5)
    assert set(queries.identity_ids(permit, known_on=known_on)) == both
    seen = record.current(permit, identity_ids=sorted(both), kinds=frozenset({"movement"}), known_on=known_on)
    assert {each.identity_id for each in seen} == both


@pytest.mark.usefixtures("joined")
def test_what_was_taken_apart_is_not_joined_by_the_next_extract() -> None:
    linkage.undo(story.reviewer(), story.link(source="LEI"), reason="Two people")
    story.bring_in(story.document(cellLocation="B-2-002"), source="LEI", as_at=story.noon(8))
    story.bring_in(story.document(cellLocation="B-2-002"), as_at=story.noon(8))
    assert groups() == ["LEI A1234BC", "MDI A1234BC"]


@pytest.mark.usefixtures("joined")
def test_stays_and_names_follow_a_separation_and_come_back_the_same_when_joined_again() -> None:
    story.bring_in(story.document(lastName="FINCH"), source="LEI", as_at=story.noon(8))
    before = content.everything()
    permit = story.reviewer()
    exchange.separate(permit, story.link(source="LEI"), reason="Two people")
    assert [row[1] for row in content.everything()["people"]] == ["Dee Finch", "Dee Marlowe"]
    ((held,),) = rows("SELECT id FROM linkage_held")
    exchange.settle(permit, held, answer="same", reason="One after all")
    after = content.everything()
    assert {what: facts for what, facts in after.items() if what != "asked"} == {
        what: facts for what, facts in before.items() if what != "asked"
    }


@pytest.mark.usefixtures("joined")
def test_a_link_is_undone_once_and_only_the_newest_one() -> None:
    permit = story.reviewer()
    older = rows("SELECT id FROM linkage_link ORDER BY recorded_at, id LIMIT 1")[0][0]
    newest = story.link(source="LEI")
    with pytest.raises(Refused, match="Say why"):
        linkage.undo(permit, newest, reason="")
    linkage.undo(permit, newest, reason="Two people")
    for gone in (newest, new_id()):
        with pytest.raises(NotFound):
            linkage.undo(permit, gone, reason="Two people")
    with pytest.raises(Refused, match="nothing to separate it from"):
        linkage.undo(permit, older, reason="Two people")


@pytest.mark.usefixtures("joined")
def test_an_undoing_is_audited_for_both_people() -> None:
    touched = linkage.undo(story.reviewer(), story.link(source="LEI"), reason="Two people")
    assert {row[0] for row in rows("SELECT person_id FROM audit_event WHERE action = 'undo link'")} == touched


# At once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("deed", ["answer", "undo"])
def test_a_worker_settles_who_is_who_while_no_feed_does(deed: str) -> None:
    """Else an identity that comes in at that moment could be joined to the person that is given up."""
    story.bring_in(story.document(**nhs(ONE_NHS)))
    story.bring_in(story.document(**nhs(OTHER_NHS)), source="LEI")
    story.bring_in(story.document(GETHIN, bookingId="2"))
    story.bring_in(story.document(GETHIN, bookingId="2"), source="LEI")
    permit = story.reviewer()
    ((held,),) = rows("SELECT id FROM linkage_held")
    link = story.link(GETHIN, source="LEI")

    def try_it() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        try:
            if deed == "answer":
                linkage.answer(permit, held, answer="same", reason="Same photograph")
            else:
                linkage.undo(permit, link, reason="Two people")
        finally:
            connections.close_all()

    with transaction.atomic():
        linkage.settle(story.feed(), [])
        with ThreadPoolExecutor(1) as other, pytest.raises(OperationalError, match="lock timeout"):
            other.submit(try_it).result()


# The table of one hand-over: arrivals that move others which arrive themselves

OLD, OLDER = UUID(int=2), UUID(int=1)  # people; of those joined the older remains
PRISON = UUID(int=9)


def known(number: int, person_id: UUID, *serials: int) -> Evidence:
    return Evidence(
        identity_id=UUID(int=100 + number),
        person_id=person_id,
        organisation=PRISON,
        identifiers=frozenset(("pnc", pnc(serial)) for serial in serials),
        first_name="DEE",
        last_name="MARLOWE",
        birth_date=clock.day_of(NOON),
    )


def arrival(number: int, person_id: UUID | None, *serials: int) -> Arrival:
    return Arrival(
        key=str(number),
        identity_id=UUID(int=100 + number) if person_id else None,
        person_id=person_id,
        identifiers=tuple(
            Identifier(system=System.pnc, value=pnc(serial), as_written=pnc(serial), state=State.checked)
            for serial in serials
        ),
        details=Details(first_name="DEE", last_name="MARLOWE", birth_date=clock.day_of(NOON)),
    )


def table_of(*evidence: Evidence) -> Table:
    return Table(Known(PRISON, {each.identity_id: each for each in evidence}, frozenset()))


def test_somebody_without_any_number_is_somebody_of_their_own() -> None:
    """As on a list of a small service that has names alone."""
    settled = linkage.settle(story.feed(), [arrival(1, None), arrival(2, None)])
    assert len(set(settled.identities.values())) == 2
    assert settled.moved_from == frozenset()


def test_somebody_moved_by_an_earlier_arrival_stays_where_they_were_moved() -> None:
    """Joined by hand before, so that no number of their own ties them to the others."""
    table = table_of(known(1, OLDER, 1), known(2, OLD, 2), known(3, OLD, 3))
    table.place(arrival(1, OLDER, 1, 2))
    table.place(arrival(3, OLD, 3))
    assert table.people() == dict.fromkeys((UUID(int=101), UUID(int=102), UUID(int=103)), OLDER)
    assert table.moves == {UUID(int=102): OLDER, UUID(int=103): OLDER}
    assert table.moved_from == {OLD}


def test_somebody_new_who_is_moved_by_a_later_arrival_is_made_where_they_end() -> None:
    table = table_of(known(1, OLDER, 1))
    table.place(arrival(2, None, 2))
    table.place(arrival(3, None, 1, 2))
    (first, second) = table.new_identities
    assert {first.person_id, second.person_id} == {OLDER}
    assert replace(first, key="") != replace(second, key="")


@pytest.mark.usefixtures("joined")
def test_a_reviewer_of_another_organisation_neither_sees_nor_undoes_a_link() -> None:
    stranger = story.reviewer("BXI")
    assert queries.joined(stranger, limit=10) == []
    with pytest.raises(NotFound):
        linkage.undo(stranger, story.link(source="LEI"), reason="Two people")
