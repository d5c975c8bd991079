"""That a service is asked to take part, and what it answers."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT

from throughgate.foundation.append_only import append_only
from throughgate.record.guards import read_with_their_entries

NEW = ("team_referral", "team_referralword")


def _entry() -> models.OneToOneField:
    return models.OneToOneField(
        db_constraint=False,
        on_delete=PROTECT,
        primary_key=True,
        related_name="+",
        serialize=False,
        to="record.entry",
    )


class Migration(migrations.Migration):
    dependencies = [("team", "0004_plan")]
    operations = [
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("entry", _entry()),
                ("who", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("answer_by", models.DateField()),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="ReferralWord",
            fields=[
                ("entry", _entry()),
                ("state", models.CharField(max_length=20)),
                ("text", models.TextField(blank=True)),
            ],
            options={"abstract": False},
        ),
        *append_only(*NEW),
        *read_with_their_entries(*NEW),
    ]
