"""Drops an index of the supports that the primary key makes needless: it cost every click."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0012_know_the_author")]

    operations = [
        migrations.AlterField(
            model_name="support",
            name="proposal",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="supports",
                to="proposals.proposal",
            ),
        ),
    ]
