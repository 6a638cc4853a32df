"""Whether a member of a jury is an official: known of those seated before by their posts."""

from django.db import migrations, models

KNOW = """
UPDATE calls_juror SET is_official = true
 WHERE person_id IN (
   SELECT user_id FROM accounts_appointment
    WHERE role IN ('official', 'approver', 'clerk', 'council_secretary', 'auditor', 'moderator',
                   'operator')
      AND revoked_at IS NULL AND starts_on <= CURRENT_DATE
      AND (ends_on IS NULL OR ends_on >= CURRENT_DATE))
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('calls', '0004_tell_proposals_their_call'),
    ]

    operations = [
        migrations.AddField(
            model_name='juror',
            name='is_official',
            field=models.BooleanField(default=False),
        ),
        migrations.RunSQL(KNOW, migrations.RunSQL.noop),
    ]
