"""Days that sheets ask for and that may be left empty."""

from throughgate.pages.recording.sheet import Typed
from throughgate.pages.wording import words as _


def wrong_with_days(typed: Typed, *names: str) -> dict[str, str]:
    """A sentence for each that was typed and is no day."""
    why = _("Enter a day such as 27 3 2026, or leave it empty.")
    return {name: why for name in names if typed.day(name).is_unread}
