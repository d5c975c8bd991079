"""Which database is used, as which role, and what is refused."""

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from tests.database import SuiteDatabase
from throughgate.foundation.errors import Refused
from throughgate.wiring import database, startup
from throughgate.wiring.database import database_settings
from throughgate.wiring.startup import UnsafeDatabase, refuse_unsafe


@pytest.fixture(autouse=True)
def _nothing_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in database.VARIABLES:
        monkeypatch.delenv(name, raising=False)


def test_a_configured_database_is_for_the_web_role(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://tg_web:s%40crt@db.example:5433/record?sslmode=require")
    found = database_settings("web")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "record")
    assert (found["USER"], found["PASSWORD"]) == ("tg_web", "s@crt")
    assert found["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize("role", ["owner", "worker", "reports"])
def test_the_other_roles_are_never_guessed(monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://tg_web@/record")
    with pytest.raises(Refused, match=f"TG_{role.upper()}_DATABASE_URL is not set"):
        database_settings(role)


def test_a_url_that_cannot_be_read_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "secret words")
    with pytest.raises(Refused) as refusal:
        database_settings("web")
    assert "secret" not in str(refusal.value)


def test_checks_without_a_database_need_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TG_MODE")
    assert database_settings("web") == {"ENGINE": "django.db.backends.dummy"}


def connected_as(suite: SuiteDatabase, role: str) -> BaseDatabaseWrapper:
    """A connection of its own, which signs in as that role."""
    given = database.parsed(suite.server.url(role, suite.name))
    connection = ConnectionHandler({"default": given})["default"]
    assert isinstance(connection, BaseDatabaseWrapper)
    return connection


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "why"), [("postgres", "is a superuser"), ("tg_owner", "owns the tables")])
def test_a_role_above_the_guards_may_not_serve(suite_database: SuiteDatabase, role: str, why: str) -> None:
    connection = connected_as(suite_database, role)
    with pytest.raises(UnsafeDatabase, match=f"role {role} {why}.* Connect as tg_web"):
        refuse_unsafe(connection)
    connection.close()


@pytest.mark.django_db
def test_a_role_that_bypasses_row_security_may_not_serve(suite_database: SuiteDatabase) -> None:
    with suite_database.server.superuser() as superuser:
        superuser.execute("ALTER ROLE tg_reports BYPASSRLS")
    connection = connected_as(suite_database, "tg_reports")
    try:
        with pytest.raises(UnsafeDatabase, match="bypasses row security"):
            refuse_unsafe(connection)
    finally:
        connection.close()
        with suite_database.server.superuser() as superuser:
            superuser.execute("ALTER ROLE tg_reports NOBYPASSRLS")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["tg_web", "tg_worker"])
def test_the_web_and_worker_roles_may_serve(suite_database: SuiteDatabase, role: str) -> None:
    connection = connected_as(suite_database, role)
    refuse_unsafe(connection)
    connection.close()


@pytest.mark.django_db
def test_an_old_postgresql_is_refused(suite_database: SuiteDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = connected_as(suite_database, "tg_web")
    monkeypatch.setattr(startup, "FLOOR", 99)
    with pytest.raises(UnsafeDatabase, match="needs 99 or newer"):
        refuse_unsafe(connection)
    connection.close()


@pytest.mark.django_db
def test_a_database_that_is_not_there_is_said_plainly(suite_database: SuiteDatabase) -> None:
    given = database.parsed(suite_database.server.url("tg_web", "no_such_database"))
    connection = ConnectionHandler({"default": given})["default"]
    assert isinstance(connection, BaseDatabaseWrapper)
    with pytest.raises(UnsafeDatabase, match="does not answer"):
        refuse_unsafe(connection)
