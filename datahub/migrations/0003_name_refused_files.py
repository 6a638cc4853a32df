"""Files are refused for their content too: the last stage is called by what both share."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("datahub", "0002_govern_and_freeze")]

    operations = [
        migrations.AlterField(
            model_name="version",
            name="stage",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting to be read"),
                    ("reading", "Being read"),
                    ("ready", "Ready"),
                    ("failed", "Not taken"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
    ]
