"""`./tg organisation`: who employs workers and sends extracts."""

import re
from collections.abc import Sequence
from pathlib import Path

from throughgate.access import actions as access
from throughgate.access import policy
from throughgate.directory import actions as directory
from throughgate.directory import place_file
from throughgate.directory import queries as places
from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.pathway import actions as pathway
from throughgate.sharing.rules import PURPOSES
from throughgate.staff import actions as staff
from throughgate.wiring.console import here

CODE = re.compile(r"[A-Z0-9]{2,20}")
ANY = "any"


def kinds() -> list[str]:
    """What an organisation can be: what the table of roles knows."""
    return sorted({kind for role in policy.roles().values() for kind in role.organisation_kinds} - {ANY})


def add(*, code: str, name: str, kind: str, name_cy: str, nation: str) -> int:
    """Raises: Refused for a code or a kind that cannot be one."""
    check(code=code, kind=kind)
    directory.add(code=code, name=name, kind=kind, name_cy=name_cy, nation=nation)
    print(f"{name} is in the directory as {code}.")
    return 0


def check(*, code: str, kind: str) -> None:
    """Raises: Refused for a code or a kind that cannot be one."""
    if not CODE.fullmatch(code):
        raise Refused(f"{code} cannot be a code. Use 2 to 20 capital letters and digits, such as PATHLIGHT.")
    if kind not in kinds():
        raise Refused(f"{kind} is no kind of organisation we know. There are: {', '.join(kinds())}.")


def load_prisons() -> int:
    print(f"The directory holds the {directory.load_prisons()} prisons of the table.")
    return 0


def put_places(path: Path) -> int:
    """Raises: Refused for a file that cannot be read whole."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = place_file.read(lines)
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path} cannot be read: it must be a CSV file in UTF-8.") from error
    at = clock.now()
    if directory.put_places(rows, at=at):
        pathway.refresh_those_with_packs(access.issue_timer_permit("look at packs again", at=at))
    print(f"The directory has the {len(rows)} places of the file.")
    return 0


def share(parent: str, member: str, purposes: Sequence[str]) -> int:
    """Raises: Refused for a purpose nobody can share for, or an organisation that is not there."""
    unknown = [each for each in purposes if each not in PURPOSES]
    if unknown:
        raise Refused(f"Nobody shares for {unknown[0]}. There are: {', '.join(PURPOSES)}.")
    staff.set_membership(parent=parent, member=member, purposes=purposes, at=clock.now())
    shared = ", ".join(purposes)
    print(
        f"{member} shares with {parent} and its members for: {shared}."
        if shared
        else f"{member} has left {parent}."
    )
    return 0


def show() -> int:
    known = (place for place in places.by_code().values() if place.id != places.THE_PERSON)
    rows = sorted(known, key=lambda place: (place.kind, place.code))
    print(here.table(("code", "kind", "name", ""), ((r.code, r.kind, r.name, _mark(r)) for r in rows)))
    return 0


def _mark(place: places.Organisation) -> str:
    return "" if place.is_checked else "used by a feed, not looked at yet"
