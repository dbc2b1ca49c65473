from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_squashed_0002_people_and_places"),
    ]

    operations = [
        # Words only: no table changes, so that no model is drawn anew for them.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="invitation",
                    name="email",
                    field=models.EmailField(max_length=254, verbose_name="email address"),
                ),
                migrations.AlterField(
                    model_name="joinrequest",
                    name="email",
                    field=models.EmailField(max_length=254, verbose_name="email address"),
                ),
            ],
        ),
    ]
