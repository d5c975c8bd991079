import django.contrib.postgres.fields
from django.db import migrations, models

DERIVED = "GRANT UPDATE (kept_names) ON people_person TO tg_web, tg_worker;"


class Migration(migrations.Migration):
    dependencies = [("people", "0004_search_names_of_a_person")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="kept_names",
            field=django.contrib.postgres.fields.ArrayField(models.TextField(), default=list),
        ),
        migrations.RunSQL(DERIVED, migrations.RunSQL.noop),
    ]
