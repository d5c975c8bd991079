"""Feeds that stopped, so that a list may be old."""

from throughgate.directory import queries as directory
from throughgate.exchange import queries as exchange
from throughgate.foundation.permits import ListPermit
from throughgate.pages import wording
from throughgate.pages.names import Names


def feeds(permit: ListPermit) -> list[tuple[str, str]]:
    """Since when, and whose; those of the organisations the list is about."""
    stopped = exchange.quiet_feeds(permit, permit.organisation_ids, at=permit.at)
    if not stopped:
        return []
    names = Names(directory.mentioned(ids={feed.organisation_id for feed in stopped}, codes=()))
    return [(wording.moment(feed.since), names.organisation(feed.organisation_id)) for feed in stopped]
