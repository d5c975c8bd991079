"""The fields that several sheets of a team share: one of the team, how the person agreed, by when."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from throughgate.access import policy
from throughgate.foundation.permits import Permit
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording.fields import Choice, Day, Field, Found, all_of
from throughgate.pages.recording.sheet import Typed
from throughgate.pages.typed import id_in
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat
from throughgate.team import queries

POST, AGREED, BY = "post", "agreed", "by"


def member(permit: Permit, label: str, *, also: Sequence[Option] = ()) -> Field:
    """One of the team, beside whatever else may be chosen there."""
    return _one_of(label, lambda: [*also, *_options(queries.members(permit))])


def ever_member(permit: Permit, label: str) -> Field:
    """One who is or was on the team, so that the leaving of one who left can be corrected."""
    return _one_of(label, lambda: _options(queries.ever_members(permit)))


def may_be_told(permit: Permit, label: str) -> Field:
    """One of the team who may be told of pressure, or whoever writes."""
    return _one_of(label, lambda: _options(queries.may_be_told(permit)))


def agreed(hint: str = "") -> Field:
    return Choice(
        name=AGREED, label=_("How did the person agree?"), hint=hint, options=all_of("team_agreements")
    )


def by(label: str) -> Field:
    return Day(name=BY, label=label, hint=_("Such as 27 3 2027. You can leave it empty."))


def post_id(typed: Typed) -> UUID | None:
    return id_in(typed.given, POST)


def wrong_with_by(typed: Typed) -> dict[str, str]:
    """A sentence where what stands there is no day."""
    why = _("Enter a day such as 27 3 2027, or leave it empty.")
    return {BY: why} if typed.day(BY).is_unread else {}


def _one_of(label: str, look_up: Callable[[], Sequence[Option]]) -> Field:
    none = _("Nobody is on the team yet. Say first who joins it.")
    return Found(name=POST, label=label, look_up=look_up, none=none)


def _options(hats: Mapping[UUID, Hat]) -> list[Option]:
    return [
        Option(
            str(post_id),
            hat.worker_name,
            hint=f"{_(policy.roles()[hat.role].label)}, {hat.organisation_name}",
        )
        for post_id, hat in hats.items()
    ]
