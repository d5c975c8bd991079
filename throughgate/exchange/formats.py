"""The kinds of extract that can come in, by name."""

from throughgate.exchange.inbound import prisoner_search, treatment
from throughgate.exchange.inbound.rows import Format
from throughgate.foundation.errors import Refused

FORMATS: dict[str, Format] = {prisoner_search.name: prisoner_search, treatment.name: treatment}


def named(name: str) -> Format:
    """The format of that name.

    Raises: Refused, naming those there are.
    """
    if name not in FORMATS:
        raise Refused(f"There is no format called {name}. There are: {', '.join(sorted(FORMATS))}.")
    return FORMATS[name]
