"""The texts for others of the demo: gone through, made and given, as the forms of their pages send it."""

from collections.abc import Callable, Mapping
from uuid import UUID

from throughgate.foundation.permits import Permit
from throughgate.record.rules import Form
from throughgate.summaries import actions, queries, rules

Typed = Mapping[str, str]


def _make(permit: Permit, typed: Typed, form: Form) -> None:
    """`agrees` names what they agree to as the lines of a text do, several with spaces between."""
    lines = typed["agrees"].split()
    facts = queries.offer(permit, typed["text"]).facts
    agreed = {rules.token(fact) for fact in facts if any(rules.tells(line, fact.key) for line in lines)}
    actions.make(permit, typed["text"], agreed=agreed, way=typed["way"], form=form)


def _give(permit: Permit, typed: Typed, form: Form) -> None:
    actions.give(permit, _newest(permit, typed["text"]), way=typed["way"], text=typed["to"], form=form)


def _newest(permit: Permit, code: str) -> UUID:
    return next(each.id for each in queries.texts(permit) or [] if each.text.code == code)


DEEDS: Mapping[str, Callable[[Permit, Typed, Form], None]] = {"make_text": _make, "give_text": _give}
