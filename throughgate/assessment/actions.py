"""Writing down what somebody needs, and what they had before custody."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from throughgate.assessment import queries
from throughgate.assessment.rules import needs
from throughgate.assessment.rules.needs import Before, Need
from throughgate.foundation import clock, wrong
from throughgate.foundation.permits import Permit
from throughgate.linkage import own
from throughgate.record import actions as record
from throughgate.record.rules import Draft, Form


def record_need(permit: Permit, need: Need, *, at: datetime, form: Form) -> UUID:
    """Write down how great a need was at that moment; the same form sent twice makes one entry.

    Raises: Refused for a need that says too little or too much, or one this role does not record; Overtaken
    when somebody wrote of that domain since the form was opened.
    """
    wrong.refuse(needs.wrong_with_need(need, offered=queries.domains(permit)))
    said = asdict(need)
    return _keep(permit, f"need_{said.pop('domain')}", said, at=at, form=form)


def record_before(permit: Permit, before: Before, *, at: datetime, form: Form) -> UUID:
    """Write down what they had before custody, or that they had none; as with a need."""
    on = clock.day_of(permit.at)
    wrong.refuse(needs.wrong_with_before(before, offered=queries.before_topics(permit), on=on))
    said = asdict(before)
    return _keep(permit, f"before_{said.pop('topic')}", said, at=at, form=form)


def _keep(permit: Permit, kind: str, said: Mapping[str, Any], *, at: datetime, form: Form) -> UUID:
    with transaction.atomic():
        draft = Draft(
            identity_id=own.identity(permit),
            kind=kind,
            happened_at=at,
            dated_by="time",
            as_at=permit.at,
            body=said,
        )
        return record.keep_last_word(permit, draft, form)
