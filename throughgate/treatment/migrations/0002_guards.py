from django.db import migrations

from throughgate.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("treatment", "0001_tables")]
    operations = append_only(
        "treatment_episodereport",
        "treatment_intervention",
        "treatment_prescription",
        "treatment_dose",
        "treatment_attendance",
        "treatment_treatmentunread",
    )
