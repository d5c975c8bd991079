import django.db.models.deletion
from django.db import migrations, models

from throughgate.foundation.append_only import mutable


class Migration(migrations.Migration):
    dependencies = [
        ("custody", "0006_dates_a_worker_was_told"),
        ("people", "0001_tables"),
        ("record", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bridging",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="record.entry",
                    ),
                ),
                ("as_at", models.DateTimeField()),
                ("heard_at", models.DateTimeField(null=True)),
                (
                    "identity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.identity",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("heard_at__isnull", True)),
                        fields=["identity"],
                        name="events_to_be_heard_of",
                    )
                ],
            },
        ),
        *mutable("custody_bridging"),
    ]
