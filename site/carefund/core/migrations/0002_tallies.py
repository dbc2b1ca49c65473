from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[
                            ("bids", "Bids"),
                            ("claims", "Claims"),
                            ("milestones", "Milestones"),
                            ("returns", "Returns"),
                        ],
                        max_length=10,
                    ),
                ),
                ("scope", models.BigIntegerField()),
                ("state", models.CharField(max_length=30)),
                ("number", models.IntegerField()),
                ("pence", models.BigIntegerField()),
            ],
            options={
                "verbose_name_plural": "tallies",
            },
        ),
    ]
