import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0004_no_constraint_the_door_keeps")]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="episode",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="record.episode",
            ),
        ),
    ]
