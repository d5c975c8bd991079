import django.db.models.deletion
from django.db import migrations, models

from throughgate.foundation.append_only import append_only
from throughgate.record.guards import read_with_their_entries


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0004_how_much_a_need_matters"),
        ("record", "0010_forms_of_the_person"),
    ]

    operations = [
        migrations.CreateModel(
            name="Answers",
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
                ("sitting", models.UUIDField()),
                ("instrument", models.CharField(max_length=40)),
                ("version", models.CharField(max_length=20)),
                ("stage", models.CharField(blank=True, max_length=20)),
                ("topic", models.CharField(max_length=40)),
                ("way", models.CharField(max_length=10)),
                ("setting", models.CharField(max_length=10)),
                ("for_court", models.BooleanField()),
                ("seconds", models.IntegerField()),
                ("again_because", models.TextField(blank=True)),
                ("answers", models.JSONField()),
            ],
            options={"abstract": False},
        ),
        *append_only("assessment_answers"),
        *read_with_their_entries("assessment_answers"),
    ]
