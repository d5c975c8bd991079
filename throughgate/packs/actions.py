"""Making a pack, agreeing it with the person, giving it, taking it back, and printing its sheets."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from throughgate.audit import actions as audit
from throughgate.foundation.permits import Permit
from throughgate.linkage import own
from throughgate.packs import choosing, queries, rules
from throughgate.packs.content import Edition, Reader, Sheet
from throughgate.people import actions as people
from throughgate.record import actions as record
from throughgate.record.rules import Draft, Form

VERSIONS = """
SELECT coalesce(max(said.version), 0) FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id AND entry.kind = 'pack'
JOIN packs_pack said ON said.entry_id = entry.id
WHERE identity.person_id = %s
"""


def make(permit: Permit, *, form: Form) -> UUID:
    """Choose what is known now and keep it as the next version; the same form sent twice makes one pack.

    The caller brings the plan in step. Raises: Refused for a role that records no plan, or a locked record.
    """
    with transaction.atomic():
        people.hold(permit, [permit.person_id])  # versions count up, one at a time
        said = {
            "version": _versions(permit) + 1,
            "snapshot": rules.as_json(choosing.choose(permit)),
        }
        return record.keep(permit, _draft(permit, "pack", "", said), form)


def agree(permit: Permit, pack_id: UUID, *, reader: Reader, left_out: Collection[str], form: Form) -> UUID:
    """Write that the person agrees what a sheet says, without these items, by their keys.

    The caller brings the plan in step. Raises: NotFound as `queries.pack`; Refused for a pack that holds no
    more, or an item it does not tell; Overtaken when somebody has asked them about this sheet since.
    """
    with transaction.atomic():
        rules.check_holds(queries.pack(permit, pack_id).state)
        shown = queries.sheet_to_agree(permit, pack_id, reader)
        stays_out = rules.left_out(
            left_out,
            before=queries.left_out(permit, reader),
            seen={item.key for section in shown.sections for item in section.items},
        )
        said = {"pack": pack_id, "reader": reader.value, "left_out": stays_out}
        return record.keep_last_word(permit, _draft(permit, "pack_agreed", reader.value, said), form)


def give(permit: Permit, pack_id: UUID, *, editions: Sequence[Edition], text: str, form: Form) -> UUID:
    """Write that these sheets were put into somebody's hands; how is told of the first, the person's own.

    The caller brings the plan in step. Raises: NotFound as `queries.pack`; Refused for a pack that holds no
    more, no sheet, or a remark too long.
    """
    with transaction.atomic():
        rules.check_giving(queries.pack(permit, pack_id).state, editions, text)
        first = min(editions, key=lambda edition: edition.reader is not Reader.PERSON)
        said: dict[str, Any] = {
            "pack": pack_id,
            "readers": [edition.reader.value for edition in editions],
            "language": first.language.value,
            "layout": first.layout.value,
            "is_discreet": first.is_discreet,
            "text": text,
        }
        return record.keep(permit, _draft(permit, "pack_given", " ".join(said["readers"]), said), form)


def revoke(permit: Permit, pack_id: UUID, *, why: str, form: Form) -> UUID:
    """Write that a pack holds no more.

    The caller brings the plan in step. Raises: NotFound as `queries.pack`; Refused without a reason;
    Overtaken when somebody else has taken it back since the form was opened.
    """
    with transaction.atomic():
        rules.check_revoking(why)
        said = {"pack": queries.pack(permit, pack_id).id, "text": why}
        return record.keep_last_word(permit, _draft(permit, "pack_revoked", str(pack_id), said), form)


def print_sheet(permit: Permit, pack_id: UUID, edition: Edition) -> Sheet:
    """A sheet to be carried away, which is logged. Raises: NotFound as `queries.pack`."""
    sheet = queries.sheet_to_print(permit, pack_id, edition)
    detail = {
        "entry": str(pack_id),
        "sheet": sheet.edition.reader,
        "discreet": sheet.edition.is_discreet,
    }
    audit.log(audit.by_worker(permit, "print sheet", detail=detail))
    return sheet


def _versions(permit: Permit) -> int:
    """How many there are, also those of an earlier custody, so that no older paper looks newer."""
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, [permit.person_id])
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
