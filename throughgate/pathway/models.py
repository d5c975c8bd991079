"""What workers say of readiness, and each person's plan as it follows from all that is known."""

from django.db import models

from throughgate.record.bodies import Body


class Ready(Body):
    """How far one item of readiness is, as a worker says; each item is a kind of its own."""

    kinds = {
        "ready_plan": "plan_appointments",
        "ready_appointment": "plan_appointments",
        "ready_medicines": "treatment_medicines",
        "ready_naloxone": "treatment_medicines",
        "ready_mental_health": "mental_health",
        "ready_gp": "physical_health",
        "ready_id_bank": "money_work_learning",
        "ready_home": "housing",
        "ready_meeting": "plan_appointments",
    }
    state = models.CharField(max_length=12)  # not_started, in_hand, confirmed
    on_day = models.DateField(null=True)  # the day it is for, such as an appointment's
    text = models.TextField(blank=True)


class StepWord(Body):
    """That a step of somebody's pathway is done, or is not needed; of its own category."""

    kinds = {
        "step_plan": "plan_appointments",
        "step_medicines": "treatment_medicines",
        "step_physical_health": "physical_health",
        "step_mental_health": "mental_health",
        "step_housing": "housing",
        "step_custody": "custody_legal",
        "step_money": "money_work_learning",
        "step_safety": "safety_now",
        "step_family": "family",
        "step_safeguarding": "safeguarding",
        "step_licence": "licence_supervision",
        "step_access": "equality",
        "step_purpose": "story",
    }
    step = models.CharField(max_length=40)  # of the code set pathway_steps; the days it is about after it
    state = models.CharField(max_length=12)  # done, not_needed
    due_on = models.DateField()  # the day it fell on then
    text = models.TextField(blank=True)


class Plan(models.Model):
    """One row for each person inside, or out for up to a year. Rebuilt, never a source of truth.

    A page knows whose steps they are and since when from this row alone; what a step is called, and why it is
    there, stands in the code set.
    """

    person = models.OneToOneField(
        "people.Person", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    shape = models.CharField(max_length=10)
    custody_from = models.DateField(null=True)
    leaves_on = models.DateField(null=True)
    leaves_certainty = models.CharField(max_length=20, blank=True)
    was_leaving_on = models.DateField(null=True)
    hearing_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    cover = models.CharField(max_length=10)
    cover_until = models.DateField(null=True)
    seen_on = models.DateField(null=True)
    steps = models.TextField(blank=True)  # a line each, as `rows` has them; done ones too
    missing = models.PositiveIntegerField()  # how many items of readiness are not confirmed
    urgency = models.PositiveIntegerField()
    reasons = models.TextField(blank=True)  # keys of what made it urgent, the most pressing first
    refreshed_on = models.DateField()  # the day it came to be so

    class Meta:
        indexes = [
            models.Index(
                fields=["person"],
                condition=models.Q(reasons__startswith="told_self_harm"),
                name="plans_of_whom_told_self_harm",
            ),
            models.Index(
                fields=["person"],
                condition=models.Q(reasons__contains="cannot_wait"),
                name="plans_that_cannot_wait",
            ),
            # Whom Today lists is found in this index alone, among hundreds.
            models.Index(
                fields=["person"],
                include=["leaves_on", "hearing_on", "left_on", "missing"],
                name="plans_by_their_days",
            ),
        ]
