from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notify", "0001_squashed_0002_preferences_and_stopped_addresses"),
    ]

    operations = [
        # Words only: no table changes, so that no model is drawn anew for them.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="outboxmessage",
                    name="how",
                    field=models.CharField(
                        choices=[
                            ("now", "By email at once"),
                            ("daily", "In one email a day"),
                            ("service", "Only in the service"),
                        ],
                        default="now",
                        max_length=7,
                    ),
                ),
                migrations.AlterField(
                    model_name="preference",
                    name="how",
                    field=models.CharField(
                        choices=[
                            ("now", "By email at once"),
                            ("daily", "In one email a day"),
                            ("service", "Only in the service"),
                        ],
                        max_length=7,
                    ),
                ),
            ],
        ),
    ]
