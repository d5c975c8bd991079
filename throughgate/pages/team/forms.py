"""What is sent to stand beside an entry: its shape only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import QueryDict

from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team import actions

LONGEST_KEY = 120  # characters: what the record holds of it
DISAGREE, CONTENT = "disagree", "content"


@dataclass(frozen=True, kw_only=True)
class Typed:
    """As it was sent; opening it makes its key."""

    deed: str
    form: Form
    whose: str
    text: str
    about: tuple[str, ...]


def sent(given: QueryDict) -> Typed:
    deed = given.get("deed", "")
    return Typed(
        deed=deed if deed in DEEDS else DISAGREE,
        form=Form(given.get("form_key", "")[:LONGEST_KEY]),
        whose=given.get("whose", ""),
        text=given.get("text", "").strip(),
        about=tuple(given.getlist("about")),
    )


def opened(typed: Typed) -> Typed:
    return replace(typed, form=Form(str(new_id())))


def _disagree(permit: Permit, entry: Spine, typed: Typed) -> UUID:
    return actions.disagree(permit, entry, whose=typed.whose, text=typed.text, form=typed.form)


def _note_content(permit: Permit, entry: Spine, typed: Typed) -> UUID:
    return actions.note_content(permit, entry, about=typed.about, form=typed.form)


DEEDS: Mapping[str, Callable[[Permit, Spine, Typed], UUID]] = {
    DISAGREE: _disagree,
    CONTENT: _note_content,
}
