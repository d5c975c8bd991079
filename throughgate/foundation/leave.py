"""What the database lets the web role read of records on this connection: nothing, until leave is given.

Row-level security reads these settings of the session. `access` gives them in the statement that logs a
permit, so that without the log there is no leave; `pages` ends them with the request. They are a backstop:
each query asks for no more than its permit reads.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from django.db import connection

Leave = Mapping[str, str]  # setting -> value; what is left out is empty, which opens nothing
SETTINGS: Final = (
    "reach",  # record: one person's; rule: whoever the rule lets this hat see; all; empty: nothing
    "person",
    "reads",  # categories, as are the next two, each list with commas between
    "unless",  # read unless the person keeps them back
    "asked",  # read if the person shares them
    "restricted",  # yes: also what only some roles read
    "sealed",  # yes: also what is kept for others
    "own",  # yes: the person themself, from whom some is withheld
    "worker",
    "post",
    "organisation",
    "organisations",
    "purpose",
    "on_day",
    "at",
)
EVERYTHING: Leave = {"reach": "all"}
GIVE = ", ".join(f"set_config('tg.{name}', %s, false)" for name in SETTINGS)


def values(leave: Leave) -> list[str]:
    """The leave as values for the statement `GIVE`, one for each setting."""
    return [leave.get(name, "") for name in SETTINGS]


@contextmanager
def ends() -> Iterator[None]:
    """Whatever leave is given within it ends with it."""
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET tg.reach")


@contextmanager
def everything() -> Iterator[None]:
    """For what is derived, which rests on all that is known, whoever caused it to be made again.

    After an error in a transaction, the rollback brings back the leave there was.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('tg.reach', true), set_config('tg.reach', 'all', false)")
        before, _ = cursor.fetchone()
    try:
        yield
    except BaseException:
        if not connection.in_atomic_block:
            _reach(before)
        raise
    _reach(before)


def _reach(reach: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('tg.reach', %s, false)", [reach or ""])
