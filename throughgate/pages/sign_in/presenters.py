"""The sign-in pages in words."""

from collections.abc import Sequence
from itertools import groupby
from textwrap import wrap
from typing import Any

from django.urls import reverse
from markupsafe import Markup

from throughgate.access import policy
from throughgate.exchange.issuers import Issuer
from throughgate.pages import homes, names, wording
from throughgate.pages.components.shapes import Problem
from throughgate.pages.unsent import Unsent
from throughgate.pages.wording import words as _
from throughgate.staff.factors import Held
from throughgate.staff.queries import Hat
from throughgate.staff.sessions import Listed


def choose(hats: Sequence[Hat]) -> dict[str, Any]:
    """Everybody there is to be, under the place they work for."""
    employers = [
        (organisation, [_somebody(worker) for worker in _workers(list(group))])
        for organisation, group in groupby(hats, key=lambda hat: hat.organisation_name)
    ]
    return {"employers": employers}


def _workers(hats: list[Hat]) -> list[list[Hat]]:
    return [list(group) for _key, group in groupby(hats, key=lambda hat: hat.worker_id)]


def _somebody(hats: list[Hat]) -> dict[str, str]:
    roles = dict.fromkeys(role(hat) for hat in hats)
    return {"id": str(hats[0].worker_id), "name": hats[0].worker_name, "roles": ", ".join(roles)}


def role(hat: Hat) -> str:
    return _(policy.roles()[hat.role].label)


def hats(held: Sequence[Hat]) -> dict[str, Any]:
    """The hats to choose from, each leading to its first page."""
    return {"hats": [(names.of_hat(hat), hat.organisation_name, first_page(hat)) for hat in held]}


def first_page(hat: Hat) -> str:
    """Where this role's day begins."""
    return homes.places(hat)[0].url(hat)


def start(hat: Hat) -> dict[str, Any]:
    """What a role can do that opens no record, and the pages it reads."""
    here, *pages = homes.places(hat)
    return {
        "role": role(hat),
        "now": _(here.now),
        "pages": [(_(place.label), place.url(hat), _(place.now)) for place in pages],
    }


def second(form: Any, held: Sequence[Held], options: str, *, is_used_up: bool) -> dict[str, Any]:
    """The page after the password."""
    return {
        "title": _("Show that it is you"),
        "lead": _("Your password was right. Now show one more thing that only you have."),
        **_ways(form, held, options, is_used_up=is_used_up),
    }


def again(form: Any, held: Sequence[Held], options: str, *, is_used_up: bool) -> dict[str, Any]:
    """The page before something weighty."""
    return {
        "title": _("Show once more that it is you"),
        "lead": _("What comes next matters enough to ask. It holds for ten minutes."),
        **_ways(form, held, options, is_used_up=is_used_up),
    }


def _ways(form: Any, held: Sequence[Held], options: str, *, is_used_up: bool) -> dict[str, Any]:
    return {
        "problems": [Problem(_wrong(form), "code")] if form is not None and form.errors else [],
        "has_passkey": any(each.kind == "webauthn" for each in held),
        "is_used_up": is_used_up,
        "options": options,
    }


def _wrong(form: Any) -> str:
    """Why a code or a passkey was not taken."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    if codes & {"too_many_login_attempts", "rate_limited"}:
        return _("That was tried too often. Wait five minutes, then try again.")
    return _("That was not right, or was used already. Wait for a new code, or use another way.")


def add_passkey(form: Any, options: str) -> dict[str, Any]:
    return {
        "problems": [Problem(_wrong(form), "")] if form.errors else [],
        "options": options,
    }


def add_telephone(form: Any, drawn: str) -> dict[str, Any]:
    """The square to scan, and the same in letters."""
    return {
        "problems": [Problem(_wrong(form), "code")] if form.errors else [],
        "square": Markup(drawn[drawn.index("<svg") :]),  # noqa: S704 - drawn by the library, of no typed word
        "secret": " ".join(wrap(form.secret, 4)),
    }


def card(codes: Sequence[str], back_url: str) -> dict[str, Any]:
    return {"codes": codes, "back_url": back_url}


def mine(
    held: Sequence[Held],
    codes_left: int,
    sessions: Sequence[Listed],
    *,
    is_wanted: bool,
    has_password: bool,
) -> dict[str, Any]:
    """What somebody signs in with, and where they are signed in."""
    return {
        "is_wanted": is_wanted,
        "has_password": has_password,
        "held": [{"id": each.id, "name": _factor(each), "when": _used(each)} for each in held],
        "has_telephone": any(each.kind == "totp" for each in held),
        "codes_left": codes_left,
        "sessions": [
            {
                "handle": each.handle,
                "device": each.device or _("A browser that does not say which it is"),
                "when": _("since %(began)s, last used %(seen)s")
                % {"began": wording.moment(each.began_at), "seen": wording.moment(each.seen_at)},
                "is_this": each.is_this,
            }
            for each in sessions
        ],
    }


def _factor(held: Held) -> str:
    if held.kind == "webauthn":
        return _("Passkey: %(name)s") % {"name": held.name}
    return _("Codes of an app on a telephone")


def _used(held: Held) -> str:
    if held.used_at is None:
        return _("added %(when)s, not used yet") % {"when": wording.moment(held.added_at)}
    return _("last used %(when)s") % {"when": wording.moment(held.used_at)}


def unsent(kept: Unsent) -> dict[str, Any]:
    return {"address": kept.address, "fields": kept.fields}


def invitation(*, code: str = "", why: str = "") -> dict[str, Any]:
    return {"code": code, "problems": [Problem(why, "code")] if why else []}


def change_password(*, why: str = "") -> dict[str, Any]:
    return {"problems": [Problem(why, "old")] if why else []}


def vouched_for_one() -> str:
    return _(
        "You came in by the sign-in of one organisation, and work for another too."
        " Sign out, and sign in here to change what you sign in with."
    )


def not_the_same() -> str:
    return _("The two passwords were not the same. Type it once more, twice.")


def elsewhere(issuers: Sequence[Issuer]) -> dict[str, Any]:
    """Organisations that have a sign-in of their own."""
    return {"elsewhere": [(each.name, reverse("issuer", args=[each.id])) for each in issuers]}


def no_post_here(name: str) -> str:
    return _(
        "%(name)s knows you, and you have no post there in throughgate."
        " Ask whoever looks after the accounts where you work."
    ) % {"name": name}
