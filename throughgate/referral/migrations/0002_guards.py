from django.db import migrations

from throughgate.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("referral", "0001_tables")]
    operations = append_only("referral_appointment", "referral_appointmentoutcome")
