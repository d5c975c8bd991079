"""What a privacy officer decided of each alert. The alerts themselves stand in the audit."""

from django.db import models

from throughgate.foundation.ids import new_id


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
