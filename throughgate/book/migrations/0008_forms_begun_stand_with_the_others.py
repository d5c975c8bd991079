from django.db import migrations

MOVE = """
INSERT INTO record_formdraft (id, person_id, what, typed, saved_at)
SELECT id, person_id, what, typed, saved_at FROM book_begun
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0013_drafts_of_the_person"), ("book", "0007_forms_begun")]
    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.DeleteModel("Begun"),
    ]
