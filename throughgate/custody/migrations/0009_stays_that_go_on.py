from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("custody", "0008_read_by_leave")]

    operations = [
        migrations.RemoveIndex(model_name="stay", name="people_in_a_prison"),
        migrations.RemoveIndex(model_name="stay", name="stays_of_a_person"),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(fields=["person", "starts_on"], include=["ends_on"], name="stays_of_a_person"),
        ),
    ]
