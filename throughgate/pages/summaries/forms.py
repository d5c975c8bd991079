"""What the pages of texts are sent: shapes only; what may be kept is decided elsewhere."""

from dataclasses import dataclass, replace

from django.http import QueryDict

from throughgate.foundation.ids import new_id
from throughgate.record.rules import Form

LONGEST_KEY = 120  # characters: what the record holds of it
AGREED = "agreed_"  # and the key of a heading: the controls of what is under it


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A form of a text as it was sent; opening it makes its key."""

    form: Form
    agreed: frozenset[str] = frozenset()  # tokens of what they heard
    way: str = ""
    system: str = ""
    text: str = ""


def opened(typed: Typed) -> Typed:
    """A form about to be shown: for the first time, or again after a refusal."""
    return replace(typed, form=Form(str(new_id())))


def sent(given: QueryDict) -> Typed:
    return Typed(
        form=Form(given.get("form_key", "")[:LONGEST_KEY]),
        agreed=frozenset(token for name in given if name.startswith(AGREED) for token in given.getlist(name)),
        way=given.get("way", ""),
        system=given.get("system", ""),
        text=given.get("text", "").strip(),
    )
