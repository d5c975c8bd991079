"""The world is built once for all that sweeps it; each test leaves it as it was."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.sweep import things
from tests.sweep import world as worlds
from tests.sweep.world import World


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        made = worlds.build()
        with worlds.at(worlds.TODAY):
            things.add(made)
            worlds.say(made)
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World) -> Iterator[World]:
    with worlds.at(worlds.TODAY), transaction.atomic():
        yield built
        transaction.set_rollback(True)
