import django.db.models.deletion
from django.db import migrations, models

from throughgate.foundation.append_only import append_only
from throughgate.record.guards import read_with_their_entries


class Migration(migrations.Migration):
    dependencies = [("sharing", "0003_names_kept_back")]

    operations = [
        migrations.CreateModel(
            name="MinimumRead",
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
                ("codes", models.JSONField()),
                ("shown", models.UUIDField()),
            ],
            options={
                "abstract": False,
            },
        ),
        *append_only("sharing_minimumread"),
        *read_with_their_entries("sharing_minimumread"),
    ]
