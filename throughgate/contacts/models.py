"""Contacts made with the person, notes written about them, and where else what is known was entered."""

from django.db import models

from throughgate.access import policy
from throughgate.record.bodies import Body


class Contact(Body):
    """Somebody spoke with the person, or tried to."""

    kinds = {"contact": "plan_appointments"}
    mode = models.CharField(max_length=20)  # of the code set contact_modes
    outcome = models.CharField(max_length=20)  # of contact_outcomes, which says whose miss it was
    text = models.TextField(blank=True)


class Note(Body):
    """What a worker wrote, under the category they chose."""

    kinds = {
        "note_plan": "plan_appointments",
        "note_treatment": "treatment_medicines",
        "note_custody": "custody_legal",
        "note_housing": "housing",
    }
    text = models.TextField()


class EnteredElsewhere(Body):
    """A worker entered what an entry says into a system that this one cannot reach.

    It is about the entry whose id is its item, and is shared like that one.
    """

    kinds = {f"entered_{category}": category for category in sorted(policy.categories())}
    system = models.CharField(max_length=20)  # of the code set other_systems
