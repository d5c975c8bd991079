from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("team", "0005_referrals")]

    operations = [
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["post"], name="teams_of_a_post"),
        ),
    ]
