"""Lets no temporary type of a caller stand in for one of PostgreSQL's in the trail's functions."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0002_look_up_types_in_the_catalogue.sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_open_the_trail")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
