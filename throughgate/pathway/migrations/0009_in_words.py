"""Steps and reasons as words, which take neither the database nor a page any reading."""

from django.db import migrations, models

IN_WORDS = r"""
UPDATE pathway_plan SET
    steps = (SELECT coalesce(string_agg(concat_ws(' ', step ->> 0, step ->> 1, step ->> 2,
                             CASE WHEN (step ->> 3)::boolean THEN 'impossible' END), E'\n' ORDER BY place), '')
             FROM jsonb_array_elements(steps::jsonb) WITH ORDINALITY AS each (step, place)),
    reasons = (SELECT coalesce(string_agg(reason, ' ' ORDER BY place), '')
               FROM jsonb_array_elements_text(reasons::jsonb) WITH ORDINALITY AS each (reason, place))
"""
# The code before works them out again.
FORGET = "DELETE FROM pathway_plan"


class Migration(migrations.Migration):
    dependencies = [("pathway", "0008_who_told_alone")]
    operations = [
        migrations.RemoveIndex("plan", "plans_of_whom_told_alone"),
        migrations.AlterField("plan", "steps", models.TextField(blank=True)),
        migrations.AlterField("plan", "reasons", models.TextField(blank=True)),
        migrations.RunSQL(IN_WORDS, FORGET),
    ]
