"""Appointments and what came of them, as workers say. Which one an entry is about stands in its item."""

from django.db import models

from throughgate.record.bodies import Body


class Meeting(Body):
    """What it is about, with whom and where: said by both, so that each entry can be read by itself."""

    what = models.CharField(max_length=20)  # of the code set appointment_kinds
    with_whom = models.CharField(max_length=120, blank=True)  # a person, a service, the name of a group
    place = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        abstract = True


class Appointment(Meeting):
    """They are expected somewhere, at the moment of the entry, or on its day where no time is told."""

    kinds = {"appointment": "plan_appointments"}
    mode = models.CharField(max_length=20, blank=True)  # of contact_modes


class AppointmentOutcome(Meeting):
    """What came of an appointment, or of a session that nobody had booked them on."""

    kinds = {"appointment_outcome": "plan_appointments"}
    due_on = models.DateField()
    outcome = models.CharField(max_length=20)  # of attendance_outcomes, which says whose miss it was
