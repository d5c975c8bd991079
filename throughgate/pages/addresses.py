"""Addresses of pages, each worked out once and then filled in: a page prints dozens of them."""

from functools import cache
from uuid import UUID

from django.urls import reverse

SEALED = "s"  # of an address: what somebody was looked for by, as `foundation.sealed` keeps it from readers


def to(page: str, *parts: UUID | str) -> str:
    """The address of a page, with these ids and codes in it, in their order."""
    return form(page, len(parts)).format(*parts)


@cache
def form(page: str, parts: int) -> str:
    """That of a page about anybody, with a place `{}` for each part."""
    anybody = [UUID(int=number) for number in range(parts)]
    address = reverse(page, args=anybody)
    for each in anybody:
        address = address.replace(str(each), "{}")
    return address
