"""Opens the index: documents with their three text vectors, and good statistics for them."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

# The planner must tell rare words from common ones, or it walks by date and filters.
FINE = [
    f"ALTER TABLE search_document ALTER {column} SET STATISTICS 2000" for column in ("m", "b", "title_b")
]
DEFAULT = [
    f"ALTER TABLE search_document ALTER {column} SET STATISTICS -1" for column in ("m", "b", "title_b")
]


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("object_id", models.CharField(max_length=64)),
                ("title", models.TextField()),
                ("body", models.TextField(blank=True)),
                ("url", models.CharField(max_length=500)),
                ("language", models.CharField(default="ko", max_length=8)),
                ("m", django.contrib.postgres.search.SearchVectorField()),
                ("b", django.contrib.postgres.search.SearchVectorField()),
                ("title_b", django.contrib.postgres.search.SearchVectorField()),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["m"], name="document_morphemes"),
                    django.contrib.postgres.indexes.GinIndex(fields=["b"], name="document_pairs"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title_b"], name="document_title_pairs"
                    ),
                    models.Index(fields=["-created_at", "-id"], name="document_newest"),
                    models.Index(
                        fields=["kind", "-created_at", "-id"], name="document_newest_of_kind"
                    ),
                    models.Index(fields=["kind", "updated_at"], name="document_last_of_kind"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "object_id"), name="one_document_per_thing"
                    )
                ],
            },
        ),
        migrations.RunSQL(FINE, DEFAULT),
    ]
