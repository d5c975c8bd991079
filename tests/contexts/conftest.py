"""What several files of tests look at."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests import story
from tests.database import SuiteDatabase
from throughgate.wiring import cli, connected

Tg = Callable[..., int]


@pytest.fixture(scope="module")
def town(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, suite_database: SuiteDatabase
) -> Iterator[None]:
    """The demo on its day, for all tests of a file that only look."""
    with django_db_blocker.unblock():
        suite_database.show_demo()
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        suite_database.restore()


@pytest.fixture
def the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon on 9 November."""
    monkeypatch.setenv("TG_CLOCK", story.noon(9).isoformat())


@pytest.fixture
def tg(db: None, monkeypatch: pytest.MonkeyPatch) -> Tg:
    """`tg("held")` runs ./tg held in this process; the directory knows the prisons."""
    story.prison()
    monkeypatch.setattr(connected, "as_role", lambda _: nullcontext())
    return lambda *arguments: cli._run(
        next(each for each in cli.COMMANDS if each.name == arguments[0]), [str(a) for a in arguments[1:]]
    )
