from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0006_answers_that_wait")]

    operations = [
        migrations.RemoveIndex(model_name="relationship", name="people_of_an_organisation"),
        migrations.AddIndex(
            model_name="relationship",
            index=models.Index(
                fields=["organisation", "person"],
                include=["opened_on", "closed_on"],
                name="people_of_an_organisation",
            ),
        ),
    ]
