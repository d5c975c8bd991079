"""Which identities are one person: decided, undone, and waiting for somebody to look."""

from django.db import models

from throughgate.foundation.ids import new_id


class Link(models.Model):
    """The statement that an identity belongs to a person. The newest row of an identity holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity = models.ForeignKey(
        "people.Identity", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    why = models.CharField(max_length=30)  # first_seen, identifiers_agree, worker_joined, worker_undid
    evidence = models.JSONField(default=dict)
    worker_id = models.UUIDField(null=True)
    permit_id = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(fields=["identity", "-recorded_at", "-id"], name="newest_link_of_an_identity"),
            models.Index(fields=["person"], name="links_of_a_person"),
        ]


class Held(models.Model):
    """A question only a person can answer: are these two identities the same person?"""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity = models.ForeignKey(
        "people.Identity", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    other = models.ForeignKey("people.Identity", on_delete=models.PROTECT, related_name="+", db_index=False)
    reasons = models.JSONField(default=list)
    evidence = models.JSONField(default=dict)
    recorded_at = models.DateTimeField()
    permit_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identity", "other"], name="a_pair_is_asked_about_once"),
            models.CheckConstraint(
                condition=models.Q(identity__lt=models.F("other")), name="a_pair_has_one_order"
            ),
        ]
        indexes = [models.Index(fields=["other"], name="held_from_the_other_side")]


class Answer(models.Model):
    """What somebody said about a held pair; the newest answer holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    held = models.ForeignKey(Held, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=10)  # same, different
    reason = models.TextField()
    recorded_at = models.DateTimeField()
    worker_id = models.UUIDField(null=True)
    permit_id = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer__in=["same", "different"]), name="an_answer_is_one_of_two"
            )
        ]
