"""What ends, ends at the next request: a post, a concern with somebody, a hat (A06, A07, A10, F03)."""

from datetime import UTC, date, datetime

from django.db import connection

from tests.content import rows
from tests.contexts.clients import address, words
from tests.sweep.routes import addresses, routes
from tests.sweep.walk import go, some
from tests.sweep.world import BEFORE, ELSEWHERE, RECOVERY, World, at
from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.staff import actions as staff
from throughgate.staff import queries as hats
from throughgate.staff.queries import Hat

BOUND = [route for route in routes() if "post_id" in route.parts]
# Whoever has gone left on 1 June; the prison has four weeks more for questions, in summer time.
LAST_SECOND = datetime(2026, 6, 29, 22, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 6, 29, 23, tzinfo=UTC)
NEWEST = "SELECT outcome, detail ->> 'why' FROM audit_event WHERE person_id = %s ORDER BY id DESC LIMIT 1"
LAST_LOOK = """
SELECT outcome, post_id, organisation_id, role FROM audit_event WHERE person_id = %s ORDER BY id DESC LIMIT 1
"""
NEWEST_ENTRY = "SELECT organisation_id, recorded_by, kind FROM record_entry ORDER BY id DESC LIMIT 1"


def email_of(hat: Hat) -> str:
    ((email,),) = rows("SELECT email FROM staff_worker WHERE id = %s", hat.worker_id)
    return str(email)


def test_whoever_has_left_is_shown_nothing_from_the_next_request_on(world: World) -> None:
    staff.end_work(email=email_of(world.hats[RECOVERY]), at=clock.now())
    for route in BOUND:
        for one in some(addresses(world, route, RECOVERY, "own"), most=1, of=route.name):
            for method in ("get", "post"):
                answer = go(world, one, method)
                assert (answer.status, world.canaries.found(answer.body)) == (302, set()), one


def test_a_post_that_ended_opens_nothing_and_the_others_go_on(world: World) -> None:
    hat = another_hat(world)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE staff_post SET ends_on = '2026-11-08' WHERE id = %s", [hat.post_id])
    client = world.clients[RECOVERY]
    assert client.get(address("person", hat, world.people["other"].id)).status_code == 404
    assert client.get(address("person", world.hats[RECOVERY], world.people["own"].id)).status_code == 200


def test_a_concern_ends_at_midnight_in_london(world: World) -> None:
    gone, hat, client = world.people["ended"], world.hats[RECOVERY], world.clients[RECOVERY]
    for moment, status in ((LAST_SECOND, 200), (MIDNIGHT, 404)):
        with at(moment):
            assert client.get(address("person", hat, gone.id)).status_code == status
            listed = words(client.get(address("everyone", hat)))
            assert bool({each.whose for each in world.canaries.found(listed)} & {"ended"}) == (status == 200)
    assert rows(NEWEST, gone.id) == [("refused", "relationship_ended")]


def another_hat(world: World) -> Hat:
    """The same worker also works elsewhere."""
    hat = world.hats[RECOVERY]
    staff.add_worker(
        email=email_of(hat),
        name=hat.worker_name,
        role=RECOVERY,
        organisation=ELSEWHERE,
        team="A second team",
        works_in=[],
        password=None,
        on=date(2026, 1, 1),
    )
    (added,) = (each for each in hats.hats_of(hat.worker_id, on=clock.today()) if each.post_id != hat.post_id)
    return added


def test_each_tab_is_decided_by_the_hat_in_its_own_address(world: World) -> None:
    here, elsewhere, client = world.hats[RECOVERY], another_hat(world), world.clients[RECOVERY]
    own, other = world.people["own"].id, world.people["other"].id
    for hat, opens, shut in ((here, own, other), (elsewhere, other, own), (here, own, other)):
        assert client.get(address("person", hat, opens)).status_code == 200
        assert client.get(address("person", hat, shut)).status_code == 404
        assert rows(LAST_LOOK, shut) == [("refused", hat.post_id, hat.organisation_id, hat.role)]


def test_what_one_tab_sends_is_written_under_its_own_hat_though_another_has_changed(world: World) -> None:
    here, elsewhere, client = world.hats[RECOVERY], another_hat(world), world.clients[RECOVERY]
    client.get(address("person", elsewhere, world.people["other"].id))
    own = world.people["own"].id
    typed = {"kind": "note_plan", "text": "Written in the first tab.", "form_key": str(new_id())}
    assert client.post(address("sheet", here, own, "note"), typed).status_code == 302
    assert client.post(address("sheet", elsewhere, own, "note"), typed).status_code == 404
    assert rows(NEWEST_ENTRY) == [(here.organisation_id, here.worker_id, "note_plan")]


def test_a_form_begun_is_not_shown_once_its_record_is_shut(world: World) -> None:
    hat, client, gone = world.hats[RECOVERY], world.clients[RECOVERY], world.people["ended"].id
    sheet = address("sheet", hat, gone, "note")
    typed = {
        "deed": "draft",
        "kind": "note_plan",
        "text": "Begun while she was here.",
        "form_key": str(new_id()),
    }
    with at(BEFORE):
        client.post(sheet, typed)
        assert "Begun while she was here." in words(client.get(sheet))
    for page in ("person", "recording", "steps", "packs"):
        assert client.get(address(page, hat, gone)).status_code == 404
    for page in (sheet, *(address(name, hat) for name in ("today", "everyone", "start"))):
        assert "Begun while" not in words(client.get(page))
