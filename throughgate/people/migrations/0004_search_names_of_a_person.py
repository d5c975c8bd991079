from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

# Names of an identity moved to a person's own row: a search among a worker's people reads no more than those.
BROUGHT_ALONG = """
UPDATE people_person SET search_names = known.names
FROM (SELECT identity.person_id, array_agg(DISTINCT known.name) AS names
      FROM people_searchname known JOIN people_identity identity ON identity.id = known.identity_id
      GROUP BY identity.person_id) known
WHERE known.person_id = people_person.id;
"""
DERIVED = "GRANT UPDATE (search_names) ON people_person TO tg_web, tg_worker;"


class Migration(migrations.Migration):
    dependencies = [("people", "0003_each_index_once")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="search_names",
            field=ArrayField(models.TextField(), default=list),
        ),
        migrations.RunSQL([BROUGHT_ALONG, DERIVED], migrations.RunSQL.noop),
        migrations.DeleteModel(name="SearchName"),
        migrations.AddIndex(
            model_name="details",
            index=models.Index(fields=["birth_date"], name="details_by_birth_date"),
        ),
    ]
