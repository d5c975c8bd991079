"""Who may see what: roles by categories, on what basis, for which purpose, and how long."""

from collections.abc import Iterator

from throughgate.access import policy
from throughgate.access.rules import Grant
from throughgate.foundation.codesets import CodeSet, Row, code_set
from throughgate.wiring.reference.markdown import code, codes, paragraphs, table

UNCHECKED = "*check*"
HEAD = f"""\
# Who may see what

A record opens only for a worker whose own organisation, or a prison their team works in, is concerned with
the person that day, and for a purpose that is allowed. Then the role decides, category by category. The
tables are rows of [data/access](../../data/access/README.md). {UNCHECKED} stands where a row is from
memory, by analogy or local practice: have it looked at before relying on it."""
LETTERS = """\
**R** reads it, **L** also sees it on lists of people, **W** also adds entries to it; a dot is none of
these. **W** alone: reads it and adds to it once the person shares it. What a category holds stands in
[kinds and categories](kinds-and-categories.md)."""
STATED_BY = {"worker": "a worker", "person": "the person", "itself": "Throughgate itself"}


def page() -> str:
    return paragraphs(
        HEAD,
        "## Roles by categories",
        LETTERS,
        _matrix(),
        "## Roles",
        _roles(),
        "## Homes",
        "Where the day of a role begins, first, and the other pages it leads to.",
        _homes(),
        "## Who reviews the words on sheets",
        "For their own organisation, and the prisons their team works in.",
        _reviewers(),
        "## What a program may hold",
        "A program of an organisation reads what that role reads, less what is never handed on: what is"
        " restricted, kept for some, a protected contact, or withheld from the person ([API](api.md)).",
        _programs(),
        "## On what basis, or why not",
        table(("role", "", "categories", "basis, or why not"), _bases()),
        "## Purposes",
        _purposes(),
        "## How long an organisation is concerned",
        "In calendar days after the day of the event.",
        _relationships(),
    )


def _matrix() -> str:
    """Names of categories are broken over lines, so that all of them fit beside each other."""
    categories = list(code_set("categories").labels())
    rows = (
        (code(role), *(_may(grants[category]) for category in categories))
        for role, grants in policy.policy().matrix.items()
    )
    return table(("role", *(category.replace("_", "<br>") for category in categories)), rows)


def _may(grant: Grant) -> str:
    letters = ((grant.read, "R"), (grant.list_, "L"), (grant.write, "W"))
    return " ".join(letter for may, letter in letters if may) or "·"


def _roles() -> str:
    head = (
        "role",
        "in words",
        "works for",
        "begins at",
        "usual purpose",
        "and also",
        "reads what is restricted",
    )
    rows = (
        (
            code(role.id),
            role.label + _doubt("roles", role.id),
            codes(role.organisation_kinds),
            code(role.home),
            code(role.purpose) or "none: opens no record",
            codes(role.also),
            "yes" if role.reads_restricted else "",
            "yes" if role.reviews_links else "",
            ("yes, and what is sealed" if role.opens_sealed else "yes") if role.opens_in_emergency else "",
        )
        for role in policy.roles().values()
    )
    return table((*head, "settles who is who", "opens in an emergency"), rows)


def _homes() -> str:
    rows = (
        (
            code(row["home"]),
            row["label"] + _doubt("homes", row["home"], row["place"]),
            codes(filter(None, row["tabs"].split("|"))),
            row["now"],
        )
        for row in _table("homes").rows
    )
    return table(("home", "page", "tabs, the first one first", "what it says"), rows)


def _reviewers() -> str:
    rows = (
        (code(row["role"]), code(row["what"]), row["why"] + _doubt("reviewers", row["role"], row["what"]))
        for row in _table("reviewers").rows
    )
    return table(("role", "what", "why"), rows)


def _programs() -> str:
    rows = (
        (code(row["role"]), row["why"] + _doubt("programs", row["role"])) for row in _table("programs").rows
    )
    return table(("role", "why"), rows)


def _bases() -> Iterator[tuple[str, ...]]:
    """Categories that a role sees, or does not see, for the same reason stand together."""
    for role, grants in policy.policy().matrix.items():
        grouped: dict[tuple[str, str], list[str]] = {}
        for category, grant in grants.items():
            basis = grant.basis + _doubt("matrix", role, category)
            grouped.setdefault(("sees" if grant.read else "does not see", basis), []).append(category)
        for (sees, basis), categories in grouped.items():
            yield code(role), sees, codes(categories), basis


def _purposes() -> str:
    rows = (
        (code(row["purpose"]), row["label"], _stated_by(row), row["why"] + _doubt("purposes", row["purpose"]))
        for row in _table("purposes").rows
    )
    return table(("purpose", "in words", "may be stated by", "why"), rows)


def _stated_by(row: Row) -> str:
    return STATED_BY[row["who"]] if row["allowed"] == "yes" else "**nobody: refused**"


def _relationships() -> str:
    rows = (
        (
            code(row["kind"]),
            code(row["event"]),
            row["effect"],
            row["days_after"] if row["effect"] == "closes" else "",
            row["why"] + _doubt("relationships", row["kind"], row["event"]),
        )
        for row in _table("relationships").rows
    )
    return table(("concern", "event", "effect", "days after", "why"), rows)


def _table(name: str) -> CodeSet:
    return code_set(name, folder=policy.ACCESS)


def _doubt(name: str, *key: str) -> str:
    row = _table(name).get(*key)
    return f" {UNCHECKED}" if row and row["verified"] == "no" else ""
