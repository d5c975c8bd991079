"""Fixtures for every test. A test that wants no database starts none."""

import os
from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from tests import database

# Machines differ in speed, and a failure in CI must be one that the developer sees too.
hypothesis_settings.register_profile("here", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def suite_database() -> Iterator[database.SuiteDatabase]:
    with database.ready() as suite:
        yield suite


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    suite_database: database.SuiteDatabase,
) -> Iterator[None]:
    """Takes the place of pytest-django's, which would migrate, create and flush as the role under test."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        connections["default"].settings_dict.update(suite_database.settings())
        # After a test that commits: a new copy of the template, since no role may empty these tables.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: suite_database.restore())
        yield
        connections.close_all()


@pytest.fixture
def as_worker_role(db: None) -> Iterator[None]:
    """The whole test runs as tg_worker, as imports and jobs do; `tests.database.role` does so for a block."""
    with database.role("worker"):
        yield
