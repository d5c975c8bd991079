from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0005_what_the_person_says_may_change")]

    operations = [
        migrations.AddField("choice", "from_on", models.DateField(null=True)),
        migrations.RemoveConstraint("choice", "one_answer_for_each_case"),
        migrations.AddConstraint(
            "choice",
            models.UniqueConstraint(
                fields=("person", "organisation", "topic", "purpose", "from_on"),
                name="one_answer_for_each_case_from_each_day",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            "choice",
            models.CheckConstraint(
                condition=models.Q(
                    ("expires_on", None),
                    ("from_on", None),
                    ("expires_on__gt", models.F("from_on")),
                    _connector="OR",
                ),
                name="an_answer_ends_after_it_begins",
            ),
        ),
    ]
