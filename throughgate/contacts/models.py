"""Contacts made with the person and notes written about them."""

from django.db import models

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
