from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pathway", "0002_guards")]
    operations = [
        migrations.AddField(model_name="plan", name="seen_on", field=models.DateField(null=True)),
    ]
