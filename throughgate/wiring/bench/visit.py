"""Run by itself as the web role: signs a worker of a prison in, and says as JSON what there is to ask for.

With each page comes how many queries it takes, counted on its second visit.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any
from uuid import UUID

from throughgate.foundation import clock, leave
from throughgate.foundation.ids import new_id
from throughgate.wiring import connected
from throughgate.wiring.bench.load import CSRF, Page

EMAIL = "bench@example.org"
SIGNED_OUT = frozenset({"sign_in"})
NOTE = {"kind": "note_plan", "text": "Met on the wing, and will be seen again next week."}
WRITTEN_ON = 60  # a caseload, so that clients that write seldom wait for one another
# Those who are in the prison, whoever has most entries first.
MOST_TOLD = """
SELECT identity.person_id FROM access_relationship concerned
JOIN directory_organisation organisation ON organisation.id = concerned.organisation_id
JOIN people_identity identity ON identity.person_id = concerned.person_id
JOIN record_entry entry ON entry.identity_id = identity.id
WHERE organisation.code = %s AND concerned.closed_on IS NULL
GROUP BY identity.person_id ORDER BY count(*) DESC, identity.person_id
"""
# Estimated, since counting millions of rows takes longer than measuring.
ENTRIES = "SELECT reltuples::bigint FROM pg_class WHERE relname = 'record_entry'"


def main(prison: str) -> None:
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
        organisation=prison,
        team="Bench",
        works_in=[],
        password=None,
        on=date(2020, 1, 1),
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(worker)
    (hat,) = hats.hats_of(worker.id, on=clock.today())
    with leave.everything(), connection.cursor() as cursor:
        cursor.execute(MOST_TOLD, [prison])
        person_ids = [person_id for (person_id,) in cursor.fetchall()]
        cursor.execute(ENTRIES)
        (entries,) = cursor.fetchone()
    pages = _pages(hat.post_id, person_ids)
    queries = {}
    for name, page in pages.items():
        visitor = Client(SERVER_NAME="127.0.0.1") if name in SIGNED_OUT else client
        _ask(visitor, name, page)
        with CaptureQueriesContext(connection) as captured:
            _ask(visitor, name, page)
        queries[name] = len(captured)
    cookie = "; ".join(f"{name}={value}" for name, value in {**_cookies(client), "csrftoken": CSRF}.items())
    signed_in = {
        name: page if name in SIGNED_OUT else replace(page, cookie=cookie) for name, page in pages.items()
    }
    found = {name: asdict(page) for name, page in signed_in.items()}
    told = {"person": str(person_ids[0]), "prison": prison, "entries": entries}
    print(json.dumps({**told, "pages": found, "queries": queries}))


def _pages(post_id: UUID, person_ids: Sequence[UUID]) -> dict[str, Page]:
    from django.urls import reverse  # noqa: PLC0415 - once Django is set up

    everyone, today = reverse("everyone", args=[post_id]), reverse("today", args=[post_id])
    record = reverse("person", args=[post_id, person_ids[0]])
    notes = [
        reverse("sheet", args=[post_id, person_id, "note"]) for person_id in person_ids[1 : WRITTEN_ON + 1]
    ]
    return {
        "today": Page(paths=(f"{today}?tab=twelve_weeks",)),
        "everyone": Page(paths=(everyone,)),
        "search": Page(paths=(f"{everyone}?q=placeh",)),
        "record_50": Page(paths=(record,)),
        "record_300": Page(paths=(f"{record}?entries=300",)),
        "save_note": Page(paths=tuple(notes), form=NOTE),
        "sign_in": Page(paths=("/sign-in/",)),
    }


def _ask(client: Any, name: str, page: Page) -> None:
    """Once, by the first address."""
    path = page.paths[0]
    answer = client.post(path, {**page.form, "form_key": str(new_id())}) if page.form else client.get(path)
    if answer.status_code != page.content:
        raise SystemExit(f"The page {name} answered {answer.status_code}.")


def _cookies(client: Any) -> dict[str, str]:
    return {name: morsel.value for name, morsel in client.cookies.items()}


if __name__ == "__main__":
    main(sys.argv[1])
