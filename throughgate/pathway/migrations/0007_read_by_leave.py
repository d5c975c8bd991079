from django.db import migrations

from throughgate.record.guards import read_with_their_entries


class Migration(migrations.Migration):
    dependencies = [("pathway", "0006_hearing_on"), ("record", "0009_read_by_leave")]
    operations = read_with_their_entries(
        "pathway_ready",
        "pathway_stepword",
    )
