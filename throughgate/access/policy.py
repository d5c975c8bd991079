"""The access tables of `data/access/`, checked for gaps and made into what the rule takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType

from throughgate.access.rules import Choice, Grant, Policy
from throughgate.foundation import codesets
from throughgate.foundation.codesets import CodeSet, CodeSetError, Row, code_set

ACCESS = codesets.DATA / "access"
PROTECTED = "protected_contact"  # the category of addresses and people that must not be known


@dataclass(frozen=True, kw_only=True)
class Role:
    id: str
    label: str
    organisation_kinds: tuple[str, ...]  # `any` stands for all of them
    home: str  # of the table homes
    purpose: str  # the usual one; empty for a role that opens no record
    also: tuple[str, ...]  # the others it may state
    reads_restricted: bool
    reviews_links: bool  # settles which identities are one person
    opens_in_emergency: bool
    opens_sealed: bool  # in an emergency also what is kept for others, or kept back


@cache
def policy(*, folder: Path = ACCESS) -> Policy:
    """What the rule decides by.

    Raises:
        CodeSetError: a role lacks a category, may list or write what it never reads, or leaves to the
            person's permission what it reads without.
    """
    known = roles(folder=folder)
    return Policy(
        matrix=MappingProxyType({role: _grants(role, folder) for role in known}),
        purposes=MappingProxyType(
            {row["purpose"]: _why_refused(row) for row in _table("purposes", folder).rows}
        ),
        reads_restricted=frozenset(role.id for role in known.values() if role.reads_restricted),
        states=MappingProxyType({role.id: (role.purpose, *role.also) for role in known.values()}),
    )


@cache
def roles(*, folder: Path = ACCESS) -> Mapping[str, Role]:
    """Every role, in the order of the table."""
    return MappingProxyType({row["role"]: _role(row) for row in _table("roles", folder).rows})


@cache
def categories() -> frozenset[str]:
    """Every sharing category."""
    return frozenset(code_set("categories").labels())


def listed(role: str, *, folder: Path = ACCESS) -> frozenset[str]:
    """Categories that may show when this role looks at a list; none for a role the table does not know."""
    grants = policy(folder=folder).matrix.get(role, {})
    return frozenset(category for category, grant in grants.items() if grant.list_)


def listed_unless(role: str, *, folder: Path = ACCESS) -> frozenset[str]:
    """The categories that this role sees on lists of everybody except those who keep them back."""
    grants = policy(folder=folder).matrix.get(role, {})
    return frozenset(
        category for category in listed(role, folder=folder) if grants[category].choice == Choice.OBJECTION
    )


def leads_to(role: str, page: str, *, folder: Path = ACCESS) -> bool:
    """Does the home of this role lead to that page?"""
    known = roles(folder=folder).get(role)
    return known is not None and _table("homes", folder).get(known.home, page) is not None


def may_review_links(role: str, *, folder: Path = ACCESS) -> bool:
    """Does settling which identities are one person belong to this role?"""
    known = roles(folder=folder).get(role)
    return known is not None and known.reviews_links


def opens_skilled(role: str, *, folder: Path = ACCESS) -> bool:
    """Does this role open the sections of an assessment that need skill?"""
    return role in _table("skilled", folder)


def for_programs(*, folder: Path = ACCESS) -> Mapping[str, tuple[str, ...]]:
    """The roles that a program may hold, with what each may state, its usual purpose first."""
    held = {row["role"] for row in _table("programs", folder).rows}
    return {role.id: (role.purpose, *role.also) for role in roles(folder=folder).values() if role.id in held}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What shows of many people at once, by what the person's own word does to it."""

    categories: frozenset[str]
    unless: frozenset[str]  # of those, what does not show of a person who keeps it back
    asked: frozenset[str] = frozenset()  # beside those, what shows of a person who shares it


def shown(role: str, *, folder: Path = ACCESS) -> Shown:
    """On a list, to a worker."""
    return Shown(categories=listed(role, folder=folder), unless=listed_unless(role, folder=folder))


def fetched(role: str, *, folder: Path = ACCESS) -> Shown:
    """To a program, which shows nobody a list: all that it may fetch."""
    grants = policy(folder=folder).matrix.get(role, {})
    handed_on = {category: grant for category, grant in grants.items() if category != PROTECTED}
    return Shown(
        categories=frozenset(category for category, grant in handed_on.items() if grant.read),
        unless=frozenset(name for name, grant in handed_on.items() if grant.choice == Choice.OBJECTION),
        asked=frozenset(name for name, grant in handed_on.items() if grant.choice == Choice.PERMISSION),
    )


def writes(role: str, category: str, *, folder: Path = ACCESS) -> bool:
    """Does this role add entries of that category, whoever they are about?"""
    grant = policy(folder=folder).matrix.get(role, {}).get(category)
    return grant is not None and grant.write


def reviews_words(role: str, what: str, *, folder: Path = ACCESS) -> bool:
    """May this role say of words that they may be given? `what` is harm_reduction or translations."""
    table = _table("reviewers", folder)
    return (role, what) in table or ("any", what) in table


def purpose_labels(*, folder: Path = ACCESS) -> Mapping[str, str]:
    """Why a record may be opened, in words."""
    return _table("purposes", folder).labels()


@dataclass(frozen=True)
class Own:
    """What the person reads and writes of their own record, by how they came in."""

    read: frozenset[str]
    write: frozenset[str]


@cache
def own(level: str, *, folder: Path = ACCESS) -> Own:
    """`level` is paper, word, passkey or beside. Raises: CodeSetError for a level that lacks a category."""
    table = _table("own", folder)
    rows = [row for row in table.rows if row["level"] == level]
    if {row["category"] for row in rows} != set(code_set("categories").labels()):
        raise CodeSetError(f"The table of own records does not speak of each category at the level {level}.")
    return Own(
        read=frozenset(row["category"] for row in rows if _claim(row, "read")),
        write=frozenset(row["category"] for row in rows if _claim(row, "read") and _claim(row, "write")),
    )


def closes_on(event_on: date, *, kind: str, event: str, folder: Path = ACCESS) -> date:
    """The first day a relationship of that kind no longer holds, after what ended it on `event_on`.

    It holds on the day of the event and for the days after it that the table gives. An event the table does
    not know counts as `ended`.
    """
    table = _table("relationships", folder)
    row = table.get(kind, event) or table.get(kind, "ended")
    if row is None or row["effect"] != "closes":
        raise CodeSetError(f"The table of relationships does not say how {event} closes one of kind {kind}.")
    return event_on + timedelta(days=int(row["days_after"]) + 1)


@cache
def limit(code: str) -> int:
    """A number of the code set `oversight_limits`. Raises: KeyError for one that it does not hold."""
    return {row["code"]: int(row["number"]) for row in code_set("oversight_limits").rows}[code]


def _table(name: str, folder: Path) -> CodeSet:
    """A table of what holds now: a row with an end belongs to the past and would still open a record."""
    table = code_set(name, folder=folder)
    if any(row["valid_to"] for row in table.rows):
        raise CodeSetError(f"The access table {name} holds a row that has ended. Remove it.")
    return table


def _role(row: Row) -> Role:
    return Role(
        id=row["role"],
        label=row["label"],
        organisation_kinds=tuple(row["organisation_kinds"].split("|")),
        home=row["home"],
        purpose=row["purpose"],
        also=tuple(filter(None, row["also"].split("|"))),
        reads_restricted=_claim(row, "read_restricted"),
        reviews_links=_claim(row, "review_links"),
        opens_in_emergency=_claim(row, "emergency"),
        opens_sealed=_claim(row, "opens_sealed"),
    )


def _why_refused(row: Row) -> str:
    """Empty for a purpose a worker may state."""
    if _claim(row, "allowed") and row["who"] == "worker":
        return ""
    return row["why"]


def _grants(role: str, folder: Path) -> Mapping[str, Grant]:
    known = code_set("categories").labels()  # in the order people read them
    return MappingProxyType({category: _grant(role, category, folder) for category in known})


def _grant(role: str, category: str, folder: Path) -> Grant:
    row = _table("matrix", folder).get(role, category)
    if row is None:
        raise CodeSetError(f"The access matrix does not say what {role} may do with {category}.")
    read, list_, write = _claim(row, "read"), _claim(row, "list"), _claim(row, "write")
    choice = _choice(row)
    if (list_ and not read) or (write and not read and choice != Choice.PERMISSION):
        raise CodeSetError(f"The access matrix lets {role} list or write {category} without reading it.")
    if choice != Choice.NONE and read != (choice == Choice.OBJECTION):
        raise CodeSetError(f"One objects to what {role} reads of {category}, and permits what it does not.")
    return Grant(read=read, list_=list_, write=write, basis=row["basis"], choice=choice)


def _choice(row: Row) -> Choice:
    if row["choice"] not in set(Choice):
        raise CodeSetError(f"choice must be none, objection or permission, not {row['choice']}.")
    return Choice(row["choice"])


def _claim(row: Row, column: str) -> bool:
    if row[column] not in {"yes", "no"}:
        raise CodeSetError(f"{column} must be yes or no, not {row[column]}.")
    return row[column] == "yes"
