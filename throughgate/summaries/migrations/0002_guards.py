from django.db import migrations

from throughgate.foundation.append_only import append_only
from throughgate.record.guards import read_with_their_entries

TABLES = ("summaries_made", "summaries_given", "summaries_revoked")


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0001_roles_and_refusal"),
        ("record", "0009_read_by_leave"),
        ("summaries", "0001_tables"),
    ]
    operations = [*append_only(*TABLES), *read_with_their_entries(*TABLES)]
