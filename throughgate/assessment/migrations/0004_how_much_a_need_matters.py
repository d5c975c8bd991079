from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessment", "0003_read_by_leave")]
    operations = [
        migrations.AddField(
            model_name="need",
            name="matters",
            field=models.CharField(blank=True, max_length=10),
        ),
    ]
