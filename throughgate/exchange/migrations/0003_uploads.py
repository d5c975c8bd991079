from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_guards")]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="kept_as",
            field=models.CharField(blank=True, max_length=50),
        ),
        migrations.AddField(
            model_name="importrun",
            name="preview",
            field=models.JSONField(null=True),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    state__in=[
                        "waiting",
                        "previewing",
                        "previewed",
                        "confirmed",
                        "running",
                        "finished",
                        "stopped",
                        "refused",
                    ]
                ),
                name="a_run_is_in_one_of_its_states",
            ),
        ),
    ]
