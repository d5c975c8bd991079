"""Why an organisation is concerned with a person, and what the person and the law say to that."""

from django.db import models

from throughgate.foundation.ids import new_id


class Relationship(models.Model):
    """Opened and closed by what happened (a stay, an episode); rebuilt from those, never edited.

    Where a worker joins a team by hand, that too is an entry, of the team context.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)  # custody, treatment, team
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)  # the first day it no longer holds

    class Meta:
        indexes = [
            # Whom a list may show is found in this index alone.
            models.Index(
                fields=["organisation", "person"],
                include=["opened_on", "closed_on"],
                name="people_of_an_organisation",
            ),
            models.Index(fields=["person", "organisation"], name="organisations_of_a_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=models.F("opened_on")),
                name="a_relationship_closes_after_it_opens",
            )
        ]


class Who(models.Model):
    """Base of what names a worker or an organisation towards one person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("staff.Worker", on_delete=models.PROTECT, related_name="+", null=True)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        abstract = True


class Bar(Who):
    """For whom this record does not exist, emergencies included.

    That somebody must not know is derived from entries; whose own or family's record it is they declare.
    """

    why = models.CharField(max_length=20)  # own_record, family, must_not_know


class Limit(Who):
    """Who alone may know of a limited-access record: derived from entries."""


class Choice(models.Model):
    """What the person says to whom, about what and for what: derived from their entries, the newest of each,
    and behind one that ends what holds again after it.

    No organisation, or an empty topic or purpose, stands for all.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    topic = models.CharField(max_length=30, blank=True)  # a category
    purpose = models.CharField(max_length=40, blank=True)
    answer = models.CharField(max_length=20)  # share, keep_back
    from_on = models.DateField(null=True)  # the first day it holds, where another holds before it
    expires_on = models.DateField(null=True)  # the first day it no longer holds

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "topic", "purpose", "from_on"],
                name="one_answer_for_each_case_from_each_day",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(expires_on=None)
                | models.Q(from_on=None)
                | models.Q(expires_on__gt=models.F("from_on")),
                name="an_answer_ends_after_it_begins",
            ),
        ]


class Emergency(models.Model):
    """One worker's emergency opening of one record, in one hat, until a moment it may be ended before."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey("staff.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey("staff.Post", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40)  # a code
    words = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    opens_sealed = models.BooleanField(default=False)
    lawful_reason = models.CharField(max_length=40, blank=True)  # a code, where sealed parts are opened

    class Meta:
        indexes = [models.Index(fields=["person", "post", "until"], name="openings_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_sealed=False) | ~models.Q(lawful_reason=""),
                name="a_sealed_part_opens_with_a_lawful_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("opened_at")), name="an_opening_ends_after_it_began"
            ),
        ]
