from django.db import migrations


class Migration(migrations.Migration):
    """The tables are those of `story` by now: nothing is left to drop."""

    dependencies = [("book", "0005_more_guards"), ("story", "0001_tables")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="OwnWords"),
                migrations.DeleteModel(name="Help"),
                migrations.DeleteModel(name="SafeContact"),
            ]
        )
    ]
