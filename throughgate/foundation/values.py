"""Frozen dataclasses of which an import makes hundreds for each document.

mypy holds them frozen like any other. The running program does not: it would set each field by a call of its
own, three times as slow, and a sixth of an import was spent on that.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    from dataclasses import dataclass

    def value(*, frozen: bool, **how: bool) -> object:
        """`dataclass`, with `frozen` for the type checker to read."""
        return dataclass(unsafe_hash=frozen, **how)


__all__ = ["value"]
