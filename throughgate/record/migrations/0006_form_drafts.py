import django.db.models.deletion
from django.db import migrations, models

import throughgate.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_each_index_once"),
        ("staff", "0002_guards"),
        ("record", "0005_no_constraint_on_episodes"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormDraft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=throughgate.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("what", models.CharField(max_length=60)),
                ("typed", models.JSONField()),
                ("saved_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "person", "what"), name="one_draft_of_a_form_for_each_hat_and_person"
                    )
                ]
            },
        ),
    ]
