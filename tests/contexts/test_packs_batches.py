"""Packs of several people: asked for once, made one by one, and never half."""

from uuid import UUID

import pytest

from tests import story
from tests.content import rows
from tests.packs import HERS, LEAVES, said
from throughgate.access import actions as access
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import ListPermit
from throughgate.packs import actions, batches
from throughgate.packs.batches import BatchLine
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
KEYS = ["A1000ZZ", "A2000ZZ", "A3000ZZ"]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_CLOCK", story.noon(3).isoformat())


@pytest.fixture
def hat() -> Hat:
    """A worker of the prison that three people leave within the week."""
    told = (story.document(key, bookingId=key, lastName=f"N{key}", **LEAVES) for key in KEYS)
    story.bring_in(*told)
    return story.worker()


def listing(hat: Hat) -> ListPermit:
    return access.issue_list_permit(hat, purpose="direct_care", at=story.noon(3))


def people() -> list[UUID]:
    return [story.person(key) for key in KEYS]


def asked(hat: Hat, *person_ids: UUID) -> UUID:
    return batches.ask(listing(hat), person_ids or people(), key=str(new_id()))


def found(hat: Hat, batch_id: UUID) -> BatchLine:
    return batches.batch(listing(hat), batch_id)


def packs() -> int:
    ((number,),) = rows("SELECT count(*) FROM packs_pack")
    return int(number)


def test_everybody_has_a_pack_once_the_job_has_run(hat: Hat) -> None:
    batch_id = asked(hat)
    assert [each.is_done for each in found(hat, batch_id).people] == [False] * 3
    batches.carry_out_waiting()
    done = found(hat, batch_id)
    assert [(each.person_id, each.is_done, each.refused) for each in done.people] == [
        (person_id, True, "") for person_id in people()
    ]
    sheets = batches.print_sheets(listing(hat), batch_id, HERS)
    assert [sheet.who for sheet in sheets] == [("Dee Na1000Zz",), ("Dee Na2000Zz",), ("Dee Na3000Zz",)]
    assert "Tuesday 10 November" in said(sheets[0])


def test_each_pack_is_made_and_printed_as_if_it_were_the_only_one(hat: Hat) -> None:
    batch_id = asked(hat)
    batches.carry_out_waiting()
    batches.print_sheets(listing(hat), batch_id, HERS)
    logged = [action for (action,) in rows("SELECT action FROM audit_event WHERE actor_kind = 'worker'")]
    assert [logged.count(each) for each in ("open record", "print sheet", "ask for packs")] == [6, 3, 1]


def test_a_form_sent_twice_asks_once(hat: Hat) -> None:
    key = str(new_id())
    first = batches.ask(listing(hat), people(), key=key)
    assert batches.ask(listing(hat), people()[:1], key=key) == first
    assert len(found(hat, first).people) == 3


@pytest.mark.parametrize(
    ("number", "why"), [(0, "Tick somebody first"), (batches.MOST + 1, "Up to 200 packs")]
)
def test_why_nothing_is_asked_for(hat: Hat, number: int, why: str) -> None:
    with pytest.raises(Refused, match=why):
        batches.ask(listing(hat), [new_id() for _ in range(number)], key=str(new_id()))


def test_nobody_else_sees_a_batch(hat: Hat) -> None:
    batch_id = asked(hat)
    with pytest.raises(NotFound):
        found(story.worker(), batch_id)


def test_who_is_hidden_from_the_worker_by_now_is_left_out_and_the_others_are_made(hat: Hat) -> None:
    story.bring_in(story.document("A9000ZZ", bookingId="9", prisonId="LEI"), source="LEI")
    hidden = story.person("A9000ZZ", source="LEI")
    batch_id = asked(hat, people()[0], hidden)
    batches.carry_out_waiting()
    assert [each.person_id for each in found(hat, batch_id).people if each.pack_id] == people()[:1]
    assert hidden not in {each.person_id for each in found(hat, batch_id).people}
    assert len(batches.print_sheets(listing(hat), batch_id, HERS)) == 1


def test_why_somebodys_cannot_be_made_is_kept(hat: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> UUID:
        raise Refused("This record is closed because the person has died.")

    batch_id = asked(hat, people()[0])
    monkeypatch.setattr(actions, "make", refuse)
    batches.carry_out_waiting()
    assert [each.refused for each in found(hat, batch_id).people] == [
        "This record is closed because the person has died."
    ]


def test_who_trips_it_up_is_not_tried_for_ever(hat: Hat, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> UUID:
        raise ZeroDivisionError

    batch_id = asked(hat)
    make = actions.make
    monkeypatch.setattr(actions, "make", fail)
    with pytest.raises(ZeroDivisionError):
        batches.carry_out_waiting()
    monkeypatch.setattr(actions, "make", make)
    batches.carry_out_waiting()
    assert [each.refused for each in found(hat, batch_id).people] == [batches.OURS, "", ""]


def test_stopped_between_two_people_it_goes_on_with_the_next(
    hat: Hat, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(BaseException):
        pass

    made_so_far: list[object] = []
    make = actions.make

    def die_at_the_second(*given: object, **more: object) -> UUID:
        if made_so_far:
            raise Stopped
        made_so_far.append(given)
        return make(*given, **more)  # type: ignore[arg-type]

    batch_id = asked(hat)
    monkeypatch.setattr(actions, "make", die_at_the_second)
    with pytest.raises(Stopped):
        batches.carry_out_waiting()
    assert (packs(), [each.is_done for each in found(hat, batch_id).people]) == (1, [True, False, False])
    monkeypatch.setattr(actions, "make", make)
    batches.carry_out_waiting()
    assert (packs(), [each.is_done for each in found(hat, batch_id).people]) == (3, [True, True, True])


def test_who_left_the_list_since_they_were_made_is_not_printed(hat: Hat) -> None:
    batch_id = asked(hat, people()[0])
    batches.carry_out_waiting()
    rows("UPDATE access_relationship SET closed_on = '2026-11-01' RETURNING 1")
    assert found(hat, batch_id).people == ()
    with pytest.raises(Refused, match="None of these packs"):
        batches.print_sheets(listing(hat), batch_id, HERS)
