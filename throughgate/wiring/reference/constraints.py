"""What the database keeps of a table by itself."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models

from throughgate.wiring.reference.markdown import code, codes

Model = type[models.Model]


def allowed_values(model: Model) -> dict[str, list[Any]]:
    """By field, where a check names them."""
    checks = [each for each in model._meta.constraints if isinstance(each, models.CheckConstraint)]
    claims = (each.condition.children for each in checks if isinstance(each.condition, models.Q))
    single = (claim for (claim, *others) in claims if isinstance(claim, tuple) and not others)
    return {name.removesuffix("__in"): list(values) for name, values in single if name.endswith("__in")}


def sentences(model: Model) -> Iterator[str]:
    """Each constraint by its name, with what it is about where the name leaves that open."""
    for constraint in model._meta.constraints:
        yield f"{code(constraint.name)}{_about(constraint)}"


def _about(constraint: models.BaseConstraint) -> str:
    if isinstance(constraint, models.UniqueConstraint):
        some = ", among some rows" if constraint.condition else ""
        return f": no two rows the same in {codes(constraint.fields)}{some}"
    return ": no two rows overlap" if isinstance(constraint, ExclusionConstraint) else ""
