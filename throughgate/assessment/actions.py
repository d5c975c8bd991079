"""Writing down what somebody needs, what they had before custody, and what they answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from throughgate.assessment import instruments, queries, questions
from throughgate.assessment.rules import answers as rules
from throughgate.assessment.rules import guard, keeping, needs
from throughgate.assessment.rules.answers import Kept, Known, Part, Said
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


def record_answers(
    permit: Permit, said: Said, *, at: datetime, form: Form, also: Iterable[Known] = ()
) -> UUID:
    """Keep what a sitting says of one topic: an entry for each category, and for each circle of readers.

    What this organisation kept of the topic in this sitting before, in the same way, is corrected by it; the
    words of another way, or of anybody else, stand beside it. What rests on an earlier answer, or on what
    the record tells of it otherwise (`also`), keeps when that was first said. Gives back the first entry's
    id; the same form sent twice has one effect.
    Raises: Refused for answers that do not fit their questions, a topic that needs skill, or an assessment
    that was made a short time ago, without a reason to repeat it; Overtaken as `record.keep_last_word`.
    """
    topic = questions.topic(said.instrument, said.version, said.topic)
    kept = queries.answers(permit)
    known = rules.together(rules.known(kept, questions.concept_of), also)
    earlier = rules.earlier(topic, said.answers, known)
    wrong.refuse(
        keeping.wrong_with_said(
            said,
            topic,
            ways=queries.ways(permit),
            opens_skilled=queries.opens_skilled(permit),
            is_repeated=_is_repeated(permit, said, kept),
            earlier=earlier,
            concepts=instruments.concepts(),
        )
    )
    said = replace(
        said,
        answers=rules.traced(said.answers, earlier),
        for_court=rules.is_for_justice(said, purpose=permit.purpose),
    )
    standing = rules.standing(said, kept, organisation_id=permit.organisation_id)
    parts = rules.parts(said, topic, standing)
    if not parts:
        return standing[0].entry_id
    with transaction.atomic():
        identity_id = own.identity(permit)
        return record.keep_together(
            permit,
            [
                (_answers(permit, said, part, identity_id, at=at), _part(form, part, number))
                for number, part in enumerate(parts)
            ],
        )


def _is_repeated(permit: Permit, said: Said, kept: Sequence[Kept]) -> bool:
    """Whether a sitting that begins repeats one that was held a short time ago.

    Somebody who answers in their own book, unasked, is not asked again by that.
    """
    if permit.own or any(entry.sitting == said.sitting for entry in kept):
        return False
    on = clock.day_of(permit.at)
    return guard.is_repeated(rules.sittings(kept), instrument=said.instrument, stage=said.stage, on=on)


def _answers(permit: Permit, said: Said, part: Part, identity_id: UUID, *, at: datetime) -> Draft:
    category, only_for = part.circle
    return Draft(
        identity_id=identity_id,
        kind=f"answers_{category}",
        item=f"{said.instrument} {said.topic}",
        happened_at=at,
        dated_by="time",
        as_at=permit.at,
        only_for=only_for,
        body={
            "sitting": said.sitting,
            "instrument": said.instrument,
            "version": said.version,
            "stage": said.stage,
            "topic": said.topic,
            "way": said.way,
            "setting": said.setting,
            "for_court": said.for_court,
            "seconds": said.seconds + (part.instead.seconds if part.instead else 0),
            "again_because": said.again_because,
            "answers": rules.as_json(part.answers),
        },
    )


def _part(form: Form, part: Part, number: int) -> Form:
    """The first part is the form itself, so that it is known when it is sent again."""
    return Form(
        key=f"{form.key} {number}" if number else form.key,
        reason=form.reason or (rules.SAID_AGAIN if part.instead else ""),
        corrects=part.instead.entry_id if part.instead else None,
    )


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
