import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_each_index_once"),
        ("record", "0004_no_constraint_the_door_keeps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("shape", models.CharField(max_length=10)),
                ("custody_from", models.DateField(null=True)),
                ("leaves_on", models.DateField(null=True)),
                ("leaves_certainty", models.CharField(blank=True, max_length=20)),
                ("was_leaving_on", models.DateField(null=True)),
                ("left_on", models.DateField(null=True)),
                ("cover", models.CharField(max_length=10)),
                ("cover_until", models.DateField(null=True)),
                ("steps", models.JSONField(default=list)),
                ("missing", models.PositiveIntegerField()),
                ("urgency", models.PositiveIntegerField()),
                ("reasons", models.JSONField(default=list)),
                ("refreshed_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Ready",
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
                ("state", models.CharField(max_length=12)),
                ("on_day", models.DateField(null=True)),
                ("text", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
