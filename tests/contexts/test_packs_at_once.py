"""Several make a pack at one moment: one whole pack for each request."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connections

from tests import processes, story
from tests.content import rows
from tests.packs import HERS, LEAVES, form, known, made
from throughgate.access import actions as access
from throughgate.foundation import clock
from throughgate.packs import actions, batches, queries, rendering
from throughgate.pathway.actions import in_step

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 6
PATIENCE_SECONDS = 60


def all_at_once(deed: Callable[[], UUID]) -> list[UUID]:
    """What each of several gets who do the same at one moment."""
    start = Barrier(AT_ONCE)

    def one(_number: int) -> UUID:
        try:
            start.wait(PATIENCE_SECONDS)
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as together:
        return list(together.map(one, range(AT_ONCE)))


def test_a_form_sent_by_several_at_once_makes_one_pack() -> None:
    ravi, sent = known(), form()

    def make() -> UUID:
        with in_step(ravi):
            return actions.make(ravi, form=sent)

    assert len(set(all_at_once(make))) == 1
    assert len(queries.packs(ravi) or []) == 1


def test_several_packs_at_once_are_as_many_versions() -> None:
    ravi = known()
    all_at_once(lambda: made(ravi))
    assert [each.version for each in queries.packs(ravi) or []] == [6, 5, 4, 3, 2, 1]


def test_two_jobs_at_once_make_no_pack_twice() -> None:
    keys = [f"A{number:04}ZZ" for number in range(6)]
    story.bring_in(*(story.document(key, bookingId=key, lastName=f"N{key}", **LEAVES) for key in keys))
    hat = story.worker()
    listing = access.issue_list_permit(hat, purpose="direct_care", at=clock.now())
    batches.ask(listing, [story.person(key) for key in keys], key="once")
    jobs = [processes.start(batches.carry_out_waiting) for _ in range(3)]
    for job in jobs:
        job.join(PATIENCE_SECONDS)
    assert rows("SELECT count(*) FROM record_entry WHERE kind = 'pack'") == [(6,)]


def test_a_file_is_made_whole_before_any_of_it_is_sent() -> None:
    ravi = known()
    sheet = queries.sheet(ravi, made(ravi), HERS)
    assert rendering.pdf(sheet).rstrip().endswith(b"%%EOF")
    assert rendering.page(sheet).rstrip().endswith(b"</html>")
