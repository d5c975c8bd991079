"""Who looked, decided, changed. No foreign keys: the audit outlives everything it speaks of."""

from django.db import models


class Event(models.Model):
    """One look, decision, change or sending. `txid` (added by the migration) orders rows for sealing."""

    at = models.DateTimeField()
    action = models.CharField(max_length=40)
    outcome = models.CharField(max_length=20)
    actor_kind = models.CharField(max_length=10)  # worker, feed, script, timer, nobody
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
        ]


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
