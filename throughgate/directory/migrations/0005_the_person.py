from django.db import migrations

from throughgate.directory.queries import THE_PERSON

# Not an organisation of the world: in whose name people write in their own record.
WRITE = """
INSERT INTO directory_organisation (id, code, name, name_cy, kind, nation, is_checked)
VALUES (%s, 'PERSON', 'The person', 'Y person', 'person', '', true)
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_places_may_change")]
    operations = [migrations.RunSQL([(WRITE, [str(THE_PERSON)])], migrations.RunSQL.noop)]
