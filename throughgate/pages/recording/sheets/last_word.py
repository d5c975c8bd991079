"""What the sheets share on which the last word is said of a goal, a task or a referral."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording.sheet import Typed
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.team.told import Thing


class Say(Protocol):
    """An action of the team: how far the thing with that key is."""

    def __call__(
        self, permit: Permit, *, key: str, state: str, text: str, at: datetime, form: Form
    ) -> UUID: ...


class Keep(Protocol):
    def __call__(self, permit: Permit, typed: Typed, form: Form) -> UUID: ...


def option(thing: Thing, words: str, *, states: str) -> Option:
    """One to choose, with how far it is, of that code set."""
    state = wording.label(states, thing.word.line.state) if thing.word else ""
    return Option(thing.key, words, hint=state)


def keep_by(say: Say) -> Keep:
    """How such a sheet is kept."""

    def keep(permit: Permit, typed: Typed, form: Form) -> UUID:
        return say(
            permit,
            key=typed.text("about"),
            state=typed.text("state"),
            text=typed.text("text"),
            at=typed.at,
            form=form,
        )

    return keep


def typed_from(entry: Spine, line: NamedTuple) -> Mapping[str, str]:
    return {"about": entry.item, **line._asdict()}
