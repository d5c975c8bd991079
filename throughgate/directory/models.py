"""Organisations and the places they run. Mutable on purpose: the world reorganises."""

from django.db import models

from throughgate.foundation.ids import new_id


class Organisation(models.Model):
    """A prison, provider, charity or authority that employs workers or sends feeds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=30)  # prison, community_treatment, prison_treatment, probation...
    nation = models.CharField(max_length=10, blank=True)
    is_checked = models.BooleanField(default=True)  # False: a code a feed used that nobody has looked at

    class Meta:
        indexes = [models.Index(fields=["kind", "name"], name="organisation_by_kind")]


class Place(models.Model):
    """A door people walk through, or a phone they ring."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="places", db_index=False
    )
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    address = models.JSONField(default=list)  # lines, the postcode last
    phone = models.CharField(max_length=30, blank=True)
    is_always_answered = models.BooleanField(default=False)
    is_protected = models.BooleanField(default=False)
    protected_at = models.DateTimeField(null=True)  # since when, as far as we were told
    week = models.JSONField(default=dict)  # rules.Week
    landmarks = models.JSONField(default=list)  # of rules.Landmark

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_always_answered=False) | ~models.Q(phone=""),
                name="a_phone_that_is_answered_has_a_number",
            )
        ]
        indexes = [models.Index(fields=["organisation"], name="place_by_organisation")]
