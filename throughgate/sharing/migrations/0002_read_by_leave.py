from django.db import migrations

from throughgate.record.guards import read_with_their_entries


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_tables"), ("record", "0009_read_by_leave")]
    operations = read_with_their_entries(
        "sharing_choice",
        "sharing_limitedrecord",
        "sharing_mustnotknow",
        "sharing_protectedaddress",
        "sharing_trustedperson",
    )
