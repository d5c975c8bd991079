"""While a file is being read, however long that takes, everybody else is served: D01."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from pytest_django import Settings

from tests import story
from tests.contexts.clients import address, signed_in, words
from throughgate.exchange import uploads
from throughgate.exchange.inbound import prisoner_search
from throughgate.exchange.inbound import run as runs
from throughgate.exchange.inbound.rows import Reject, Row
from throughgate.foundation.ids import new_id
from throughgate.pathway.actions import in_step, record_ready
from throughgate.record.rules import Form
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 60
READ = prisoner_search.read


class Reading:
    """A file whose last record does not come until somebody lets it."""

    def __init__(self) -> None:
        self.is_stuck, self.may_end = threading.Event(), threading.Event()
        self.may_end.set()

    def read(self, file: IO[bytes], *, as_at: datetime) -> Iterator[Row | Reject]:
        *first, last = READ(file, as_at=as_at)
        yield from first
        self.is_stuck.set()
        assert self.may_end.wait(PATIENCE_SECONDS)
        yield last


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Iterator[Reading]:
    settings.UPLOADS = tmp_path / "uploads"
    found = Reading()
    monkeypatch.setattr(prisoner_search, "read", found.read)
    monkeypatch.setattr(runs, "ROWS_AT_ONCE", 1)
    yield found
    found.may_end.set()


def job(together: ThreadPoolExecutor) -> "Future[None]":
    """What is waiting is done by another process, as far as the database can tell."""

    def work() -> None:
        try:
            uploads.carry_out_waiting()
        finally:
            connections.close_all()

    return together.submit(work)


def sent(client: Client, clerk: Hat, *documents: Any) -> str:
    extract = SimpleUploadedFile("extract.json", json.dumps(documents).encode())
    typed = {"organisation": "MDI", "format": "prisoner-search", "extract": extract}
    return str(client.post(address("upload", clerk), typed).headers["Location"])


def everybody_is_served(worker: Hat, person_id: UUID) -> None:
    """Whoever is in the file, too: pages come, and what is recorded is kept."""
    client = signed_in(worker)
    for page in (address("today", worker), address("everyone", worker), address("person", worker, person_id)):
        assert client.get(page).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '10s'")  # else what waits would wait until the file ends
    permit = story.opens(worker, person_id)
    with in_step(permit):
        record_ready(
            permit,
            item="home",
            state="in_hand",
            on_day=None,
            text="",
            at=permit.at,
            form=Form(str(new_id())),
        )


def test_everybody_is_served_while_a_file_is_tried_out_and_brought_in(reading: Reading) -> None:
    story.bring_in(story.document(), story.document(story.GETHIN, bookingId="1200002"))
    clerk, ravi, dee = story.worker("data_quality", "MDI"), story.worker(), story.person()
    client = signed_in(clerk)
    moved = story.document(releaseDate="2026-12-24")
    at = sent(
        client, clerk, moved, story.document(story.GETHIN, bookingId="1200002"), story.document("A9999ZZ")
    )
    with ThreadPoolExecutor(1) as together:
        for decision in ("bring_in", ""):
            reading.is_stuck.clear()
            reading.may_end.clear()
            doing = job(together)
            assert reading.is_stuck.wait(PATIENCE_SECONDS)
            everybody_is_served(ravi, dee)
            assert client.get(at).status_code == 200
            reading.may_end.set()
            doing.result(PATIENCE_SECONDS)
            if decision:
                client.post(at, {"decision": decision})
    assert "In" in words(client.get(at))
