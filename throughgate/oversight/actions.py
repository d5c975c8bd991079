"""Raising alerts, deciding what comes of them, and asking that a look is not shown."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from throughgate.audit import actions as audit
from throughgate.audit.actions import Exemption
from throughgate.foundation import clock, wrong
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.oversight import near, queries, rules
from throughgate.oversight.queries import Alert
from throughgate.oversight.rules import Said

KEEP = """
INSERT INTO oversight_outcome (id, alert_id, key, decided_at, decided_by_id, finding, words, telling,
                               why_unsafe, ask_again_on)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (alert_id, key) DO NOTHING
"""


def open_alert(permit: ListPermit, alert_id: UUID) -> Alert:
    """An alert with whom it is about, which is logged as a look. Raises: NotFound as `queries.alert`."""
    found = queries.alert(permit, alert_id)
    _log(permit, found, "open alert")
    return found


def decide(permit: ListPermit, alert_id: UUID, said: Said, *, key: str) -> None:
    """Write what was found, and what the person is told; the same form sent twice has one effect.

    Of a look that is not to be shown, what is found says what they are told.

    Raises: NotFound as `queries.alert`; Refused where something is missing, or for whoever it is about.
    """
    found = queries.alert(permit, alert_id)
    on = clock.day_of(permit.at)
    rules.check_reviewer(permit.worker_id, about=found.worker_id)
    said = rules.completed(said, matter=found.matter)
    wrong.refuse(
        rules.wrong_with(said, matter=found.matter, is_about_somebody=found.person_id is not None, on=on)
    )
    with transaction.atomic():
        if _keep(permit, alert_id, said, key=key):
            _hide(permit, found, said, on=on)
            _log(permit, found, "decide alert")
            if found.matter == "declared":
                near.close_now(at=permit.at)


def ask_not_to_show(permit: Permit, *, ground: str, words: str) -> None:
    """Keep this worker's looks at this record from the person until somebody has decided; asked once a day.

    Raises: Refused without a ground that this worker's purpose has, or without words.
    """
    said, on = words.strip(), clock.day_of(permit.at)
    wrong.refuse(rules.wrong_with_asking(ground=ground, words=said, purpose=permit.purpose))
    assert permit.worker_id  # noqa: S101 - a script states another purpose
    with transaction.atomic():
        alert_id = audit.alert(
            audit.Alert(
                raised_at=permit.at,
                matter="exempt_look",
                key=f"{permit.worker_id} {permit.person_id} {on}",
                organisation_id=permit.organisation_id,
                worker_id=permit.worker_id,
                role=permit.role,
                person_id=permit.person_id,
                why=ground,
                words=said,
            )
        )
        if alert_id:
            until = rules.exempt_until(on)
            audit.exempt(_exemption(permit, permit.worker_id, permit.person_id, ground, until, alert_id))
            audit.log(audit.by_worker(permit, "ask not to show", detail={"alert": str(alert_id)}))


def _keep(permit: ListPermit, alert_id: UUID, said: Said, *, key: str) -> bool:
    """Keep what a checker found; False where this very form was kept before."""
    row = (said.finding, said.words, said.telling, said.why_unsafe, said.ask_again_on)
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [new_id(), alert_id, key, permit.at, permit.worker_id, *row])
        return bool(cursor.rowcount)


def _hide(permit: ListPermit, found: Alert, said: Said, *, on: date) -> None:
    """The looks it is about are shown to the person from the day on that was decided; else from now on."""
    was_hidden = found.matter == "exempt_look" or found.telling == "unsafe"
    if found.person_id and (was_hidden or said.telling == "unsafe"):
        ground = found.why if found.matter == "exempt_look" else "unsafe_to_tell"
        until = (said.ask_again_on if said.telling == "unsafe" else None) or on
        audit.exempt(_exemption(permit, found.worker_id, found.person_id, ground, until, found.id))


def _exemption(
    permit: Permit | ListPermit, worker_id: UUID, person_id: UUID, ground: str, until: date, alert_id: UUID
) -> Exemption:
    assert permit.worker_id  # noqa: S101
    return Exemption(
        written_at=permit.at,
        person_id=person_id,
        worker_id=worker_id,
        ground=ground,
        until=until,
        written_by=permit.worker_id,
        alert_id=alert_id,
    )


def _log(permit: ListPermit, found: Alert, action: str) -> None:
    logged = audit.by_worker(permit, action, detail={"alert": str(found.id)})
    audit.log(replace(logged, person_id=found.person_id))
