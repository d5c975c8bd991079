from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pathway", "0009_in_words")]
    operations = [
        migrations.AddIndex(
            "plan",
            models.Index(
                condition=models.Q(reasons__startswith="told_alone"),
                fields=["person"],
                name="plans_of_whom_told_alone",
            ),
        ),
        migrations.AddIndex(
            "plan",
            models.Index(
                fields=["person"],
                include=["leaves_on", "hearing_on", "left_on", "missing"],
                name="plans_by_their_days",
            ),
        ),
    ]
