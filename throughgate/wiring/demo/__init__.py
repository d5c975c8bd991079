"""The demo: invented people of one town, brought in night by night the way anybody's extracts are.

The stories are data (`data/demo`); this package writes the extracts they stand for and hands them to the same
import that everybody uses. There is no other way from here into the record.
"""

from datetime import date

from throughgate.foundation import clock
from throughgate.wiring.demo import cast, nights


def load(today: date) -> None:
    """Fill an empty database with the demo as it is on that day.

    Raises: Refused when anybody is in the database already.
    """
    cast.refuse_unless_empty()
    cast.make(today)
    nights.live_through(today)


def people() -> list[str]:
    """Everybody one can sign in as, each with role and place."""
    return cast.lines(clock.today())
