"""Run by itself as the worker role: what a line of plans takes, printed as JSON.

`python -m throughgate.wiring.bench.replanning refresh 5000`. Plans are rolled back, so that each round finds
the same. Days that move stay moved: after a rollback the driver plans every statement anew, as no job does.
"""

import json
import os
import secrets
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from throughgate.foundation import clock, leave
from throughgate.wiring import connected
from throughgate.wiring.bench import costs, documents, kept
from throughgate.wiring.bench.taking_in import PRISON

MOVED = 20  # days told to have moved, each in an extract of its own
MOST_DAYS_LATER = 300
PLANNED = "SELECT person_id FROM pathway_plan ORDER BY person_id LIMIT %s"


def main(line: str, count: int) -> None:
    connected.set_up("worker")
    print(json.dumps(refresh(count) if line == "refresh" else date_moved()))


def refresh(count: int) -> dict[str, Any]:
    """Everybody's plan worked out again a day later, as each night does: what differs is written."""
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    from throughgate.access import actions as access  # noqa: PLC0415
    from throughgate.exchange.actions import PEOPLE_AT_ONCE  # noqa: PLC0415
    from throughgate.pathway import actions as pathway  # noqa: PLC0415

    os.environ["TG_CLOCK"] = (clock.now() + timedelta(days=1)).isoformat()
    permit = access.issue_timer_permit("nightly refresh", at=clock.now())
    with leave.everything(), connection.cursor() as cursor:
        cursor.execute(PLANNED, [count])
        person_ids = [person_id for (person_id,) in cursor.fetchall()]
    with costs.counted() as cost:
        for first in range(0, len(person_ids), PEOPLE_AT_ONCE):
            with undone():
                pathway.refresh(permit, person_ids[first : first + PEOPLE_AT_ONCE])
    return sample(len(person_ids) / cost.seconds, cost, of=len(person_ids))


def date_moved() -> dict[str, Any]:
    """From an extract in which one day has moved to the plan that follows from it, in milliseconds."""
    from throughgate.exchange import actions as exchange  # noqa: PLC0415 - once Django is set up

    taken = []
    with kept.folder() as where:
        files = list(_extracts(where))
        with costs.counted() as cost:
            for file in files:
                began = time.perf_counter()
                exchange.import_file(
                    format_name="prisoner-search",
                    path=file,
                    organisation_code=PRISON,
                    as_at=clock.now(),
                    progress=lambda _: None,
                )
                taken.append((time.perf_counter() - began) * 1000)
    return sample(statistics.median(taken), cost, of=len(taken))


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that leaves nothing."""
    from django.db import transaction  # noqa: PLC0415 - once Django is set up

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _extracts(where: Path) -> Iterator[Path]:
    """Of people who are inside, each alone in a file, with every day of leaving moved, as never before."""
    later = timedelta(days=secrets.randbelow(MOST_DAYS_LATER) + 1)
    inside = (
        document
        for document in documents.documents(range(kept.FILE_OF), seed=kept.SEED)
        if document["prisonId"] == PRISON and document["conditionalReleaseDate"] > clock.today().isoformat()
    )
    for number, document in enumerate(islice(inside, MOVED)):
        file = where / f"moved_{number}.json"
        moved = {field: _moved(document[field], later) for field in ("conditionalReleaseDate", "releaseDate")}
        documents.write([{**document, **moved}], file)
        yield file


def _moved(day: str, later: timedelta) -> str:
    return (date.fromisoformat(day) + later).isoformat()


def sample(value: float, cost: costs.Cost, *, of: int) -> dict[str, Any]:
    """As the report takes it."""
    database = cost.database_seconds
    return {
        "value": value,
        "app_ms": cost.app_seconds * 1000 / of,
        "database_ms": None if database is None else database * 1000 / of,
        "rss_mib": cost.rss_mib,
    }


if __name__ == "__main__":
    os.umask(0o077)
    main(sys.argv[1], int(sys.argv[2]))
