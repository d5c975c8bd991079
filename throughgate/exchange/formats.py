"""The kinds of extract that can come in, by name."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from throughgate.exchange.inbound import prison_events, prisoner_search, treatment
from throughgate.exchange.inbound.people import PlainList
from throughgate.exchange.inbound.rows import Format
from throughgate.exchange.models import ImportRun
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Refresher
from throughgate.sharing import actions as sharing
from throughgate.team import derived as team

FORMATS: dict[str, Format] = {
    prisoner_search.name: prisoner_search,
    prison_events.name: prison_events,
    treatment.name: treatment,
    PlainList.name: PlainList(),
}


def refreshes() -> Iterable[Callable[[Refresher, Sequence[UUID]], None]]:
    """What brings everything derived in step, each once: two formats may feed one context.

    What somebody chose, and their team, come in by no feed, and follow them when records are joined.
    """
    return dict.fromkeys([*(feed.refresh for feed in FORMATS.values()), team.refresh, sharing.refresh])


def named(name: str) -> Format:
    """The format of that name.

    Raises: Refused, naming those there are.
    """
    if name not in FORMATS:
        raise Refused(f"There is no format called {name}. There are: {', '.join(sorted(FORMATS))}.")
    return FORMATS[name]


def of(run: ImportRun) -> Format:
    """How the file of a run is read: a plain list by what its columns were said to hold."""
    return PlainList(dict(run.columns or ())) if run.format == PlainList.name else named(run.format)
