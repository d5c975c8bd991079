"""A statement that is asked again is asked by the cursor that knows it."""

import select
from collections.abc import Iterator

import psycopg
import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql import base
from django.db.utils import ConnectionHandler
from django.test.utils import CaptureQueriesContext
from psycopg import sql

from tests.database import SuiteDatabase
from throughgate.wiring import database
from throughgate.wiring.engine.base import FEW_ROWS, KEPT

pytestmark = pytest.mark.django_db
ONE_TO = "SELECT generate_series(1, %s)"


@pytest.fixture
def connection(suite_database: SuiteDatabase) -> Iterator[BaseDatabaseWrapper]:
    given = database.parsed(suite_database.server.url("tg_web", suite_database.name))
    connection = ConnectionHandler({"default": given})["default"]
    assert isinstance(connection, BaseDatabaseWrapper)
    yield connection
    connection.close()


@pytest.fixture
def other(suite_database: SuiteDatabase) -> Iterator[psycopg.Connection]:
    """Of the same role, which may end what it began."""
    with psycopg.connect(suite_database.server.url("tg_web", suite_database.name), autocommit=True) as other:
        yield other


def ask(connection: BaseDatabaseWrapper, statement: str = ONE_TO, *given: int) -> object:
    """The cursor that asked."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(given))
        assert cursor.rowcount == len(cursor.fetchall())
        return cursor.cursor


def test_a_statement_is_asked_again_by_the_same_cursor(connection: BaseDatabaseWrapper) -> None:
    first = ask(connection, ONE_TO, 3)
    assert ask(connection, "SELECT 'another'") is not first
    assert ask(connection, "".join(ONE_TO), 5) is first


def test_while_its_rows_are_read_the_same_statement_has_another_cursor(
    connection: BaseDatabaseWrapper,
) -> None:
    with connection.cursor() as outer:
        outer.execute(ONE_TO, [2])
        ask(connection, ONE_TO, 7)
        assert outer.fetchall() == [(1,), (2,)]


def test_one_cursor_asks_one_thing_after_another(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ONE_TO, [1])
        cursor.execute("SELECT 'another'")
        assert cursor.fetchone() == ("another",)
        cursor.executemany("SELECT %s::int", [[1], [2]])
        with cursor.copy("COPY (SELECT 1) TO STDOUT") as copy:
            assert b"".join(map(bytes, copy)) == b"1\n"


def test_what_psycopg_composes_is_asked_as_well(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {}").format(sql.Literal(4)))
        assert cursor.fetchone() == (4,)


def test_a_cursor_that_read_much_is_let_go(connection: BaseDatabaseWrapper) -> None:
    much = ask(connection, ONE_TO, FEW_ROWS + 1)
    assert ask(connection, ONE_TO, 1) is not much


def test_of_more_than_are_kept_the_one_not_asked_for_longest_goes(connection: BaseDatabaseWrapper) -> None:
    first, second = ask(connection, ONE_TO, 1), ask(connection, "SELECT 0")
    for number in range(1, KEPT):
        ask(connection, f"SELECT {number}")
    assert ask(connection, "SELECT 0") is second
    assert ask(connection, ONE_TO, 1) is not first


def test_another_connection_has_cursors_of_its_own(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ONE_TO, [1])
        before = cursor.cursor
        connection.close()
    assert ask(connection, ONE_TO, 1) is not before


def test_whoever_counts_statements_sees_each(connection: BaseDatabaseWrapper) -> None:
    ask(connection, ONE_TO, 1)
    with CaptureQueriesContext(connection) as seen:
        ask(connection, ONE_TO, 1)
        ask(connection, ONE_TO, 2)
    assert len(seen) == 2


def test_a_connection_that_stands_is_usable_and_asked_nothing(
    connection: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.ensure_connection()
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", None)
    assert connection.is_usable()


def test_a_connection_that_the_server_ended_is_made_anew_for_the_next_request(
    connection: BaseDatabaseWrapper, other: psycopg.Connection
) -> None:
    assert not connection.is_usable()  # none was made yet
    was = backend(connection)
    other.execute("SELECT pg_terminate_backend(%s, 10000)", [was])
    assert not connection.is_usable()
    connection.close_if_unusable_or_obsolete()  # as before each request
    assert backend(connection) != was


def test_a_notice_ends_no_connection(connection: BaseDatabaseWrapper, other: psycopg.Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("LISTEN somebody")
    other.execute("NOTIFY somebody")
    assert select.select([connection.connection], [], [], 10)[0]
    assert connection.is_usable()


def backend(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])
