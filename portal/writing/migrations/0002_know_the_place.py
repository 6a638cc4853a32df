"""Versions know the place beside the text; until now a published point could not change."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

TAKE_OVER = """
UPDATE writing_proposalversion version
   SET district_id = proposal.district_id, latitude = proposal.latitude,
       longitude = proposal.longitude
  FROM proposals_proposal proposal
 WHERE proposal.id = version.proposal_id
   AND (proposal.district_id IS NOT NULL OR proposal.latitude IS NOT NULL)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("writing", "0001_open_the_writing"),
        ("proposals", "0013_drop_a_second_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposalversion",
            name="district",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="proposals.district",
            ),
        ),
        migrations.AddField("proposalversion", "latitude", models.FloatField(null=True)),
        migrations.AddField("proposalversion", "longitude", models.FloatField(null=True)),
        migrations.AddConstraint(
            model_name="proposalversion",
            constraint=models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="points_of_versions_are_whole",
            ),
        ),
        migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop),
    ]
