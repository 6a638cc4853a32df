"""Waiting clicks lose their index: it cost every click, and hardly anything reads by it.

Copying a database by logical replication needs to know a row without its key: by all of it.
"""

from django.db import migrations

WITHOUT = """
ALTER TABLE proposals_supportclick DROP CONSTRAINT proposals_supportclick_pkey;
ALTER TABLE proposals_supportclick REPLICA IDENTITY FULL;
"""
WITH = """
ALTER TABLE proposals_supportclick REPLICA IDENTITY DEFAULT;
ALTER TABLE proposals_supportclick
  ADD CONSTRAINT proposals_supportclick_pkey PRIMARY KEY (proposal_id, clicked_at, person_id);
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0014_outline_districts")]

    operations = [migrations.RunSQL(WITHOUT, WITH)]
