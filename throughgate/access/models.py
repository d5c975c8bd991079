"""Why an organisation is concerned with a person, from when to when."""

from django.db import models

from throughgate.foundation.ids import new_id


class Relationship(models.Model):
    """Opened and closed by what happened (a stay, an episode); rebuilt from those, never edited.

    Kinds that a worker states by hand come with the care team and will be rows of their own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)  # custody, treatment
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)  # the first day it no longer holds

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "person"], name="people_of_an_organisation"),
            models.Index(fields=["person", "organisation"], name="organisations_of_a_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=models.F("opened_on")),
                name="a_relationship_closes_after_it_opens",
            )
        ]
