"""Run by itself as the web role: signs a worker of a prison in, and says as JSON what there is to ask for.

With each page comes how many queries it takes, counted on its second visit.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from throughgate.foundation import clock, leave
from throughgate.foundation.ids import new_id
from throughgate.wiring import connected
from throughgate.wiring.bench.load import CSRF, Page

SEARCHERS = 40  # nobody may search as often as a bench does
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
# How most of them are called.
COMMONEST = """
SELECT left(sort_name, 6) FROM people_person WHERE id = ANY(%s) AND sort_name ~ '^[a-z]{6}'
GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
"""
# Estimated, since counting millions of rows takes longer than measuring.
ENTRIES = "SELECT reltuples::bigint FROM pg_class WHERE relname = 'record_entry'"


def main(prison: str) -> None:
    connected.set_up("web")
    from django.db import connection  # noqa: PLC0415 - once Django is set up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with leave.everything(), connection.cursor() as cursor:
        cursor.execute(MOST_TOLD, [prison])
        person_ids = [person_id for (person_id,) in cursor.fetchall()]
        cursor.execute(COMMONEST, [person_ids])
        (name,) = cursor.fetchone()
        cursor.execute(ENTRIES)
        (entries,) = cursor.fetchone()
    client, hat = signed_in(prison)
    pages = _pages(hat.post_id, person_ids)
    queries = {}
    searchers = [signed_in(prison) for _ in range(SEARCHERS)]
    pages["search"] = Page(paths=tuple(_searched(each.post_id, name) for _, each in searchers))
    for line, page in pages.items():
        visitor = {"search": searchers[0][0], "sign_in": _client()}.get(line, client)
        _ask(visitor, line, page)
        with CaptureQueriesContext(connection) as captured:
            _ask(visitor, line, page)
        queries[line] = len(captured)
    cookies = {"search": tuple(_cookie(each) for each, _ in searchers), "sign_in": ()}
    found = {
        line: asdict(replace(page, cookies=cookies.get(line, (_cookie(client),))))
        for line, page in pages.items()
    }
    told = {"person": str(person_ids[0]), "prison": prison, "entries": entries}
    print(json.dumps({**told, "pages": found, "queries": queries}))


def _client() -> Any:
    from django.test import Client  # noqa: PLC0415 - once Django is set up

    return Client(SERVER_NAME="127.0.0.1")


def signed_in(prison: str) -> tuple[Any, Any]:
    """The browser and the hat of somebody who has worked there for years."""
    from throughgate.staff import actions as staff  # noqa: PLC0415 - once Django is set up
    from throughgate.staff import queries as hats  # noqa: PLC0415

    worker = staff.add_worker(
        email=f"{new_id()}@example.org",
        name="Bench Invented",
        role="prison_recovery_worker",
        organisation=prison,
        team="Bench",
        works_in=[],
        password=None,
        on=date(2020, 1, 1),
    )
    client = _client()
    client.force_login(worker)
    (hat,) = hats.hats_of(worker.id, on=clock.today())
    return client, hat


def _everyone(post_id: UUID) -> str:
    from django.urls import reverse  # noqa: PLC0415 - once Django is set up

    return reverse("everyone", args=[post_id])


def _searched(post_id: UUID, name: str) -> str:
    """Where the form of a search leads to."""
    from throughgate.pages.everyone import forms  # noqa: PLC0415 - once Django is set up

    return f"{_everyone(post_id)}?{urlencode(forms.in_address({forms.SOUGHT: name}, post_id=post_id))}"


def _pages(post_id: UUID, person_ids: Sequence[UUID]) -> dict[str, Page]:
    from django.urls import reverse  # noqa: PLC0415 - once Django is set up

    record = reverse("person", args=[post_id, person_ids[0]])
    notes = [
        reverse("sheet", args=[post_id, person_id, "note"]) for person_id in person_ids[1 : WRITTEN_ON + 1]
    ]
    return {
        "today": Page(paths=(f"{reverse('today', args=[post_id])}?tab=twelve_weeks",)),
        "everyone": Page(paths=(_everyone(post_id),)),
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


def _cookie(client: Any) -> str:
    kept = {name: morsel.value for name, morsel in client.cookies.items()}
    return "; ".join(f"{name}={value}" for name, value in {**kept, "csrftoken": CSRF}.items())


if __name__ == "__main__":
    main(sys.argv[1])
