from django.db import migrations

from throughgate.record.guards import read_with_their_entries


class Migration(migrations.Migration):
    dependencies = [("treatment", "0005_naloxone_guard"), ("record", "0009_read_by_leave")]
    operations = read_with_their_entries(
        "treatment_attendance",
        "treatment_dose",
        "treatment_episodereport",
        "treatment_intervention",
        "treatment_naloxone",
        "treatment_prescription",
        "treatment_treatmentunread",
    )
