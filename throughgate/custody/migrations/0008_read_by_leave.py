from django.db import migrations

from throughgate.record.guards import read_with_their_entries


class Migration(migrations.Migration):
    dependencies = [("custody", "0007_bridging"), ("record", "0009_read_by_leave")]
    operations = read_with_their_entries(
        "custody_alert",
        "custody_careneed",
        "custody_death",
        "custody_expecteddate",
        "custody_legalstatus",
        "custody_location",
        "custody_movement",
        "custody_unread",
    )
