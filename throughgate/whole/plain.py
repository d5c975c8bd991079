"""Facts as plain JSON: moments by London's clock, ids and codes as text, shapes as objects."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from throughgate.foundation.clock import LONDON


def plain(fact: Any) -> Any:
    """Dataclasses and named tuples become objects, other sequences lists; whatever is left becomes text."""
    if fact is None or isinstance(fact, bool | int | float):
        return fact
    if isinstance(fact, datetime):
        return fact.astimezone(LONDON).isoformat()
    if isinstance(fact, date):
        return fact.isoformat()
    if is_dataclass(fact):
        return {field.name: plain(getattr(fact, field.name)) for field in fields(fact)}
    if isinstance(fact, tuple) and hasattr(fact, "_asdict"):
        return {name: plain(value) for name, value in fact._asdict().items()}
    if isinstance(fact, Mapping):
        return {str(name): plain(value) for name, value in fact.items()}
    if isinstance(fact, Sequence | Set) and not isinstance(fact, str):
        return [plain(each) for each in fact]
    return str(fact)
