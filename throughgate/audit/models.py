"""Who looked, decided, changed. No foreign keys: the audit outlives everything it speaks of."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from throughgate.foundation.ids import new_id


class Event(models.Model):
    """One look, decision, change or sending. `txid` (added by the migration) orders rows for sealing."""

    at = models.DateTimeField()
    action = models.CharField(max_length=40)
    outcome = models.CharField(max_length=20)
    actor_kind = models.CharField(max_length=10)  # worker, program, person, feed, script, timer, nobody
    actor_id = models.UUIDField(null=True)
    post_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    role = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=40, blank=True)
    person_id = models.UUIDField(null=True)
    permit_id = models.UUIDField(null=True)
    rows = models.PositiveIntegerField(default=0)  # entries read or written
    detail = models.JSONField(default=dict)  # ids and keys only, never names

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "at"], name="audit_by_person"),
            models.Index(fields=["actor_id", "at"], name="audit_by_actor"),
            BrinIndex(fields=["at"], name="audit_by_time"),
        ]


class Alert(models.Model):
    """How records were used, for a privacy officer to look into; what is told of it elsewhere is its id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    raised_at = models.DateTimeField()
    matter = models.CharField(max_length=20)  # of the code set oversight_matters
    key = models.CharField(max_length=120)  # the same however often it is noticed
    organisation_id = models.UUIDField()  # whose worker it is about
    worker_id = models.UUIDField()
    role = models.CharField(max_length=40, blank=True)
    person_id = models.UUIDField(null=True)  # None: about no one person
    count = models.PositiveIntegerField(default=0)  # of records, where many were opened
    why = models.CharField(max_length=40, blank=True)  # what the worker gave as reason, a code
    words = models.TextField(blank=True)  # and in their own words

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "key"], name="an_alert_is_raised_once"),
        ]


class Exemption(models.Model):
    """That one worker's looks at one record are not shown to the person. The newest of a pair holds.

    A privacy officer's answer is a row of its own; one that ends on the day it is written shows them again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    written_at = models.DateTimeField()
    person_id = models.UUIDField()
    worker_id = models.UUIDField()  # whose looks
    ground = models.CharField(max_length=30)  # of the code set exempt_grounds
    until = models.DateField()  # the first day on which they are shown
    written_by = models.UUIDField()
    alert_id = models.UUIDField()  # by which it is reviewed

    class Meta:
        indexes = [models.Index(fields=["person_id", "worker_id"], name="exemptions_of_a_record")]


class Seal(models.Model):
    """The Merkle root over the rows of finished transactions, chained to the seal before it."""

    sealed_at = models.DateTimeField()
    from_txid = models.BigIntegerField(unique=True)  # inclusive
    to_txid = models.BigIntegerField()  # exclusive
    rows = models.PositiveIntegerField()
    root = models.BinaryField()
    chained = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_txid__gt=models.F("from_txid")), name="a_seal_covers_something"
            )
        ]
