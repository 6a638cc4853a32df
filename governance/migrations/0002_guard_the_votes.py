"""Lets the database check and keep the votes, and govern motions, meetings and votes."""

from pathlib import Path

from django.db import migrations

from portal.audit.governed import GovernTable

SQL = Path(__file__).parent / "sql" / "votes.sql"
UNDO = """
    DROP TRIGGER minutes_00_signed ON governance_minutes;
    DROP TRIGGER vote_00_append_only ON governance_vote;
    DROP FUNCTION governance_refuse;
    DROP TRIGGER vote_10_check ON governance_vote;
    DROP FUNCTION governance_vote_before_insert;
    ALTER TABLE governance_vote DROP CONSTRAINT votes_are_the_members_own;
    ALTER TABLE governance_seat DROP CONSTRAINT seat_with_its_member;
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_open_the_councils"), ("audit", "0001_open_the_trail")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), UNDO),
        GovernTable("governance_meeting", "governance.meeting"),
        GovernTable("governance_motion", "governance.motion"),
        # All votes on one motion share a subject; a vote without an act cannot be committed.
        GovernTable("governance_vote", "governance.vote", pk="motion_id"),
    ]
