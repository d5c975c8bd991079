import django.db.models.deletion
from django.db import migrations, models

from throughgate.foundation.append_only import append_only


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("foundation", "0001_roles_and_refusal"),
        ("record", "0007_drafts_may_change"),
    ]

    operations = [
        migrations.CreateModel(
            name="Choice",
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
                ("towards", models.UUIDField(null=True)),
                ("topic", models.CharField(blank=True, max_length=30)),
                ("purpose", models.CharField(blank=True, max_length=30)),
                ("answer", models.CharField(max_length=10)),
                ("expires_on", models.DateField(null=True)),
                ("place", models.CharField(max_length=20)),
                ("state", models.CharField(max_length=20)),
                ("way", models.CharField(max_length=20)),
                ("present", models.CharField(blank=True, max_length=200)),
                ("ask_again_on", models.DateField(null=True)),
                ("text", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LimitedRecord",
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
                ("workers", models.JSONField(default=list)),
                ("organisations", models.JSONField(default=list)),
                ("text", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MustNotKnow",
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
                ("holds", models.BooleanField()),
                ("worker", models.UUIDField(null=True)),
                ("organisation", models.UUIDField(null=True)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProtectedAddress",
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
                ("text", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TrustedPerson",
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
                ("holds", models.BooleanField()),
                ("name", models.CharField(max_length=200)),
                ("relation", models.CharField(blank=True, max_length=200)),
                ("reach", models.CharField(blank=True, max_length=200)),
                ("may_be_told", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        *append_only(
            "sharing_choice",
            "sharing_limitedrecord",
            "sharing_mustnotknow",
            "sharing_protectedaddress",
            "sharing_trustedperson",
        ),
    ]
