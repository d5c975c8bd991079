"""The tables of the database: what each is for, its columns, what the database keeps, who may change it."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, TypeAlias

from django.apps import apps
from django.conf import settings
from django.db import models

from throughgate.record.bodies import Body
from throughgate.wiring.reference import constraints, guards, personal, sources
from throughgate.wiring.reference.markdown import bullets, code, codes, link, paragraphs, table

Model = type[models.Model]
Field: TypeAlias = "models.Field[Any, Any]"

HEAD = """\
# Tables

What the database keeps, context by context from the ground up. What is said of rows is what `tg_web`,
which serves pages, and `tg_worker`, which imports and does jobs, may do with them. `tg_owner` owns the
tables and serves nobody; `tg_reports` reads none of them. The one exception to never changing a row is
redaction: a function of the owner's that blanks what an entry says."""
COPIES = """\
*Scrubbed* says what becomes of a column when an installation is copied for testing. A copy scrubbed so is
of pseudonyms and not anonymous: whoever knows a life can know it again, so it stays where the real one may
be."""
HOLDS = {
    "UUIDField": "id",
    "TextField": "text",
    "DateField": "day",
    "DateTimeField": "moment",
    "BooleanField": "yes or no",
    "JSONField": "JSON",
    "ArrayField": "ids",
    "BinaryField": "bytes",
    "DecimalField": "exact number",
    "BigAutoField": "number of the row",
    "BigIntegerField": "whole number",
    "IntegerField": "whole number",
    "PositiveIntegerField": "whole number",
    "PositiveSmallIntegerField": "whole number",
}


def page() -> str:
    return paragraphs(
        HEAD,
        table(("personal", "the column"), personal.PERSONAL.items()),
        COPIES,
        table(("scrubbed", "what becomes of the column"), personal.SCRUB.items()),
        *chain.from_iterable(map(_context, settings.CONTEXTS)),
        "## Of libraries",
        _of_libraries(),
    )


def _context(name: str) -> Iterator[str]:
    found = _models(name)
    if found:
        yield f"## {name}"
    yield from map(_section, found)


def _models(app_label: str) -> list[Model]:
    return list(apps.get_app_config(app_label).get_models(include_auto_created=True))


def _section(model: Model) -> str:
    name = model._meta.db_table
    return paragraphs(
        f"### {name}",
        _what_for(model),
        guards.rights(name),
        table(("column", "holds", "personal", "scrubbed", ""), _columns(model)),
        bullets(constraints.sentences(model)),
    )


def _what_for(model: Model) -> str:
    """Its docstring, and of a body the kinds of entries; of a table Django makes by itself, what it joins."""
    if model._meta.auto_created:
        one, other = (each.related_model._meta.db_table for each in _fields(model) if each.related_model)
        return f"Which rows of {code(one)} go with which of {code(other)}."
    kinds = f"Body of entries of kind {codes(model.kinds)}." if issubclass(model, Body) else ""
    return paragraphs(sources.docstring(model), kinds)


def _columns(model: Model) -> Iterator[tuple[str, ...]]:
    name = model._meta.db_table
    remarks = {} if model._meta.auto_created else sources.remarks(model)
    values = constraints.allowed_values(model)
    for field in _fields(model):
        remark = remarks.get(field.name) or _one_of(values.get(field.name, ()))
        yield code(field.attname), _holds(field), *_declared(name, field.attname), remark
    for (of_table, column), type_ in guards.columns_beside_models().items():
        if of_table == name:
            yield code(column), type_, *_declared(name, column), "added by a migration"


def _one_of(values: Iterable[str]) -> str:
    """In words; nothing where any value will do."""
    listed = ", ".join(code(value) or "nothing" for value in values)
    return listed and f"one of {listed}"


def _declared(name: str, column: str) -> tuple[str, str]:
    return personal.declared()[name, column]


def _holds(field: Field) -> str:
    marks = ["may be empty"] if field.null else []
    marks += ["no two the same"] if field.unique and not field.primary_key else []
    return ", ".join([_sort_of_value(field), *marks])


def _sort_of_value(field: Field) -> str:
    if field.related_model:
        name = field.related_model._meta.db_table
        return link(code(name), f"#{name}")
    if isinstance(field, models.CharField):
        return f"text up to {field.max_length}"
    return HOLDS[field.get_internal_type()]


def _fields(model: Model) -> list[Field]:
    return list(model._meta.local_concrete_fields)


def _of_libraries() -> str:
    ours = {model._meta.db_table for name in settings.CONTEXTS for model in _models(name)}
    rows = (
        (code(name), code(column), *said)
        for (name, column), said in personal.declared().items()
        if name not in ours
    )
    return table(("table", "column", "personal", "scrubbed"), rows)
