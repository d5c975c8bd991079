from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pathway", "0011_who_told_self_harm")]
    operations = [
        migrations.AddIndex(
            "plan",
            models.Index(
                condition=models.Q(reasons__contains="cannot_wait"),
                fields=["person"],
                name="plans_that_cannot_wait",
            ),
        ),
    ]
