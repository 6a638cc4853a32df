"""What is followed is matched by the pairs of letters that the index of the search knows."""

import django.contrib.postgres.fields
from django.db import migrations, models

from portal.search.terms import parse


def read_words(apps, schema_editor):
    """Keep what a text must have to hold the words of each watch."""
    alias = schema_editor.connection.alias
    watches = apps.get_model("following", "Watch").objects.using(alias)
    for watch in watches.exclude(words="").only("words").iterator():
        query = parse(watch.words)
        watches.filter(pk=watch.pk).update(pairs=query.codes, patterns=query.patterns)


class Migration(migrations.Migration):
    dependencies = [
        ("following", "0003_follow_a_call"),
        ("search", "0002_narrow_the_index"),
    ]

    operations = [
        migrations.RemoveField(model_name="watch", name="sought"),
        migrations.AddField(
            model_name="watch",
            name="pairs",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(), blank=True, default=list, editable=False, size=None
            ),
        ),
        migrations.AddField(
            model_name="watch",
            name="patterns",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), blank=True, default=list, editable=False, size=None
            ),
        ),
        migrations.RunPython(read_words, migrations.RunPython.noop, elidable=True),
    ]
