"""Run by itself as the worker role: what release packs take, printed as JSON.

`python -m throughgate.wiring.bench.packing pack`. Nothing of it stays, so that each round finds the same.
"""

import json
import os
import sys
import time
from datetime import date
from typing import Any
from uuid import UUID

from throughgate.foundation import clock, leave
from throughgate.foundation.ids import new_id
from throughgate.wiring import connected
from throughgate.wiring.bench import costs
from throughgate.wiring.bench.replanning import sample, undone
from throughgate.wiring.bench.taking_in import PRISON

ONE_BY_ONE, AT_ONCE = 40, 100
# Those who leave their prison soonest: of them most is known.
LEAVING = """
SELECT plan.person_id FROM pathway_plan plan
JOIN access_relationship concerned ON concerned.person_id = plan.person_id AND concerned.closed_on IS NULL
JOIN directory_organisation organisation ON organisation.id = concerned.organisation_id
WHERE organisation.code = %s AND plan.leaves_on >= %s ORDER BY plan.leaves_on, plan.person_id LIMIT %s
"""


def main(line: str) -> None:
    connected.set_up("worker")
    with undone():
        print(json.dumps(one_by_one() if line == "pack" else many()))


def one_by_one() -> dict[str, Any]:
    """From the button to the file of somebody's own sheet, in milliseconds: 95 of 100 take no longer."""
    from throughgate.access import actions as access  # noqa: PLC0415 - once Django is set up
    from throughgate.packs import actions, rendering  # noqa: PLC0415
    from throughgate.packs.content import Edition, Reader  # noqa: PLC0415
    from throughgate.pathway.actions import in_step  # noqa: PLC0415
    from throughgate.record.rules import Form  # noqa: PLC0415

    hat, taken = worker_of_the_prison(), []
    with costs.counted() as cost:
        for person_id in leaving(ONE_BY_ONE):
            began = time.perf_counter()
            permit = access.issue_permit(hat, person_id, purpose="direct_care", at=clock.now())
            with in_step(permit):
                pack_id = actions.make(permit, form=Form(str(new_id())))
            rendering.pdf(actions.print_sheet(permit, pack_id, Edition(Reader.PERSON)))
            taken.append((time.perf_counter() - began) * 1000)
    return sample(sorted(taken)[len(taken) * 95 // 100], cost, of=len(taken))


def many() -> dict[str, Any]:
    """A hundred packs asked for at once, made and put into one file to print, in seconds."""
    from throughgate.access import actions as access  # noqa: PLC0415 - once Django is set up
    from throughgate.packs import batches, rendering  # noqa: PLC0415
    from throughgate.packs.content import Edition, Reader  # noqa: PLC0415

    permit = access.issue_list_permit(worker_of_the_prison(), purpose="direct_care", at=clock.now())
    with costs.counted() as cost:
        batch_id = batches.ask(permit, leaving(AT_ONCE), key=str(new_id()))
        batches.carry_out_waiting()
        rendering.pdf_of_many(batches.print_sheets(permit, batch_id, Edition(Reader.PERSON)))
    return sample(cost.seconds, cost, of=AT_ONCE)


def worker_of_the_prison() -> Any:
    from throughgate.staff import actions as staff  # noqa: PLC0415 - once Django is set up
    from throughgate.staff import queries as hats  # noqa: PLC0415

    worker = staff.add_worker(
        email=f"{new_id()}@example.org",
        name="Bench Invented",
        role="prison_recovery_worker",
        organisation=PRISON,
        team="Packing",
        works_in=[],
        password=None,
        on=date(2020, 1, 1),
    )
    (hat,) = hats.hats_of(worker.id, on=clock.today())
    return hat


def leaving(count: int) -> list[UUID]:
    """Whoever is next to leave the prison: the bench chooses them, and no worker's leave does."""
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    with leave.everything(), connection.cursor() as cursor:
        cursor.execute(LEAVING, [PRISON, clock.today(), count])
        return [person_id for (person_id,) in cursor.fetchall()]


if __name__ == "__main__":
    os.umask(0o077)
    main(sys.argv[1])
