"""The job that notices who looks at more than their work needs, or at what is too near to them."""

from datetime import timedelta

from django.db import transaction

from throughgate.audit import actions as audit
from throughgate.audit import queries
from throughgate.audit.actions import Alert
from throughgate.audit.queries import AtOwn, Looking
from throughgate.foundation import clock
from throughgate.foundation.permits import TimerPermit
from throughgate.oversight import rules
from throughgate.oversight.rules import Finding, Seen

BACK = timedelta(hours=1)


def watch(permit: TimerPermit) -> int:
    """Raise an alert for each worker that the last hour asks about, once a day; how many were new."""
    looking = {each.worker_id: each for each in queries.looking(permit, since=permit.at - BACK)}
    found = rules.browsing(
        Seen(each.worker_id, each.opened, each.refused, is_program=each.is_program)
        for each in looking.values()
    )
    alerts = [_many(permit, looking[each.worker_id], each) for each in found]
    alerts += [_own(permit, each) for each in queries.at_own(permit, since=permit.at - BACK)]
    with transaction.atomic():
        return sum(audit.alert(each) is not None for each in alerts)


def _many(permit: TimerPermit, looking: Looking, found: Finding) -> Alert:
    return Alert(
        raised_at=permit.at,
        matter=found.matter,
        key=f"{looking.worker_id} {clock.day_of(permit.at)}",
        organisation_id=looking.organisation_id,
        worker_id=looking.worker_id,
        role=looking.role,
        count=found.records,
    )


def _own(permit: TimerPermit, tried: AtOwn) -> Alert:
    return Alert(
        raised_at=permit.at,
        matter="own_record",
        key=f"{tried.worker_id} {tried.person_id} {clock.day_of(permit.at)}",
        organisation_id=tried.organisation_id,
        worker_id=tried.worker_id,
        role=tried.role,
        person_id=tried.person_id,
        why=tried.why,
    )
