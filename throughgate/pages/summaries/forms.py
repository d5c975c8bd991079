"""What the pages of texts are sent: shapes only; what may be kept is decided elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import QueryDict

from throughgate.foundation.ids import new_id
from throughgate.record.drafts import FormDraft
from throughgate.record.rules import Form

LONGEST_KEY = 120  # characters: what the record holds of it
AGREED = "agreed_"  # and the key of a heading: the controls of what is under it


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A form of a text as it was sent; opening it makes its key."""

    form: Form
    is_begun: bool = False  # they have gone through it, or begun to
    draft_at: datetime | None = None  # what is ticked was kept as a draft then
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
        is_begun=bool(given),
        agreed=frozenset(_tokens(given)),
        way=given.get("way", ""),
        system=given.get("system", ""),
        text=given.get("text", "").strip(),
    )


def _tokens(given: QueryDict) -> Iterator[str]:
    """A line that several said in the same words bears the token of each."""
    for name in given:
        if name.startswith(AGREED):
            for line in given.getlist(name):
                yield from line.split()


def to_keep(typed: Typed) -> dict[str, str]:
    """What is ticked, as a draft of it. A line that says something else by then is ticked no more."""
    return {"form_key": typed.form.key, "agreed": " ".join(sorted(typed.agreed)), "way": typed.way}


def begun(draft: FormDraft) -> Typed:
    """A draft, to go on with."""
    kept = draft.typed
    return Typed(
        form=Form(kept["form_key"]),
        is_begun=True,
        draft_at=draft.saved_at,
        agreed=frozenset(kept["agreed"].split()),
        way=kept["way"],
    )
