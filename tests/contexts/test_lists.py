"""A list of ids reaches the database as it is."""

from uuid import UUID

import pytest
from django.db import connection

from throughgate.foundation.ids import new_id

ONE, OTHER = new_id(), new_id()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ids",
    [
        pytest.param([ONE, OTHER], id="two"),
        pytest.param([], id="none"),
        pytest.param([ONE, None], id="one that is missing"),
        pytest.param([UUID(int=0), UUID(int=2**128 - 1)], id="the first and the last"),
    ],
)
def test_ids_come_back_as_they_were_sent(ids: list[UUID | None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::uuid[]", [ids])
        assert cursor.fetchone()[0] == ids


@pytest.mark.django_db
def test_words_with_all_that_could_break_a_list_come_back_as_they_were_sent() -> None:
    words = ['a "quote"', "a \\ and a {brace}, a comma", "", "NULL"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [words])
        assert cursor.fetchone()[0] == words
