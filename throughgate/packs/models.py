"""Release packs: what was chosen for the sheets, what the person agreed, and who was given them.

And who has reviewed the words that stand on the sheets, of which nothing is about a person.
"""

from django.db import models

from throughgate.foundation.ids import new_id
from throughgate.record.bodies import Body


class Pack(Body):
    """The facts chosen for both sheets, without language: a sheet is made from them when it is read."""

    kinds = {"pack": "plan_appointments"}
    version = models.PositiveIntegerField()  # of this person: two papers never have the same
    snapshot = models.JSONField()  # see rules.snapshot: each fact with its category


class Agreed(Body):
    """That the person agrees what one sheet says, or what of it is to be left out. The item is the sheet."""

    kinds = {"pack_agreed": "plan_appointments"}
    pack = models.UUIDField()
    reader = models.CharField(max_length=12)  # person, next_worker
    left_out = models.JSONField(default=list)  # keys of facts


class Given(Body):
    """That sheets were put into somebody's hands. The item is whose sheets."""

    kinds = {"pack_given": "plan_appointments"}
    pack = models.UUIDField()
    readers = models.JSONField(default=list)  # whose sheets: person, next_worker
    language = models.CharField(max_length=2)
    layout = models.CharField(max_length=10)
    is_discreet = models.BooleanField()
    text = models.TextField(blank=True)  # to whom, and how


class Revoked(Body):
    """That a pack holds no more. The item is the pack."""

    kinds = {"pack_revoked": "plan_appointments"}
    pack = models.UUIDField()
    text = models.TextField()  # why


class Batch(models.Model):
    """Packs of several people, asked for at once by one worker in one hat. A job makes them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey("staff.Post", on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=120)  # of the form
    worker_id = models.UUIDField()
    purpose = models.CharField(max_length=30)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "key"], name="a_form_sent_twice_asks_for_one_batch")
        ]


class BatchPerson(models.Model):
    """One of the people of a batch."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "person"], name="a_person_is_asked_for_once_in_a_batch")
        ]


class BatchOutcome(models.Model):
    """What became of one of them: a pack, or why there is none."""

    asked = models.OneToOneField(BatchPerson, primary_key=True, on_delete=models.PROTECT, related_name="+")
    pack_id = models.UUIDField(null=True)  # the entry
    refused = models.CharField(max_length=250, blank=True)
    at = models.DateTimeField()


class Review(models.Model):
    """What somebody found who read words that stand on sheets; the last word of their organisation holds.

    It is of exactly these words: where they are others by now, so is their fingerprint, and it holds no more.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    counts_for = models.JSONField()  # ids: it, and the prisons their team worked in
    subject = models.CharField(max_length=40)  # such as harm_reduction:opioids, translations:cy
    fingerprint = models.CharField(max_length=64)  # of rules.reviews
    verdict = models.CharField(max_length=10)  # fit, unfit, taken_back
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        "staff.Worker", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    job = models.CharField(max_length=20)  # of the code set review_jobs
    registration = models.CharField(max_length=40, blank=True)  # as they typed it
    until = models.DateField(null=True)  # the last day it holds
    why = models.TextField(blank=True)
    key = models.CharField(max_length=120)  # of the form

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reviewed_by", "key"], name="a_form_sent_twice_reviews_words_once"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=["fit", "unfit", "taken_back"]),
                name="words_are_fit_or_unfit_or_a_review_is_taken_back",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict="fit", until__isnull=False)
                | (~models.Q(verdict="fit") & ~models.Q(why="") & models.Q(until__isnull=True)),
                name="fit_words_have_a_last_day_and_others_a_reason",
            ),
        ]
