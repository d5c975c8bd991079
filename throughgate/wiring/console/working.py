"""`./tg worker`: who may sign in, and as what."""

import getpass
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from throughgate.access import policy
from throughgate.directory import queries as directory
from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.staff import actions as staff
from throughgate.staff import invitations
from throughgate.staff import queries as workers
from throughgate.wiring.console import here


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Who is to be added, as asked for on the command line."""

    email: str
    name: str
    role: str
    organisation: str
    team: str
    works_in: Sequence[str]
    password_comes_in: bool  # on standard input, for scripts


def add(newcomer: Newcomer) -> int:
    """Raises: Refused for a role, a place or a password that cannot be."""
    _check_email(newcomer.email)
    _check_role(newcomer.role, directory.organisation(newcomer.organisation))
    is_known = workers.account(newcomer.email) is not None
    password = None if is_known and not newcomer.password_comes_in else _password(newcomer)
    staff.add_worker(
        email=newcomer.email,
        name=newcomer.name,
        role=newcomer.role,
        organisation=newcomer.organisation,
        team=newcomer.team,
        works_in=newcomer.works_in,
        password=password,
        on=clock.today(),
    )
    print(f"{newcomer.name} signs in as {newcomer.email.lower()}: {policy.roles()[newcomer.role].label}.")
    return 0


def end(email: str) -> int:
    staff.end_work(email=email, at=clock.now())
    print(f"{email} cannot sign in any more. It holds from their next click.")
    return 0


def let_in(email: str) -> int:
    code = invitations.let_in(email, at=clock.now())
    print(f"{code}\nGive it to them in person or by telephone. It is good once, for a week, at /invitation/.")
    return 0


def show() -> int:
    roles = policy.roles()
    listed = workers.roster(on=clock.today())
    head = ("name", "signs in as", "role", "team", "organisation", "")
    rows = (
        (
            each.name,
            each.email or "a program",
            roles[each.role].label if each.role in roles else each.role,
            each.team,
            each.organisation,
            "" if each.is_held else "ended",
        )
        for each in listed
    )
    print(here.table(head, rows) if listed else "Nobody yet. ./tg worker add --help says how.")
    return 0


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(f"{email} is not an e-mail address. Check it for a slip.") from error


def _check_role(role: str, place: directory.Organisation) -> None:
    known = policy.roles()
    if role not in known:
        raise Refused(f"There is no role {role}. There are: {', '.join(known)}.")
    kinds = known[role].organisation_kinds
    if not {place.kind, "any"} & set(kinds):
        raise Refused(
            f"{known[role].label} is a role of another kind of organisation ({', '.join(kinds)});"
            f" {place.name} is {place.kind}. Check the role and the organisation."
        )


def _password(newcomer: Newcomer) -> str:
    given = sys.stdin.readline().rstrip("\n") if newcomer.password_comes_in else _asked()
    try:
        validate_password(given)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    return given


def _asked() -> str:
    if not sys.stdin.isatty():
        raise Refused("There is nobody to ask for a password. Send it on standard input: --password-stdin")
    first = getpass.getpass("Password (12 characters or more): ")
    if first != getpass.getpass("Once more: "):
        raise Refused("The two were not the same. Nothing was added; try again.")
    return first
