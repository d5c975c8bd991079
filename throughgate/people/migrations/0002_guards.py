from django.db import migrations

from throughgate.foundation.append_only import append_only, mutable

# Only what is derived may change: who an identity belongs to, and the name and state lists are sorted by.
DERIVED_COLUMNS_CHANGE = """
GRANT SELECT, INSERT ON people_person, people_identity TO tg_web, tg_worker;
GRANT UPDATE (person_id) ON people_identity TO tg_web, tg_worker;
GRANT UPDATE (display_name, sort_name, birth_date, language, death) ON people_person TO tg_web, tg_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_roles_and_refusal"), ("people", "0001_tables")]
    operations = [
        *append_only("people_details", "people_identifier"),
        *mutable("people_searchname"),
        migrations.RunSQL(DERIVED_COLUMNS_CHANGE, migrations.RunSQL.noop),
    ]
