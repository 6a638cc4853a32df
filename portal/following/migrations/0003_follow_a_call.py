"""People follow what is proposed to a call for ideas."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("following", "0002_keep_what_people_follow"),
        ("proposals", "0010_know_the_call"),
    ]

    operations = [
        migrations.AddField(
            model_name="watch",
            name="call_id",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="call for ideas"),
        ),
    ]
