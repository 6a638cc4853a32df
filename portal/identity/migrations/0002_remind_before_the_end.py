"""People are told once before their verification ends."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_keep_hashes_of_people")]

    operations = [
        migrations.AddField(
            model_name="verification",
            name="reminded_at",
            field=models.DateTimeField(null=True),
        ),
    ]
