"""The spine: one row for everything that happened to or was said about a person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from throughgate.foundation.ids import new_id


class Episode(models.Model):
    """A span of custody or treatment, as its source numbers it, that plans and decisions are keyed to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity = models.ForeignKey(
        "people.Identity", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=20)  # custody, treatment
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity", "kind", "key"], name="one_episode_for_each_number_of_a_source"
            )
        ]


class Entry(models.Model):
    """One thing that happened or was said: never changed, with two clocks and a source.

    What it says stands in the body table of its kind, joined by this row's id. The door has read the identity
    and the permit's organisation when it writes, and neither ever goes: no constraint asks again (ADR 0012).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity = models.ForeignKey(
        "people.Identity", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="+", null=True, db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=30)
    category = models.CharField(max_length=30)
    item = models.CharField(max_length=120, blank=True)  # which one of its kind: a date type, an alert code
    happened_at = models.DateTimeField()
    dated_by = models.CharField(max_length=10)  # time, day, by: known to have happened by then
    as_at = models.DateTimeField()  # when the source says this was so; for a worker, when they wrote it
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)  # worker; None: a feed
    organisation = models.ForeignKey(
        "directory.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    source = models.CharField(max_length=20)
    source_reference = models.CharField(max_length=120, blank=True)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )
    reason = models.CharField(max_length=250, blank=True)
    restricted = models.BooleanField(default=False)
    # Workers or organisations; nobody else reads it, but for the person. None: as its category says.
    only_for = ArrayField(models.UUIDField(), null=True)
    withheld = models.BooleanField(default=False)  # from the person
    permit_id = models.UUIDField()
    redacted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["identity", "-happened_at", "-id"], name="timeline_of_an_identity"),
            models.Index(fields=["identity", "kind", "item"], name="entries_about_one_thing"),
            models.Index(
                fields=["recorded_by", "recorded_at"],
                condition=models.Q(only_for__isnull=False),
                name="entries_a_worker_kept_for_some",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["supersedes"], name="an_entry_is_superseded_once"),
            models.UniqueConstraint(
                fields=["organisation", "source_reference"],
                name="a_form_sent_twice_makes_one_entry",
                condition=models.Q(source__in=["hand", "person"]) & ~models.Q(source_reference=""),
            ),
            models.CheckConstraint(
                condition=models.Q(dated_by__in=["time", "day", "by"]), name="a_date_says_how_exact_it_is"
            ),
            models.CheckConstraint(
                condition=models.Q(supersedes__isnull=True) | ~models.Q(reason=""),
                name="superseding_gives_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(only_for__isnull=True) | models.Q(only_for__len__gt=0),
                name="what_is_kept_for_some_is_kept_for_somebody",
            ),
        ]


class FormDraft(models.Model):
    """A form begun and not sent, by a worker in one hat or by the person: no entry, mutable on purpose."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    # None: the person themself
    post = models.ForeignKey(
        "staff.Post", on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )
    what = models.CharField(max_length=80)  # which form
    typed = models.JSONField()  # control -> what stands in it
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "what", "post"],
                name="one_draft_of_a_form_for_each_hat_and_person",
                nulls_distinct=False,
            )
        ]
