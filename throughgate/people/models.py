"""The thin person, and the identities by which sources know them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from throughgate.foundation.ids import new_id


class Person(models.Model):
    """Whom a record is about. Things point at a person; a person holds next to nothing.

    The names, birth date and language here are derived from the identities (rebuilt, never a source of
    truth) so that lists can be sorted and paged without reading every identity.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    display_name = models.CharField(max_length=250, blank=True)
    sort_name = models.CharField(max_length=250, blank=True)  # folded "surname forenames"
    birth_date = models.DateField(null=True)
    language = models.CharField(max_length=10, blank=True)  # blank: not recorded
    death = models.CharField(max_length=10, blank=True)  # '', reported, confirmed
    # Every name and alias that an identity newly gives, folded as `sort_name` is.
    search_names = ArrayField(models.TextField(), default=list)

    # Those of before that they want nobody shown, as `rules.name_key` has them: what their entries say.
    kept_names = ArrayField(models.TextField(), default=list)

    class Meta:
        indexes = [
            models.Index(fields=["sort_name", "id"], name="people_in_name_order"),
            models.Index(fields=["birth_date"], name="people_by_birth_date"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(death__in=["", "reported", "confirmed"]),
                name="a_death_is_reported_then_confirmed",
            )
        ]


class Identity(models.Model):
    """A person as one organisation knows them. `person` is derived from the link rows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    key = models.CharField(max_length=80)  # the organisation's own reference for the person
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identities")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"], name="one_identity_for_each_reference_of_a_source"
            )
        ]


class Details(models.Model):
    """What a source said a person is called, and when they were born: one row for each change."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+", db_index=False)
    as_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    permit_id = models.UUIDField()
    title = models.CharField(max_length=20, blank=True)
    first_name = models.CharField(max_length=100, blank=True)
    middle_names = models.CharField(max_length=150, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=20, blank=True)
    ethnicity = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, blank=True)
    interpreter = models.CharField(max_length=10, blank=True)  # yes, no, blank: not recorded
    aliases = models.JSONField(default=list)  # [first, middle, last, birth date] rows
    initials_only = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["identity", "as_at"], name="details_of_an_identity"),
            models.Index(fields=["birth_date"], name="details_by_birth_date"),
        ]


class Identifier(models.Model):
    """A number by which a source knows a person, as written and as compared. Never removed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+", db_index=False)
    system = models.CharField(max_length=10)
    value = models.CharField(max_length=80)
    as_written = models.CharField(max_length=80)
    state = models.CharField(max_length=10)  # checked, unchecked, unusable
    recorded_at = models.DateTimeField()
    permit_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identity", "system", "value"], name="an_identifier_is_held_once")
        ]
        indexes = [models.Index(fields=["system", "value"], name="identities_by_identifier")]
