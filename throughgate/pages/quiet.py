"""Feeds that stopped, so that what they told may be old."""

from collections.abc import Sequence

from throughgate.exchange import queries as exchange
from throughgate.exchange.queries import QuietFeed
from throughgate.foundation.permits import ListPermit
from throughgate.pages import wording
from throughgate.pages.names import Names


def feeds(permit: ListPermit) -> list[tuple[str, str]]:
    """Feeds of the list's own organisations that have gone quiet, in words."""
    return said(exchange.quiet_feeds(permit, permit.organisation_ids, at=permit.at))


def said(stopped: Sequence[QuietFeed]) -> list[tuple[str, str]]:
    """Since when, and whose."""
    names = Names(feed.place for feed in stopped)
    return [(wording.moment(feed.since), names.organisation(feed.place.id)) for feed in stopped]
