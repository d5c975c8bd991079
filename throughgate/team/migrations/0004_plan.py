"""Why, when it is hard, what is missing, who does what: what a plan holds beside goals."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT

from throughgate.foundation.append_only import append_only
from throughgate.record.guards import read_with_their_entries

NEW = ("team_reason", "team_hardday", "team_unmet", "team_outside", "team_meetingwish")


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
    dependencies = [("record", "0010_forms_of_the_person"), ("team", "0003_read_by_leave")]
    operations = [
        migrations.CreateModel(
            name="Reason",
            fields=[
                ("entry", _entry()),
                ("reason", models.CharField(max_length=20)),
                ("text", models.TextField(blank=True)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="HardDay",
            fields=[
                ("entry", _entry()),
                ("falls_on", models.DateField()),
                ("is_yearly", models.BooleanField()),
                ("text", models.TextField()),
                ("helps", models.TextField(blank=True)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Unmet",
            fields=[
                ("entry", _entry()),
                ("place", models.CharField(max_length=200)),
                ("text", models.TextField()),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Outside",
            fields=[
                ("entry", _entry()),
                ("holds", models.BooleanField()),
                ("name", models.CharField(max_length=200)),
                ("works_for", models.CharField(blank=True, max_length=200)),
                ("reach", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("agreed", models.CharField(blank=True, max_length=20)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="MeetingWish",
            fields=[
                ("entry", _entry()),
                ("setting", models.CharField(max_length=20)),
                ("worker", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
            ],
            options={"abstract": False},
        ),
        migrations.AddField("goal", "agreed", models.CharField(blank=True, max_length=20)),
        migrations.AddField("goal", "reason", models.CharField(blank=True, max_length=120)),
        migrations.AddField("task", "serves", models.CharField(blank=True, max_length=120)),
        migrations.AddField("task", "who", models.CharField(blank=True, max_length=200)),
        migrations.AlterField("task", "post", models.UUIDField(null=True)),
        migrations.AddIndex("lead", models.Index(fields=["post"], name="leads_of_a_post")),
        *append_only(*NEW),
        *read_with_their_entries(*NEW),
    ]
