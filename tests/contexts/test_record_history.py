"""What an entry said before it was corrected."""

from dataclasses import replace

import pytest

from tests import story
from throughgate.foundation.errors import NotFound
from throughgate.foundation.ids import new_id
from throughgate.record import actions as record
from throughgate.record import history

pytestmark = pytest.mark.django_db


def corrected() -> list[object]:
    """A cell told wrongly, corrected, and corrected again."""
    feed, identity_id = story.feed(), story.identity()
    ids = record.add_many(feed, [story.told_cell(identity_id, "X-1")])
    for cell in ("X-2", "X-3"):
        draft = story.told_cell(identity_id, cell, supersedes=ids[-1], reason="A slip")
        ids += record.add_many(feed, [draft])
    return list(ids)


def test_any_version_leads_to_all_of_them_newest_first() -> None:
    story.bring_in(story.document())
    ids = corrected()
    permit = story.opens(story.worker(), story.person())
    for entry_id in ids:
        assert [version.id for version in history.versions(permit, entry_id)] == ids[::-1]  # type: ignore[arg-type]


def test_an_entry_the_worker_may_not_read_is_as_one_that_is_not_there() -> None:
    story.bring_in(story.document(), story.document(story.GETHIN, bookingId="2"))
    entry_id = corrected()[0]
    hat = story.worker()
    permit = story.opens(hat, story.person())
    for who, asked in (
        (permit, new_id()),
        (replace(permit, read=frozenset({"housing"})), entry_id),
        (story.opens(hat, story.person(story.GETHIN)), entry_id),
    ):
        with pytest.raises(NotFound):
            history.versions(who, asked)  # type: ignore[arg-type]
