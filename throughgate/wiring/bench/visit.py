"""Run by itself as the web role: signs a worker in, and says which pages there are to ask for, as JSON.

With each page comes how many queries it takes, counted on its second visit.
"""

import json
from datetime import date
from http import HTTPStatus
from typing import Any

from throughgate.foundation import clock
from throughgate.wiring import connected
from throughgate.wiring.bench.taking_in import PRISON

EMAIL = "bench@example.org"
SIGNED_OUT = ("sign_in",)
# Of those who are in the prison, the one with most entries.
MOST_TOLD = """
SELECT identity.person_id FROM access_relationship concerned
JOIN directory_organisation organisation ON organisation.id = concerned.organisation_id
JOIN people_identity identity ON identity.person_id = concerned.person_id
JOIN record_entry entry ON entry.identity_id = identity.id
WHERE organisation.code = %s AND concerned.closed_on IS NULL
GROUP BY identity.person_id ORDER BY count(*) DESC, identity.person_id LIMIT 1
"""
# Estimated, since counting millions of rows takes longer than measuring.
ENTRIES = "SELECT reltuples::bigint FROM pg_class WHERE relname = 'record_entry'"


def main() -> None:
    connected.set_up("web")
    from django.db import connection  # noqa: PLC0415 - once Django is set up
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from throughgate.staff import actions as staff  # noqa: PLC0415
    from throughgate.staff import queries as hats  # noqa: PLC0415

    worker = staff.add_worker(
        email=EMAIL,
        name="Bench Invented",
        role="prison_recovery_worker",
        organisation=PRISON,
        team="Bench",
        works_in=[],
        password=None,
        on=date(2020, 1, 1),
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(worker)
    (hat,) = hats.hats_of(worker.id, on=clock.today())
    with connection.cursor() as cursor:
        cursor.execute(MOST_TOLD, [PRISON])
        (person_id,) = cursor.fetchone()
        cursor.execute(ENTRIES)
        (entries,) = cursor.fetchone()
    paths = _paths(hat.post_id, person_id)
    queries = {}
    for name, path in paths.items():
        visitor = Client(SERVER_NAME="127.0.0.1") if name in SIGNED_OUT else client
        visitor.get(path)
        with CaptureQueriesContext(connection) as captured:
            answer = visitor.get(path)
        if answer.status_code != HTTPStatus.OK:
            raise SystemExit(f"The page {name} answered {answer.status_code}.")
        queries[name] = len(captured)
    print(json.dumps(_found(client, str(person_id), entries, paths, queries)))


def _paths(post_id: object, person_id: object) -> dict[str, str]:
    everyone, record = f"/as/{post_id}/everyone/", f"/as/{post_id}/people/{person_id}/"
    return {
        "everyone": everyone,
        "search": f"{everyone}?q=placeh",
        "record_50": record,
        "record_300": f"{record}?entries=300",
        "sign_in": "/sign-in/",
    }


def _found(
    client: Any, person: str, entries: int, paths: dict[str, str], queries: dict[str, int]
) -> dict[str, Any]:
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return {"person": person, "entries": entries, "cookie": cookies, "paths": paths, "queries": queries}


if __name__ == "__main__":
    main()
