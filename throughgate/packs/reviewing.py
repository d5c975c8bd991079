"""Who has reviewed the words on sheets for an organisation, and reviewing them. Nothing is about a person."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from throughgate.access import policy
from throughgate.audit import actions as audit
from throughgate.audit.actions import Logged
from throughgate.foundation import clock, wrong
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.packs.models import Pack
from throughgate.packs.rules import reviews
from throughgate.packs.rules.reviews import Checked, Review, Said, Verdict
from throughgate.packs.words import reviewable
from throughgate.packs.words.reviewable import Subject
from throughgate.staff.queries import Hat

REVIEWS = """
SELECT review.subject, review.fingerprint, review.verdict, review.reviewed_at, review.reviewed_by_id,
       review.job, review.registration, review.until, review.why, organisation.id,
       organisation.name, organisation.name_cy
FROM packs_review review JOIN directory_organisation organisation ON organisation.id = review.organisation_id
WHERE review.counts_for @> %s
ORDER BY review.reviewed_at DESC, review.id DESC
"""
KEEP = """
INSERT INTO packs_review (id, organisation_id, counts_for, subject, fingerprint, verdict, reviewed_at,
                          reviewed_by_id, job, registration, until, why, key)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (reviewed_by_id, key) DO NOTHING
"""


def checked(permit: Permit, organisation_id: UUID) -> Checked:
    """What of the words on sheets may be printed on those that this organisation makes, as it is now."""
    return reviews.checked(
        _reviews(organisation_id), now=reviewable.fingerprints(), on=clock.day_of(permit.at)
    )


def may_read(hat: Hat) -> bool:
    """Whoever makes packs may know who has reviewed what is said on them."""
    return policy.writes(hat.role, Pack.kinds["pack"])


def may_review(hat: Hat, subject: Subject) -> bool:
    return may_read(hat) and policy.reviews_words(hat.role, subject.what)


def answers_for(hat: Hat) -> bool:
    """Whether this hat reviews what only a clinician does."""
    return may_read(hat) and policy.reviews_words(hat.role, reviews.HARM_REDUCTION)


def ending(hat: Hat, *, on: date) -> list[date]:
    """When reviews that count for this hat's organisation end, or ended: the soonest first, of those within a
    month."""
    return reviews.ending(counting(hat), now=reviewable.fingerprints(), on=on)


def counting(hat: Hat) -> list[Review]:
    """Every review that counts for this hat's organisation, the newest first."""
    return _reviews(hat.organisation_id)


def counts_for(hat: Hat) -> list[UUID]:
    """For whose packs a review by this hat counts: its organisation, and the prisons its team works in."""
    return [hat.organisation_id, *hat.works_in]


def jobs(what: str) -> Mapping[str, str]:
    """What somebody can be who reviews that."""
    return {row["code"]: row["label"] for row in code_set("review_jobs").rows if row["what"] == what}


def may_take_back(hat: Hat, subject: Subject) -> bool:
    """Whether this organisation has a word on it that is not taken back yet."""
    own = (each for each in counting(hat) if each.organisation_id == hat.organisation_id)
    last = next((each for each in own if each.subject == subject.id), None)
    return last is not None and last.verdict is not Verdict.TAKEN_BACK


def review(hat: Hat, subject: Subject, said: Said, *, read: str, key: str, at: datetime) -> None:
    """Keep what was found of the words with the fingerprint `read`; the same form sent twice has one effect.

    Raises: NotFound for a role that does not review them; Refused where something is missing, or the words
    are not those any more that were read.
    """
    if not may_review(hat, subject):
        raise NotFound
    if read != subject.fingerprint:
        raise Refused("These words have changed since you opened the page. Read them again.")
    wrong.refuse(
        reviews.wrong_with(
            said,
            what=subject.what,
            jobs=jobs(subject.what),
            may_take_back=may_take_back(hat, subject),
            on=clock.day_of(at),
        )
    )
    with transaction.atomic(), connection.cursor() as cursor:
        review_id = new_id()
        cursor.execute(KEEP, [review_id, *_row(hat, subject, said, at), key])
        if cursor.rowcount:
            audit.log(_logged(hat, review_id, subject, at))


def _reviews(organisation_id: UUID) -> list[Review]:
    with connection.cursor() as cursor:
        cursor.execute(REVIEWS, [json.dumps([str(organisation_id)])])
        return [_review(row) for row in cursor.fetchall()]


def _review(row: tuple[Any, ...]) -> Review:
    subject, fingerprint, verdict, at, by, job, registration, until, why, organisation_id, name, name_cy = row
    return Review(
        subject=subject,
        fingerprint=fingerprint,
        verdict=Verdict(verdict),
        at=at,
        by=by,
        job=job,
        registration=registration,
        until=until,
        why=why,
        organisation_id=organisation_id,
        organisation={"name": name, "name_cy": name_cy},
    )


def _row(hat: Hat, subject: Subject, said: Said, at: datetime) -> list[Any]:
    is_fit = said.verdict == Verdict.FIT
    return [
        hat.organisation_id,
        json.dumps([str(each) for each in counts_for(hat)]),
        subject.id,
        subject.fingerprint,
        said.verdict,
        at,
        hat.worker_id,
        said.job,
        said.registration,
        said.until if is_fit else None,
        said.why,
    ]


def _logged(hat: Hat, review_id: UUID, subject: Subject, at: datetime) -> Logged:
    return Logged(
        at=at,
        action="review words",
        actor_kind="worker",
        actor_id=hat.worker_id,
        post_id=hat.post_id,
        organisation_id=hat.organisation_id,
        role=hat.role,
        detail={"review": str(review_id), "subject": subject.id},
    )
