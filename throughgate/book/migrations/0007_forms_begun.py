import django.db.models.deletion
from django.db import migrations, models

import throughgate.foundation.ids
from throughgate.foundation.append_only import mutable


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0001_roles_and_refusal"),
        ("people", "0003_each_index_once"),
        ("book", "0006_their_story_stands_apart"),
    ]
    operations = [
        migrations.CreateModel(
            name="Begun",
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
                ("what", models.CharField(max_length=80)),
                ("typed", models.JSONField()),
                ("saved_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "what"), name="one_begun_of_a_form_for_each_person"
                    )
                ]
            },
        ),
        *mutable("book_begun"),
    ]
