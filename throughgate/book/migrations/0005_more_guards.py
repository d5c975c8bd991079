from django.db import migrations

from throughgate.foundation.append_only import append_only
from throughgate.record.guards import read_with_their_entries

ENTRIES = ("book_ownwords", "book_help", "book_safecontact", "book_told", "book_answer")


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("book", "0004_own_words")]
    operations = [*append_only(*ENTRIES), *read_with_their_entries(*ENTRIES)]
