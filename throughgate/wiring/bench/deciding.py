"""Run by itself as one role: what deciding costs, and what standing behind queries does, as JSON.

`tg_web` reads under row-level security, `tg_owner` without. All in one transaction that leaves nothing.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound
from throughgate.foundation.ids import new_id
from throughgate.wiring import connected
from throughgate.wiring.bench import costs
from throughgate.wiring.bench.packing import leaving, worker_of_the_prison
from throughgate.wiring.bench.replanning import undone

PERMITS, TIMES = 200, 60
HIDDEN = """
SELECT id FROM people_person person WHERE NOT EXISTS (
    SELECT FROM access_relationship concern
    WHERE concern.person_id = person.id AND concern.organisation_id = %s)
LIMIT 1
"""


def main(role: str) -> None:
    connected.set_up(role)
    with undone():
        measures = (permit, list_ms, record_ms, refused_ms)
        print(json.dumps({measure.__name__: measure() for measure in measures}))


def permit() -> dict[str, float | None]:
    """Processor time of one, in milliseconds: of the program, and of the database."""
    from throughgate.access import actions as access  # noqa: PLC0415 - once Django is set up

    hat, (first, *people) = worker_of_the_prison(), leaving(PERMITS)
    access.issue_permit(hat, first, purpose="direct_care", at=clock.now())  # reads the tables, once
    with costs.counted() as cost:
        for person_id in people:
            access.issue_permit(hat, person_id, purpose="direct_care", at=clock.now())
    database = cost.database_seconds
    return {
        "app_ms": cost.app_seconds * 1000 / len(people),
        "database_ms": None if database is None else database * 1000 / len(people),
    }


def list_ms() -> dict[str, float]:
    """The rows of Today, with and without what hides people and what they keep back."""
    from throughgate.access import actions as access  # noqa: PLC0415 - once Django is set up
    from throughgate.access import visible  # noqa: PLC0415
    from throughgate.pathway import queries  # noqa: PLC0415
    from throughgate.pathway.queries import Tab  # noqa: PLC0415

    listed = access.issue_list_permit(worker_of_the_prison(), purpose="direct_care", at=clock.now())
    whole = queries.LISTED
    bare = whole.replace(visible.MAY_KNOW, "").replace(visible.kept_back("person.id"), "ARRAY[]::text[]")

    def asking(query: str) -> Callable[[], object]:
        def ask() -> object:
            queries.LISTED = query
            return queries.today(listed, tab=Tab.TWELVE_WEEKS).rows

        return ask

    return _in_turn({"with": asking(whole), "without": asking(bare)})


def record_ms() -> dict[str, float]:
    """The newest fifty entries of one record, as this role reads them."""
    from throughgate.access import actions as access  # noqa: PLC0415 - once Django is set up
    from throughgate.linkage import queries as linkage  # noqa: PLC0415
    from throughgate.record import queries as record  # noqa: PLC0415
    from throughgate.record.queries import Window  # noqa: PLC0415

    (person_id,) = leaving(1)
    hat = worker_of_the_prison()
    opened = access.issue_permit(hat, person_id, purpose="direct_care", at=clock.now())
    ids = linkage.identity_ids(opened)
    return _in_turn({"page": lambda: record.page(opened, identity_ids=ids, window=Window())})


def refused_ms() -> dict[str, float]:
    """Saying no to whoever asks for a record: one that is hidden from them, and one that is not there."""
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    from throughgate.access import actions as access  # noqa: PLC0415

    hat = worker_of_the_prison()
    with connection.cursor() as cursor:
        cursor.execute(HIDDEN, [hat.organisation_id])
        (hidden,) = cursor.fetchone()

    def asking(person_id: UUID) -> Callable[[], None]:
        def ask() -> None:
            with suppress(NotFound):
                access.issue_permit(hat, person_id, purpose="direct_care", at=clock.now())

        return ask

    return _in_turn({"hidden": asking(hidden), "absent": asking(new_id())})


def _in_turn(each: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """The median of each, one after the other, so that a busy moment is every one's."""
    taken: dict[str, list[float]] = {name: [] for name in each}
    for _ in range(TIMES):
        for name, act in each.items():
            began = time.perf_counter()
            act()
            taken[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(found) for name, found in taken.items()}


if __name__ == "__main__":
    os.umask(0o077)
    main(sys.argv[1])
