from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pathway", "0007_read_by_leave")]
    operations = [
        migrations.AddIndex(
            model_name="plan",
            index=models.Index(
                condition=models.Q(reasons__contains=["told_alone"]),
                fields=["person"],
                name="plans_of_whom_told_alone",
            ),
        ),
    ]
