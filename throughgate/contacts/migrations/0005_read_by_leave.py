from django.db import migrations

from throughgate.record.guards import read_with_their_entries


class Migration(migrations.Migration):
    dependencies = [("contacts", "0004_entered_elsewhere"), ("record", "0009_read_by_leave")]
    operations = read_with_their_entries(
        "contacts_contact",
        "contacts_enteredelsewhere",
        "contacts_note",
    )
