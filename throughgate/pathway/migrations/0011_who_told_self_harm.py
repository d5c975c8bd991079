"""Whoever asked: plans that rest on an answer that somebody may hurt themself, under a name that says so."""

from django.db import migrations, models

RENAMED = """
UPDATE pathway_plan SET reasons = replace(reasons, '{before}', '{after}') WHERE reasons LIKE '{before}%'
"""


class Migration(migrations.Migration):
    dependencies = [("pathway", "0010_plans_by_their_days")]
    operations = [
        migrations.RemoveIndex("plan", "plans_of_whom_told_alone"),
        migrations.RunSQL(
            RENAMED.format(before="told_alone", after="told_self_harm"),
            RENAMED.format(before="told_self_harm", after="told_alone"),
        ),
        migrations.AddIndex(
            "plan",
            models.Index(
                condition=models.Q(reasons__startswith="told_self_harm"),
                fields=["person"],
                name="plans_of_whom_told_self_harm",
            ),
        ),
    ]
