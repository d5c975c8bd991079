from django.db import migrations

from throughgate.foundation.append_only import append_only, mutable


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("book", "0001_tables")]
    operations = [
        *append_only("book_opening", "book_code", "book_codestopped", "book_word", "book_try"),
        *mutable("book_visit"),
    ]
