from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_squashed_0002_sign_in_failures"),
    ]

    operations = [
        # Words only: no table changes, so that no model is drawn anew for them.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="signinfailure",
                    name="way",
                    field=models.CharField(
                        choices=[
                            ("password", "Wrong password"),
                            ("code", "Wrong code from an email"),
                            ("factor", "Wrong second step"),
                        ],
                        max_length=20,
                    ),
                ),
                migrations.AlterField(
                    model_name="user",
                    name="email",
                    field=models.EmailField(
                        max_length=254, unique=True, verbose_name="email address"
                    ),
                ),
            ],
        ),
    ]
