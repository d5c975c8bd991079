"""The demo's database: kept for the day, new with the next, and never taken from somebody who is using it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import psycopg
import pytest

from throughgate.foundation import clock
from throughgate.wiring import cluster, demo_database, templates
from throughgate.wiring.cluster import Cluster

MONDAY = date(2026, 3, 2)


@pytest.fixture
def loads(own_folders: None, monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days for which people were loaded; here a table stands for the people."""
    days: list[date] = []

    def load(own: Cluster, name: str, on: date) -> None:
        days.append(on)
        with own.superuser(name) as connection:
            connection.execute("CREATE TABLE people AS SELECT 'Dee' AS name")

    monkeypatch.setattr(demo_database, "_load", load)
    monkeypatch.setattr(templates, "migrated", lambda _: "template0")
    return days


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    def set_clock(day: date) -> None:
        monkeypatch.setenv("TG_CLOCK", datetime.combine(day, datetime.min.time(), clock.LONDON).isoformat())

    return set_clock


@pytest.fixture(autouse=True)
def _no_demo_yet(own_folders: None) -> None:
    own = cluster.open_cluster("demo")
    with own.running():
        templates.drop_others(own, prefix="tg_demo", keep="")


def names() -> list[str]:
    with cluster.open_cluster("demo").superuser(demo_database.NAME) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM people ORDER BY 1").fetchall()]


def add(name: str) -> None:
    with cluster.open_cluster("demo").superuser(demo_database.NAME) as connection:
        connection.execute("INSERT INTO people VALUES (%s)", [name])


def test_what_was_changed_is_kept_for_the_day(loads: list[date], on: Callable[[date], None]) -> None:
    on(MONDAY)
    with demo_database.running():
        add("Sam")
    with demo_database.running():
        assert names() == ["Dee", "Sam"]
    assert loads == [MONDAY]


def test_a_new_day_begins_with_the_demo_as_new(loads: list[date], on: Callable[[date], None]) -> None:
    on(MONDAY)
    with demo_database.running():
        add("Sam")
    on(MONDAY + timedelta(days=1))
    with demo_database.running():
        assert names() == ["Dee"]
    assert loads == [MONDAY, MONDAY + timedelta(days=1)]


def test_it_can_be_had_as_new_without_loading_again(loads: list[date], on: Callable[[date], None]) -> None:
    on(MONDAY)
    with demo_database.running():
        add("Sam")
    with demo_database.running(made_anew=True):
        assert names() == ["Dee"]
    assert loads == [MONDAY]


def test_a_demo_that_runs_past_midnight_keeps_its_database(
    loads: list[date], on: Callable[[date], None]
) -> None:
    on(MONDAY)
    with demo_database.running():
        add("Sam")
        on(MONDAY + timedelta(days=1))
        with demo_database.running():  # such as ./tg import in another terminal
            assert names() == ["Dee", "Sam"]
    assert loads == [MONDAY]


def test_a_load_that_failed_leaves_nothing_that_is_taken_for_a_demo(
    loads: list[date], on: Callable[[date], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    on(MONDAY)

    def stop_half_way(own: Cluster, name: str, _on: date) -> None:
        with own.superuser(name) as connection:
            connection.execute("CREATE TABLE people AS SELECT 'half' AS name")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(demo_database, "_load", stop_half_way)
        with pytest.raises(KeyboardInterrupt), demo_database.running():
            pass
    with pytest.raises(psycopg.OperationalError):  # and what was started is stopped
        names()
    with demo_database.running():
        assert names() == ["Dee"]
