"""Splits the index: documents with their texts, and narrow entries that are counted fast.

The documents are all read from their sources again, so nothing has to be carried over.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

EMPTY = "DELETE FROM search_document"
# The planner must tell rare pairs and stems from common ones, or it walks by date and filters.
FINE = [
    "ALTER TABLE search_document ALTER title_pairs SET STATISTICS 2000",
    "ALTER TABLE search_entry ALTER pairs SET STATISTICS 2000",
]
DEFAULT = [
    "ALTER TABLE search_document ALTER title_pairs SET STATISTICS -1",
    "ALTER TABLE search_entry ALTER pairs SET STATISTICS -1",
]


class Migration(migrations.Migration):
    dependencies = [("search", "0001_open_the_index")]

    operations = [
        migrations.RunSQL(EMPTY, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="document", name="document_pairs"),
        migrations.RemoveIndex(model_name="document", name="document_title_pairs"),
        migrations.RemoveIndex(model_name="document", name="document_newest"),
        migrations.RemoveIndex(model_name="document", name="document_newest_of_kind"),
        migrations.RemoveField(model_name="document", name="b"),
        migrations.RemoveField(model_name="document", name="title_b"),
        migrations.AddField(
            model_name="document",
            name="title_pairs",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(), default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["title_pairs"], name="document_title_pairs"
            ),
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                (
                    "key",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
            ],
            options={
                "verbose_name": "counting cell",
                "verbose_name_plural": "counting cells",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="one_cell_per_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="search.document",
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("thing", models.BigIntegerField(null=True)),
                (
                    "cell",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="search.cell",
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "pairs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
            ],
            options={
                "verbose_name": "index entry",
                "verbose_name_plural": "index entries",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["pairs"], name="entry_pairs"),
                    models.Index(fields=["-created_at", "-document"], name="entry_newest"),
                    models.Index(fields=["kind", "thing"], name="entry_of_thing"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommonWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("word", models.CharField(max_length=60)),
            ],
            options={
                "verbose_name": "common word",
                "verbose_name_plural": "common words",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "word"), name="one_row_per_word")
                ],
            },
        ),
        migrations.CreateModel(
            name="WordCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "word",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counts",
                        to="search.commonword",
                    ),
                ),
                (
                    "cell",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="search.cell",
                    ),
                ),
                ("n", models.IntegerField()),
            ],
            options={
                "verbose_name": "count of a word",
                "verbose_name_plural": "counts of words",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("word", "cell"), name="one_count_per_word_and_cell"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("n__gte", 0)), name="words_are_not_owed"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FINE, DEFAULT),
    ]
