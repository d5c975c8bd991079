"""What came in: each run of a feed, each row of it, and what each source said, by content."""

from django.db import models

from throughgate.foundation.ids import new_id

STATES = ["waiting", "previewing", "previewed", "confirmed", "running", "finished", "stopped", "refused"]


class ImportRun(models.Model):
    """One file of one organisation going in. The counts grow with each chunk that is safely in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    format = models.CharField(max_length=20)
    as_at = models.DateTimeField()
    as_at_given = models.BooleanField()
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    # From the console: waiting, running, then finished or stopped. From the page: waiting, previewing,
    # previewed (or refused), confirmed, running, then finished or stopped.
    state = models.CharField(max_length=12)
    stopped_because = models.CharField(max_length=250, blank=True)
    started_by = models.UUIDField(null=True)
    kept_as = models.CharField(max_length=50, blank=True)  # an uploaded file, until it is in or given up
    columns = models.JSONField(null=True)  # pairs of a plain list: what each is taken for
    preview = models.JSONField(null=True)  # counts, and the first rejected rows, of a run on trial
    permit_id = models.UUIDField(null=True)
    rows_expected = models.PositiveIntegerField(null=True)
    read = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    flags = models.PositiveIntegerField(default=0)
    entries = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["organisation", "format", "-as_at"], name="runs_of_a_feed")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=STATES), name="a_run_is_in_one_of_its_states"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    read=models.F("new")
                    + models.F("changed")
                    + models.F("unchanged")
                    + models.F("held")
                    + models.F("rejected")
                ),
                name="every_row_read_is_accounted_for",
            ),
        ]


class SourceState(models.Model):
    """What a source said about one thing, kept once however often it is repeated."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity = models.ForeignKey(
        "people.Identity", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    item = models.CharField(max_length=120, blank=True)
    digest = models.BinaryField(max_length=16)
    said = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity", "item", "digest"], name="what_a_source_said_is_kept_once"
            )
        ]


class ImportRow(models.Model):
    """One row of one run, and what became of it: the account of everything read."""

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10)
    identity = models.ForeignKey(
        "people.Identity", on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )
    item = models.CharField(max_length=120, blank=True)
    as_at = models.DateTimeField()
    state = models.ForeignKey(
        SourceState, on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )
    flags = models.JSONField(null=True)  # None: nothing to say, which is most rows

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "line", "item"], name="a_line_is_accounted_for_once")
        ]
        indexes = [models.Index(fields=["identity", "item", "as_at"], name="what_was_said_when")]


class Rejected(models.Model):
    """A row that could not be taken, in words a data clerk can act on."""

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=80)
    why = models.CharField(max_length=250)
    what_to_do = models.CharField(max_length=250)
    as_written = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["run", "line"], name="rejected_rows_of_a_run")]
