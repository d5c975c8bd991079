import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0004_no_constraint_the_door_keeps"), ("pathway", "0003_seen_on")]
    operations = [
        migrations.CreateModel(
            name="StepWord",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="record.entry",
                    ),
                ),
                ("step", models.CharField(max_length=40)),
                ("state", models.CharField(max_length=12)),
                ("due_on", models.DateField()),
                ("text", models.TextField(blank=True)),
            ],
            options={"abstract": False},
        ),
    ]
