"""The suite itself: every test meets the database as the web role, and leaves nothing behind."""

import pytest
from django.db import connection, transaction

from tests import database


def current_user() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_test_is_the_web_role() -> None:
    assert current_user() == "tg_web"


@pytest.mark.django_db
@pytest.mark.usefixtures("as_worker_role")
def test_a_test_that_imports_can_be_the_worker_role() -> None:
    assert current_user() == "tg_worker"


@pytest.mark.django_db
def test_a_block_can_be_another_role() -> None:
    with database.role("worker"), transaction.atomic():
        assert current_user() == "tg_worker"
    assert current_user() == "tg_web"


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_gone_after_the_test(suite_database: database.SuiteDatabase) -> None:
    with suite_database.server.superuser(suite_database.name) as superuser:
        superuser.execute("CREATE TABLE left_behind ()")
    suite_database.restore()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('left_behind')")
        assert cursor.fetchone() == (None,)
