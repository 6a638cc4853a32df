"""Supports wait as clicks for the fold, instead of raising one of a proposal's shards."""

from django.db import migrations, models

import portal.proposals.models.counts

COUNT_WHAT_WAITS = """
UPDATE proposals_proposalstat stat SET support_count = stat.support_count + summed.n
  FROM (SELECT proposal_id, sum(n)::int AS n FROM proposals_supportshard GROUP BY 1) summed
 WHERE summed.proposal_id = stat.proposal_id;
"""
FOLLOW_PROPOSAL = """
CREATE OR REPLACE FUNCTION proposals_follow_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'draft' THEN
    INSERT INTO proposals_proposalstat (proposal_id, district_id, area_id, state, published_at, support_count)
      VALUES (NEW.id, NEW.district_id, NEW.area_id, NEW.state, NEW.published_at, 0)
    ON CONFLICT (proposal_id) DO UPDATE
      SET district_id = excluded.district_id, area_id = excluded.area_id,
          state = excluded.state, published_at = excluded.published_at;
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0002_keep_counts_and_govern")]

    operations = [
        migrations.CreateModel(
            name="SupportClick",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "proposal_id",
                        "clicked_at",
                        "person_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("proposal_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField()),
                (
                    "clicked_at",
                    models.DateTimeField(
                        db_default=portal.proposals.models.counts.ClockTimestamp()
                    ),
                ),
                ("change", models.SmallIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(change__in=(1, -1)), name="click_adds_or_takes_one"
                    )
                ]
            },
        ),
        migrations.RunSQL(COUNT_WHAT_WAITS, migrations.RunSQL.noop),
        migrations.DeleteModel("SupportShard"),
        migrations.RunSQL(FOLLOW_PROPOSAL, migrations.RunSQL.noop),
        migrations.RemoveField("proposalstat", "shards"),
    ]
