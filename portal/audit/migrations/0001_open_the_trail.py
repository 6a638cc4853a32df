"""Opens the trail: schema ``audit`` with its tables, triggers and rights."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parent / "sql" / "0001_open_the_trail.sql"


class Migration(migrations.Migration):
    initial = True

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), "DROP SCHEMA audit CASCADE"),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField()),
                ("leaf_data", models.TextField()),
                ("leaf_hash", models.BinaryField()),
                ("uid", models.UUIDField(db_column="act_uid")),
                ("verb", models.TextField()),
                ("subject", models.TextField()),
                ("subject_seq", models.BigIntegerField(null=True)),
            ],
            options={
                "verbose_name": "act",
                "verbose_name_plural": "acts",
                "db_table": '"audit"."act"',
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="ActPrivate",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "act_uid", "field", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("act_uid", models.UUIDField()),
                ("field", models.TextField()),
                ("salt", models.BinaryField()),
                ("value", models.BinaryField()),
                ("person_ref", models.UUIDField(null=True)),
            ],
            options={"db_table": '"audit"."act_private"', "managed": False},
        ),
        migrations.CreateModel(
            name="Pending",
            fields=[("act_id", models.BigIntegerField(primary_key=True, serialize=False))],
            options={"db_table": '"audit"."pending"', "managed": False},
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("leaf_index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("leaf_hash", models.BinaryField()),
                (
                    "act",
                    models.OneToOneField(
                        db_column="act_id",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="leaf",
                        to="audit.act",
                    ),
                ),
            ],
            options={"db_table": '"audit"."leaf"', "managed": False},
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("tree_size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("root", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
                ("checkpoint", models.TextField()),
                ("vkey", models.TextField()),
            ],
            options={"db_table": '"audit"."head"', "managed": False},
        ),
    ]
