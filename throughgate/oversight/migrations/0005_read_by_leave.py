from django.db import migrations

from throughgate.record.guards import read_with_their_entries


class Migration(migrations.Migration):
    dependencies = [("oversight", "0004_these_stay_too"), ("record", "0009_read_by_leave")]
    operations = read_with_their_entries("oversight_passedon")
