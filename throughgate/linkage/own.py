"""The identity by which a worker's own organisation knows a person, for what is written by hand."""

from uuid import UUID

from django.db import connection

from throughgate.foundation import clock
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.people import actions as people

# Its first link, like that of an identity from a feed: without one, what was known on a day would leave out
# what workers wrote.
FIRST_LINK = """
INSERT INTO linkage_link (id, identity_id, person_id, recorded_at, why, evidence, worker_id, permit_id)
SELECT %(link)s, %(identity)s, %(person)s, %(at)s, 'first_seen', '{}', %(worker)s, %(permit)s
WHERE NOT EXISTS (SELECT FROM linkage_link WHERE identity_id = %(identity)s)
"""


def identity(permit: Permit) -> UUID:
    """That identity, made and linked to the permit's person on first use."""
    identity_id = people.own_identity(permit)
    with connection.cursor() as cursor:
        cursor.execute(
            FIRST_LINK,
            {
                "link": new_id(),
                "identity": identity_id,
                "person": permit.person_id,
                "at": clock.now(),
                "worker": permit.worker_id,
                "permit": permit.id,
            },
        )
    return identity_id
