"""What addresses name beside people: pairs and links, runs, batches, alerts; each here and elsewhere."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tests import story
from tests.content import rows
from tests.sweep.world import BEFORE, ELSEWHERE, HERE, RECOVERY, TODAY, World, at
from throughgate.access import actions as access
from throughgate.foundation.ids import new_id
from throughgate.oversight import actions as oversight
from throughgate.packs import batches
from throughgate.staff.queries import Hat

FAR = "WWI"  # a third prison


def add(world: World) -> None:
    world.things = {
        "held_id": _pairs(world),
        "link_id": _links(world),
        "run_id": _runs(world),
        "batch_id": _batches(world),
        "alert_id": _alerts(world),
        "organisation_id": {"here": story.prison(HERE).id},
        "sitting_id": {"asked": UUID(int=1)},  # that of each person's answers
    }


def _told(world: World, whose: str, number: str, **fields: Any) -> Mapping[str, Any]:
    return story.document(number, bookingId=number, **world.names(whose), **fields)


def _pairs(world: World) -> dict[str, UUID]:
    """Two prisons give one number to people born a generation apart: somebody has to say."""
    for key, one, other in (("here", HERE, ELSEWHERE), ("elsewhere", ELSEWHERE, FAR)):
        number = world.canaries.number(f"pair {key}")
        story.bring_in(_told(world, f"pair {key}", number, prisonId=one), source=one)
        far = _told(world, f"pair {key}, the other", number, prisonId=other, dateOfBirth="2008-06-05")
        story.bring_in(far, source=other)
    found = rows("SELECT id FROM linkage_held ORDER BY id")
    return dict(zip(("here", "elsewhere"), (held_id for (held_id,) in found), strict=True))


def _links(world: World) -> dict[str, UUID]:
    """Two prisons know one person by one number."""
    found = {}
    for key, one, other in (("here", HERE, ELSEWHERE), ("elsewhere", ELSEWHERE, FAR)):
        number = world.canaries.number(f"link {key}")
        same = _told(world, f"link {key}", number)
        story.bring_in({**same, "prisonId": one}, source=one)
        story.bring_in({**same, "prisonId": one}, source=other)
        found[key] = story.link(number, source=other)
    return found


def _runs(world: World) -> dict[str, UUID]:
    """Of each, one row could not be taken."""
    found = {}
    for key, prison in (("here", HERE), ("elsewhere", ELSEWHERE)):
        bad = world.canaries.hostile(f"run {key}", "identity_contact", "rejected number", most=80)
        found[key] = story.bring_in(story.document(bad), source=prison).run_id
    return found


def _batches(world: World) -> dict[str, UUID]:
    """One of whoever looks, from when they could still see those who are hidden by now."""
    with at(BEFORE):
        asked = {"here": _asked(world.hats[RECOVERY], [each.id for each in world.people.values()])}
    with at(TODAY):
        asked["elsewhere"] = _asked(story.worker(RECOVERY, ELSEWHERE), [world.people["other"].id])
        batches.carry_out_waiting()
    return asked


def _asked(hat: Hat, person_ids: list[UUID]) -> UUID:
    permit = access.issue_list_permit(hat, purpose="direct_care", at=TODAY)
    return batches.ask(permit, person_ids, key=str(new_id()))


def _alerts(world: World) -> dict[str, UUID]:
    """A probation worker here, and one elsewhere, wants a look not to be shown."""
    story.worker("information_governance", ELSEWHERE)
    hats = {"own": world.hats["probation_practitioner"]}
    hats["other"] = story.worker("probation_practitioner", ELSEWHERE)
    for key, hat in hats.items():
        permit = story.opens(hat, world.people[key].id, purpose="supervision", at=TODAY)
        words = world.canaries.hostile(f"alert of {key}", "identity_contact", "why not shown", most=None)
        oversight.ask_not_to_show(permit, ground="public_protection", words=words)
    found = rows("SELECT id FROM audit_alert ORDER BY id")
    return dict(zip(hats, (alert_id for (alert_id,) in found), strict=True))
