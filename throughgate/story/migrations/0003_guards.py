from django.db import migrations

from throughgate.foundation.append_only import append_only
from throughgate.record.guards import read_with_their_entries

ENTRIES = ("story_attachment", "story_trigger", "story_consent")


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0001_roles_and_refusal"),
        ("record", "0009_read_by_leave"),
        ("story", "0002_more_to_say"),
    ]
    operations = [*append_only(*ENTRIES), *read_with_their_entries(*ENTRIES)]
