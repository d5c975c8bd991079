"""What a checker decided of each alert, and whose record a worker says is too near to them.

The alerts themselves stand in the audit.
"""

from django.db import models

from throughgate.foundation.ids import new_id
from throughgate.record.bodies import Body


class Outcome(models.Model):
    """What was found and done about an alert, and what the person is told. The newest of an alert holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    alert = models.ForeignKey("audit.Alert", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)  # of the form
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("staff.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    finding = models.CharField(max_length=20)  # of the code set oversight_findings
    words = models.TextField()
    telling = models.CharField(max_length=20)  # of oversight_telling: how the person is told, or why not
    why_unsafe = models.TextField(blank=True)
    ask_again_on = models.DateField(
        null=True
    )  # whether telling is still unsafe; for looks, until when hidden

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "key"], name="a_form_sent_twice_decides_an_alert_once"),
            models.CheckConstraint(
                condition=~models.Q(telling="unsafe")
                | (~models.Q(why_unsafe="") & models.Q(ask_again_on__isnull=False)),
                name="not_telling_has_a_reason_and_a_day_to_ask_again",
            ),
        ]


class Declaration(models.Model):
    """That a record is a worker's own, or of their family: by what finds it, since they must not look.

    It holds from then on, also for a record that is made later, unless a checker finds that it is not so.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    worker = models.ForeignKey("staff.Worker", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    why = models.CharField(max_length=20)  # own_record, family
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True)
    number_system = models.CharField(max_length=10, blank=True)
    number = models.CharField(max_length=80, blank=True)
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False)
                | ~models.Q(number="")
                | (~models.Q(last_name="") & models.Q(birth_date__isnull=False)),
                name="a_declaration_can_be_found_by",
            )
        ]


class PassedOn(Body):
    """That what was told to treatment was passed on, to whom and on which ground, and how they learn it."""

    kinds = {"passed_on": "treatment_medicines"}
    to_whom = models.CharField(max_length=120)  # role and organisation
    text = models.TextField()  # what was passed on
    ground = models.CharField(max_length=20)  # of the code set lawful_grounds
    why = models.TextField()
    telling = models.CharField(max_length=20)  # of oversight_telling
    why_unsafe = models.TextField(blank=True)
    ask_again_on = models.DateField(null=True)
