"""Lets nobody write an act that two readers could read differently."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0003_take_only_well_formed_acts.sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_look_up_types_in_the_catalogue")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
