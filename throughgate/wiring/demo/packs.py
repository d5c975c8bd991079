"""The packs of the demo: made, gone through and given, as the forms of their pages send it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.packs import actions, queries
from throughgate.packs.content import Reader
from throughgate.pages.packs import forms
from throughgate.record.rules import Form

Typed = Mapping[str, str]


def _make(permit: Permit, _typed: Typed, form: Form) -> None:
    actions.make(permit, form=form)


def _agree(permit: Permit, _typed: Typed, form: Form) -> None:
    """Both sheets, with nothing left out."""
    for reader in Reader:
        key = f"{form.key} {reader}"
        actions.agree(permit, _newest(permit), reader=reader, left_out=(), form=replace(form, key=key))


def _give(permit: Permit, typed: Typed, form: Form) -> None:
    """Both sheets."""
    editions = [forms.edition(typed)._replace(reader=reader) for reader in Reader]
    actions.give(permit, _newest(permit), editions=editions, text=typed["text"], form=form)


def _newest(permit: Permit) -> UUID:
    found = queries.packs(permit)
    if not found:
        raise ValueError("The demo makes a pack before it is gone through, and that before it is given.")
    return found[0].id


DEEDS: Mapping[str, Callable[[Permit, Typed, Form], None]] = {
    "make_pack": _make,
    "agree_pack": _agree,
    "give_pack": _give,
}
