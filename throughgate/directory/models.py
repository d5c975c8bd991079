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
