"""The sign-in pages in words."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from throughgate.access import policy
from throughgate.pages import homes
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat


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
    return {
        "hats": [(f"{role(hat)}, {hat.team_name}", hat.organisation_name, first_page(hat)) for hat in held]
    }


def first_page(hat: Hat) -> str:
    """Where this role's day begins."""
    return homes.places(hat)[0].url(hat)


def start(hat: Hat) -> dict[str, Any]:
    """What a role can do that has no pages of its own."""
    return {"role": role(hat), "now": [_(place.now) for place in homes.places(hat) if place.now]}
