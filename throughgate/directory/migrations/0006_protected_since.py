from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_the_person")]
    operations = [
        migrations.AddField(model_name="place", name="protected_at", field=models.DateTimeField(null=True)),
    ]
