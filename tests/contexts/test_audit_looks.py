"""No look without its row, no row no look, and nothing of a record in a log or an address."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import DataError, connection, transaction
from django.test import Client
from django.urls import resolve

from tests import database, story
from tests.architecture.test_doors import ALL, CANARY, RECORDS, address, door_of
from tests.content import rows
from tests.contexts.clients import signed_in
from throughgate.pages.person import reading
from throughgate.staff.queries import Hat
from throughgate.wiring.logs import Wordless

pytestmark = pytest.mark.django_db
LISTS = [(route, str(pattern.name)) for route, pattern in ALL if door_of(pattern) == "list"]


@pytest.fixture
def dee() -> UUID:
    """Somebody Moorland holds; each thing told of her has a word found nowhere else."""
    return story.told_of_with(CANARY)


def urls(hat: Hat, dee: UUID, which: list[tuple[str, str]]) -> Iterator[str]:
    known = {"post_id": hat.post_id, "person_id": dee, "entry_id": story.an_entry()}
    for route, name in which:
        yield address(name, route, **known)


def says(client: Client, url: str) -> bool:
    """Whether the answer holds a word of the record."""
    return CANARY.lower() in client.get(url).content.decode(errors="replace").lower()


def logged(action: str) -> list[tuple[Any, ...]]:
    return rows(
        "SELECT actor_id, post_id, organisation_id, role, purpose, person_id, permit_id IS NOT NULL,"
        " detail ->> 'page'"
        " FROM audit_event WHERE action = %s ORDER BY id",
        action,
    )


# Exactly one row a look


def test_each_page_of_a_record_leaves_one_row_that_says_who_whose_and_why(dee: UUID) -> None:
    hat = story.worker()
    client, told = signed_in(hat), 0
    for url in urls(hat, dee, RECORDS):
        before = len(logged("open record"))
        told += says(client, url)
        after = logged("open record")
        who = (hat.worker_id, hat.post_id, hat.organisation_id, hat.role, "direct_care", dee, True)
        assert after[before:] == [(*who, resolve(url).view_name)], url
    assert told >= 5


def test_each_list_leaves_one_row(dee: UUID) -> None:
    hat = story.worker()
    client = signed_in(hat)
    for url in urls(hat, dee, LISTS):
        before = len(logged("list people"))
        client.get(url)
        assert len(logged("list people")) == before + 1, url


# No row, no look


def test_without_a_row_nothing_of_a_record_is_served(dee: UUID) -> None:
    hat = story.worker()
    client = signed_in(hat)
    client.raise_request_exception = False
    asked = [*urls(hat, dee, RECORDS), *urls(hat, dee, LISTS)]
    with database.role("owner"), connection.cursor() as cursor:
        cursor.execute("REVOKE INSERT ON audit_event FROM tg_web, tg_worker")
    for url in asked:
        place = transaction.savepoint()
        assert not says(client, url), url
        assert client.get(url).status_code == 500
        transaction.savepoint_rollback(place)


# Nothing in logs and addresses


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, as the installation writes it."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(Wordless())
    root = logging.getLogger()
    root.addHandler(handler)
    yield text
    root.removeHandler(handler)


def test_the_installation_writes_its_log_without_words() -> None:
    formatters = [type(handler.formatter) for handler in logging.getLogger().handlers]
    assert Wordless in formatters


def test_an_error_that_quotes_a_record_is_logged_by_its_kind_and_place(
    dee: UUID, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quoting(*_: object, **__: object) -> None:
        try:
            raise ValueError(CANARY)
        except ValueError as error:
            raise DataError(f"Failing row contains ({CANARY})") from error

    monkeypatch.setattr(reading, "read", quoting)
    hat = story.worker()
    client = signed_in(hat)
    client.raise_request_exception = False
    assert client.get(next(urls(hat, dee, [one for one in RECORDS if one[1] == "person"]))).status_code == 500
    assert "DataError at test_audit_looks.py" in log.getvalue()
    assert "ValueError at test_audit_looks.py" in log.getvalue()
    assert CANARY not in log.getvalue()


def test_no_page_puts_a_word_of_a_record_into_a_log_or_an_address(dee: UUID, log: io.StringIO) -> None:
    hat = story.worker()
    client = signed_in(hat)
    for url in [*urls(hat, dee, RECORDS), *urls(hat, dee, LISTS)]:
        for answer in (client.get(url), client.post(url, {"text": CANARY})):
            page = answer.content.decode(errors="replace")
            addresses = re.findall(r'(?:href|src|action)="([^"]*)"', page)
            addresses.append(answer.headers.get("Location", ""))
            assert [each for each in addresses if CANARY.lower() in each.lower()] == [], url
    assert CANARY.lower() not in log.getvalue().lower()
