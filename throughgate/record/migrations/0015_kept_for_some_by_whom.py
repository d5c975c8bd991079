from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0014_settings_asked_where_they_matter")]
    operations = [
        migrations.AddIndex(
            "entry",
            models.Index(
                condition=models.Q(only_for__isnull=False),
                fields=["recorded_by", "recorded_at"],
                name="entries_a_worker_kept_for_some",
            ),
        ),
    ]
