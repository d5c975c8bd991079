import django.db.models.deletion
from django.db import migrations, models

from throughgate.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0001_roles_and_refusal"),
        ("contacts", "0003_no_constraint_the_door_keeps"),
        ("record", "0007_drafts_may_change"),
    ]

    operations = [
        migrations.CreateModel(
            name="EnteredElsewhere",
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
                ("system", models.CharField(max_length=20)),
            ],
            options={
                "abstract": False,
            },
        ),
        *append_only("contacts_enteredelsewhere"),
    ]
