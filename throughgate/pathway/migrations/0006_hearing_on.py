from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pathway", "0005_words_on_steps_guard")]
    operations = [
        migrations.AddField(model_name="plan", name="hearing_on", field=models.DateField(null=True)),
    ]
