import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_each_index_once"),
        ("staff", "0002_guards"),
        ("record", "0012_answers_that_wait"),
    ]
    operations = [
        migrations.RemoveConstraint(
            model_name="formdraft", name="one_draft_of_a_form_for_each_hat_and_person"
        ),
        migrations.AlterField(
            model_name="formdraft",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AlterField(
            model_name="formdraft",
            name="post",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.post",
            ),
        ),
        migrations.AlterField(model_name="formdraft", name="what", field=models.CharField(max_length=80)),
        migrations.AddConstraint(
            model_name="formdraft",
            constraint=models.UniqueConstraint(
                fields=("person", "what", "post"),
                name="one_draft_of_a_form_for_each_hat_and_person",
                nulls_distinct=False,
            ),
        ),
    ]
