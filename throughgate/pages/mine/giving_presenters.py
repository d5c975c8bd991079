"""What a worker reads about somebody's own book, and the slip that goes with it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse

from throughgate.book import queries
from throughgate.book.actions import Given
from throughgate.book.limits import limits
from throughgate.book.queries import CodeLine
from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.person import writing
from throughgate.pages.wording import words as _
from throughgate.people.queries import Banner
from throughgate.staff.queries import Hat


def book(
    hat: Hat,
    permit: Permit,
    who: Banner,
    lookalikes: int,
    code: CodeLine | None,
    *,
    names: Mapping[UUID, str],
    passkeys: int,
) -> dict[str, Any]:
    here = [hat.post_id, permit.person_id]
    return {
        **writing.frame(hat, permit, who, lookalikes),
        "code": _code(code, names) if code else [],
        "give_url": reverse("give_code", args=here) if queries.gives_codes(permit) else "",
        "give": _("Give a new code") if code else _("Give a code"),
        "stop_url": reverse("stop_code", args=here) if code and queries.gives_codes(permit) else "",
        "passkeys": _passkeys(passkeys) if passkeys else "",
        "stop_passkeys": _("Stop it") if passkeys == 1 else _("Stop them all"),
        "stop_passkeys_url": reverse("stop_passkeys", args=here) if queries.gives_codes(permit) else "",
        "beside_url": reverse("open_beside", args=here) if queries.sits_beside(permit) else "",
        "minutes": limits()["minutes_beside"],
        "as_at": wording.moment(permit.at),
    }


def _passkeys(number: int) -> str:
    if number == 1:
        return _("A telephone or a computer of theirs opens their whole book by itself.")
    said = {"number": number}
    return _("%(number)s telephones or computers of theirs open their whole book by themselves.") % said


def _code(code: CodeLine, names: Mapping[UUID, str]) -> list[str]:
    """What there is to say of it."""
    said = {"moment": wording.moment(code.given_at), "day": wording.day(code.last_on)}
    by = names.get(code.given_by, "") if code.given_by else ""
    lines = [
        _("Given %(moment)s by %(worker)s.") % {**said, "worker": by}
        if by
        else _("Given %(moment)s.") % said,
        _("It holds until the end of %(day)s.") % said,
    ]
    if code.is_locked:
        return [*lines, _("It is locked: too many wrong birth dates went with it. Give a new one.")]
    if code.used_at:
        return [*lines, _("Last used %(moment)s.") % {"moment": wording.moment(code.used_at)}]
    return [*lines, _("Not used yet.")]


def slip(given: Given, *, address: str, back_url: str) -> dict[str, Any]:
    """It names nobody and no service: whoever finds it learns nothing."""
    return {
        "code": given.code,
        "address": address,
        "last_on": wording.day(given.last_on),
        "born": [wording.born(each) for each in given.birth_dates],
        "back_url": back_url,
    }
