"""Dates beside the standing, so that a record page reads no others; for people already known, from their entries."""

from django.db import migrations, models

FILL = """
UPDATE custody_standing standing SET dates = told.dates
FROM (SELECT person_id, jsonb_agg(jsonb_build_array(date_type, expected_on, code, as_at) ORDER BY as_at) AS dates
      FROM (SELECT identity.person_id, said.date_type, said.expected_on, organisation.code, entry.as_at,
                   row_number() OVER (PARTITION BY identity.person_id, organisation.code, said.date_type
                                      ORDER BY entry.as_at DESC, entry.id DESC) AS age
            FROM custody_expecteddate said
            JOIN record_entry entry ON entry.id = said.entry_id AND entry.kind = 'expected_date'
            JOIN people_identity identity ON identity.id = entry.identity_id
            JOIN directory_organisation organisation ON organisation.id = entry.organisation_id
            WHERE entry.redacted_at IS NULL
              AND NOT EXISTS (SELECT FROM record_entry newer WHERE newer.supersedes_id = entry.id)) lately
      WHERE age <= 2 GROUP BY person_id) told
WHERE told.person_id = standing.person_id
"""


class Migration(migrations.Migration):
    dependencies = [("custody", "0003_each_index_once"), ("record", "0003_each_index_once")]

    operations = [
        migrations.AddField(model_name="standing", name="dates", field=models.JSONField(default=list)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
