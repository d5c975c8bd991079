"""The kinds of entries: to which sharing category each belongs, and what one says."""

from throughgate.foundation.codesets import code_set
from throughgate.record import bodies
from throughgate.wiring.reference.markdown import code, codes, link, paragraphs, table

HEAD = """\
# Kinds and categories

Every entry of a record is of one kind. Its kind gives it one sharing category ([who may see
which](access.md)), and the typed table that holds what it says ([all tables](tables.md))."""


def page() -> str:
    categories = (
        (code(row["code"]), row["label"], row["meaning"], _kinds_of(row["code"]))
        for row in code_set("categories").rows
    )
    return paragraphs(
        HEAD,
        "## Categories",
        table(("category", "in words", "holds", "kinds"), categories),
        "## Kinds",
        table(("kind", "category", "body", "what it says"), map(_kind, bodies.kinds())),
    )


def _kinds_of(category: str) -> str:
    return codes(kind for kind, belongs in bodies.kinds().items() if belongs == category)


def _kind(kind: str) -> tuple[str, str, str, str]:
    body = bodies.body_of(kind)
    name = body._meta.db_table
    says = codes(field.attname for field in body._meta.local_concrete_fields if not field.primary_key)
    return code(kind), code(bodies.category_of(kind)), link(code(name), f"tables.md#{name}"), says
