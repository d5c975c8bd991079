import django.db.models.deletion
from django.db import migrations, models

# What people say of themselves began in their book, which stands on a floor where packs cannot read it.
RENAME = """
ALTER TABLE {before} RENAME TO {after};
ALTER TABLE {after} RENAME CONSTRAINT {before}_pkey TO {after}_pkey;
ALTER TRIGGER {before}_rows_stay ON {after} RENAME TO {after}_rows_stay;
ALTER TRIGGER {before}_is_never_emptied ON {after} RENAME TO {after}_is_never_emptied;
"""
TABLES = ("ownwords", "help", "safecontact")


def renamed(table: str) -> migrations.RunSQL:
    old, new = f"book_{table}", f"story_{table}"
    return migrations.RunSQL(RENAME.format(before=old, after=new), RENAME.format(before=new, after=old))


def entry() -> tuple[str, models.Field]:
    return (
        "entry",
        models.OneToOneField(
            db_constraint=False,
            on_delete=django.db.models.deletion.PROTECT,
            primary_key=True,
            related_name="+",
            serialize=False,
            to="record.entry",
        ),
    )


class Migration(migrations.Migration):
    initial = True
    dependencies = [("book", "0005_more_guards"), ("record", "0010_forms_of_the_person")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[renamed(table) for table in TABLES],
            state_operations=[
                migrations.CreateModel(
                    name="OwnWords",
                    fields=[
                        entry(),
                        ("text", models.TextField()),
                        ("with_helper", models.BooleanField(default=False)),
                    ],
                    options={"abstract": False},
                ),
                migrations.CreateModel(
                    name="Help",
                    fields=[
                        entry(),
                        ("holds", models.BooleanField(default=True)),
                        ("name", models.CharField(max_length=200)),
                        ("reach", models.CharField(blank=True, max_length=200)),
                        ("text", models.TextField(blank=True)),
                        ("with_helper", models.BooleanField(default=False)),
                    ],
                    options={"abstract": False},
                ),
                migrations.CreateModel(
                    name="SafeContact",
                    fields=[
                        entry(),
                        ("is_safe", models.BooleanField(default=True)),
                        ("reach", models.CharField(blank=True, max_length=200)),
                        ("text", models.TextField(blank=True)),
                        ("with_helper", models.BooleanField(default=False)),
                    ],
                    options={"abstract": False},
                ),
            ],
        )
    ]
