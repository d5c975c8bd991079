"""Making a text for others of what the person agrees to, giving it, entering it elsewhere, taking it back."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from throughgate.audit import actions as audit
from throughgate.contacts import actions as contacts
from throughgate.foundation.permits import Permit
from throughgate.linkage import own
from throughgate.packs.content import Language, Sheet
from throughgate.packs.rules import as_json, check_revoking
from throughgate.people import actions as people
from throughgate.record import actions as record
from throughgate.record.rules import Draft, Form
from throughgate.summaries import choosing, queries, rules

VERSIONS = """
SELECT coalesce(max(said.version), 0) FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'text_made' AND entry.item = %s
JOIN summaries_made said ON said.entry_id = entry.id
WHERE identity.person_id = %s
"""


def make(permit: Permit, code: str, *, agreed: Collection[str], way: str, form: Form) -> UUID:
    """Keep as the next version of a text what the person agrees to, by the tokens of what they heard.

    The same form sent twice makes one text. Raises: NotFound where there is no such text; Refused for a role
    that records no plan, a locked record, nothing agreed, and what has changed since they heard it.
    """
    text = rules.text(code)
    rules.check_way(way)
    with transaction.atomic():
        people.hold(permit, [permit.person_id])  # versions count up, one at a time
        chosen = choosing.fit(choosing.known(permit), text)
        facts = rules.agreed(agreed, chosen.facts)
        told = {fact.key for fact in facts}
        maker = str(permit.organisation_id)
        said = {
            "text": code,
            "version": _versions(permit, code) + 1,
            "way": way,
            "left_out": sorted(fact.key for fact in chosen.facts if fact.key not in told),
            "snapshot": as_json(choosing.kept(chosen, facts, maker=maker)),
        }
        return record.keep(permit, _draft(permit, "text_made", code, said), form)


def give(permit: Permit, made_id: UUID, *, way: str, text: str, form: Form) -> UUID:
    """Write that a text reached those it is for.

    Raises: NotFound as `queries.text`; Refused for a text that holds no more, no way, or a remark too long.
    """
    with transaction.atomic():
        rules.check_giving(queries.text(permit, made_id).state, way=way, text=text)
        said = {"made": made_id, "way": way, "text": text}
        return record.keep(permit, _draft(permit, "text_given", str(made_id), said), form)


def enter_elsewhere(permit: Permit, made_id: UUID, *, system: str, form: Form) -> UUID:
    """Write that this worker has copied a text into a system that this one cannot reach.

    Raises: as `give`; Refused for a system of justice where they did not agree to the text for justice.
    """
    line = queries.text(permit, made_id)
    rules.check_entering(line.state, line.text, system)
    return contacts.enter_elsewhere(permit, line.entry, system=system, form=form)


def revoke(permit: Permit, made_id: UUID, *, why: str, form: Form) -> UUID:
    """Write that a text holds no more.

    Raises: NotFound as `queries.text`; Refused without a reason; Overtaken when somebody else has taken it
    back since the form was opened.
    """
    with transaction.atomic():
        check_revoking(why)
        said = {"made": queries.text(permit, made_id).id, "text": why}
        return record.keep_last_word(permit, _draft(permit, "text_revoked", str(made_id), said), form)


def print_text(permit: Permit, made_id: UUID, *, language: Language) -> Sheet:
    """A text to be carried away, which is logged. Raises: NotFound as `queries.text`."""
    sheet = queries.sheet(permit, made_id, language=language)
    detail = {"entry": str(made_id), "language": language.value}
    audit.log(audit.by_worker(permit, "print sheet", detail=detail))
    return sheet


def _versions(permit: Permit, code: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, [code, permit.person_id])
        return int(cursor.fetchone()[0])


def _draft(permit: Permit, kind: str, item: str, said: dict[str, Any]) -> Draft:
    return Draft(
        identity_id=own.identity(permit),
        kind=kind,
        item=item,
        happened_at=permit.at,
        dated_by="time",
        as_at=permit.at,
        body=said,
    )
