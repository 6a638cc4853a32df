"""Titles from earlier systems are longer than what the form takes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0005_count_the_visible")]

    operations = [
        migrations.AlterField(
            model_name="proposal",
            name="title",
            field=models.CharField(max_length=200, verbose_name="title"),
        )
    ]
