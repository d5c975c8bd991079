"""What happened to the person in custody: bodies of entries, and the stays derived from them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from throughgate.access import policy
from throughgate.foundation.ids import new_id
from throughgate.record.bodies import Body


class Movement(Body):
    """Somebody came, went, or was moved."""

    kinds = {"movement": "custody_legal"}
    what = models.CharField(max_length=30)
    happened_on = models.DateField()
    dated_by = models.CharField(max_length=20)
    from_prison = models.CharField(max_length=10, blank=True)
    to_prison = models.CharField(max_length=10, blank=True)
    movement_type = models.CharField(max_length=10, blank=True)
    movement_reason = models.CharField(max_length=12, blank=True)
    booking = models.CharField(max_length=20, blank=True)
    true_release = models.BooleanField(default=False)
    starts_clock = models.BooleanField(default=False)
    notice = models.CharField(max_length=20, blank=True)
    check_by_hand = models.BooleanField(default=False)
    missed = models.BooleanField(default=False)


class LegalStatus(Body):
    """In law, why somebody is held, as the source codes it. A recall issued is restricted."""

    kinds = {"legal_status": "custody_legal", "recall_issued": "licence_supervision"}
    legal_status = models.CharField(max_length=40, blank=True)
    status_code = models.CharField(max_length=30, blank=True)
    recall = models.BooleanField(null=True)


class ExpectedDate(Body):
    """A dated expectation of one type, as a source gave it; no date says that it was taken away."""

    kinds = {"expected_date": "custody_legal"}
    date_type = models.CharField(max_length=60)
    expected_on = models.DateField(null=True)
    as_written = models.CharField(max_length=120, blank=True)
    certainty = models.CharField(max_length=20, blank=True)  # of date_certainties; blank: as its type
    told_by = models.CharField(max_length=120, blank=True)  # who told a worker; blank: a prison's record


class Location(Body):
    """Where in the prison somebody lives."""

    kinds = {"location": "custody_legal"}
    prison = models.CharField(max_length=10)
    cell = models.CharField(max_length=60, blank=True)


class Alert(Body):
    """A flag the prison raised or took down, under the category its code belongs to."""

    kinds = {f"alert_{category}": category for category in sorted(policy.categories())}
    alert_type = models.CharField(max_length=12)
    alert_code = models.CharField(max_length=12)
    is_active = models.BooleanField()


class CareNeed(Body):
    """A care need the prison recorded (disability, maternity, physical, psychological)."""

    kinds = {"care_need": "physical_health", "care_need_mind": "mental_health"}
    need_type = models.CharField(max_length=20)
    need_code = models.CharField(max_length=20)
    status = models.CharField(max_length=20, blank=True)
    description = models.CharField(max_length=250, blank=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)


class Unread(Body):
    """A field that could not be read, kept as the source wrote it so that a person can."""

    kinds = {"unread": "custody_legal"}
    field = models.CharField(max_length=80)
    as_written = models.TextField(blank=True)
    problem = models.CharField(max_length=40)


class Death(Body):
    """A death reported, confirmed by a named worker, or found to be a mistake."""

    kinds = {"death": "identity_contact"}
    state = models.CharField(max_length=10)  # reported, confirmed, mistaken
    died_on = models.DateField(null=True)


class Stay(models.Model):
    """A span in one prison. Rebuilt from movements; never a source of truth."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    prison = models.CharField(max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # the first day not there
    out_now = models.CharField(max_length=20, blank=True)
    started_by = models.CharField(max_length=30)
    ended_by = models.CharField(max_length=30, blank=True)
    booking = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [
            # Lists find in this index alone whose stay goes on, and since when.
            models.Index(fields=["person", "starts_on"], include=["ends_on"], name="stays_of_a_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_stay_ends_after_it_starts",
            ),
            ExclusionConstraint(
                name="stays_of_a_person_do_not_overlap",
                expressions=[
                    (F("person"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"), F("ends_on"), function="daterange", output_field=DateRangeField()
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]


class Bridging(models.Model):
    """A movement that an event told, which counts until the prison's own record is heard again.

    The entry stands, and this says since when it is read with what the record then said.
    """

    entry = models.OneToOneField("record.Entry", on_delete=models.PROTECT, primary_key=True, related_name="+")
    identity = models.ForeignKey(
        "people.Identity", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    as_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)  # when we heard a record of a later moment; None: not yet

    class Meta:
        indexes = [
            models.Index(
                fields=["identity"], name="events_to_be_heard_of", condition=Q(heard_at__isnull=True)
            )
        ]


class Standing(models.Model):
    """One row for each person with custody entries, so that lists need one read. Rebuilt, never a truth."""

    person = models.OneToOneField(
        "people.Person", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    prison = models.CharField(max_length=10, blank=True)
    cell = models.CharField(max_length=60, blank=True)
    standing = models.CharField(max_length=30)
    out_now = models.CharField(max_length=20, blank=True)
    release_on = models.DateField(null=True)
    release_type = models.CharField(max_length=60, blank=True)
    release_certainty = models.CharField(max_length=20, blank=True)
    flags = models.JSONField(default=list)
    dates = models.JSONField(default=list)  # those told lately: see derived.read_date
    as_at = models.DateTimeField()
