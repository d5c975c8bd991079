"""The identity by which a worker's own organisation knows a person, for what is written by hand."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection

from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.people import actions as people

# Their first link, like that of an identity from a feed: without one, what was known on a day would leave out
# what workers wrote.
FIRST_LINKS = """
INSERT INTO linkage_link (id, identity_id, person_id, recorded_at, why, evidence, worker_id, permit_id)
SELECT made.link, made.identity, made.person, %s, 'first_seen', '{}', %s, made.permit
FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[]) AS made (link, identity, person, permit)
"""


def identity(permit: Permit) -> UUID:
    """The identity by which the permit's organisation knows its person, made and linked on first use."""
    return identities([permit])[permit.person_id]


def identities(permits: Sequence[Permit]) -> dict[UUID, UUID]:
    """By person, for one worker's permits for several people, in as many queries as for one."""
    known, made = people.own_identities(permits)
    if made:
        _link([permit for permit in permits if permit.person_id in made], made)
    return known | made


def _link(permits: Sequence[Permit], made: Mapping[UUID, UUID]) -> None:
    rows = [(new_id(), made[permit.person_id], permit.person_id, permit.id) for permit in permits]
    with connection.cursor() as cursor:
        cursor.execute(FIRST_LINKS, [clock.now(), permits[0].worker_id, *map(list, zip(*rows, strict=True))])
