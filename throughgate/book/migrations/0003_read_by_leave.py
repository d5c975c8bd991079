from django.db import migrations

from throughgate.record.guards import read_with_their_entries


class Migration(migrations.Migration):
    dependencies = [("book", "0002_guards"), ("record", "0009_read_by_leave")]
    operations = read_with_their_entries("book_opening")
