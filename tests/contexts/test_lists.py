"""A list reaches the database as it is."""

from typing import Any
from uuid import UUID

import pytest
from django.db import DataError, connection
from hypothesis import given
from hypothesis import strategies as st

from throughgate.foundation.ids import new_id

pytestmark = pytest.mark.django_db
ONE, OTHER = new_id(), new_id()


def there_and_back(values: list[Any], kind: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}[]", [values])
        found: list[Any] = cursor.fetchone()[0]
    return found


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
    assert there_and_back(ids, "uuid") == ids


@given(
    st.lists(
        st.one_of(
            st.none(),
            st.sampled_from(['"', "\\", "", "NULL", "null", "{", "}", ",", " ", '","', "Llŷr"]),
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5),
        ),
        max_size=4,
    )
)
def test_words_come_back_as_they_were_sent(words: list[str | None]) -> None:
    assert there_and_back(words, "text") == words


def test_a_word_that_no_database_keeps_is_refused_and_not_cut() -> None:
    with pytest.raises((DataError, ValueError)):
        there_and_back(["cut\0here"], "text")
