from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_each_index_once")]

    operations = [
        migrations.AddField(model_name="importrun", name="columns", field=models.JSONField(null=True)),
    ]
