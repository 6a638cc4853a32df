"""Authors do not support their own proposals from a second account."""

from django.db import migrations, models

KNOW = """
CREATE OR REPLACE FUNCTION proposals_follow_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'draft' THEN
    INSERT INTO proposals_proposalstat
      (proposal_id, district_id, area_id, state, published_at, support_count, visible, author_hash)
      VALUES (NEW.id, NEW.district_id, NEW.area_id, NEW.state, NEW.published_at, 0,
              NEW.visibility = 'public',
              (SELECT person_hash FROM identity_verification
                WHERE user_id = NEW.author_id AND ended_at IS NULL AND expires_at > now()))
    ON CONFLICT (proposal_id) DO UPDATE
      SET district_id = excluded.district_id, area_id = excluded.area_id, state = excluded.state,
          published_at = excluded.published_at, visible = excluded.visible;
  END IF;
  RETURN NULL;
END $$;
UPDATE proposals_proposalstat stat SET author_hash = known.person_hash
  FROM proposals_proposal proposal JOIN identity_verification known
    ON known.user_id = proposal.author_id AND known.ended_at IS NULL AND known.expires_at > now()
 WHERE stat.proposal_id = proposal.id;
"""
WITHOUT = """
CREATE OR REPLACE FUNCTION proposals_follow_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'draft' THEN
    INSERT INTO proposals_proposalstat
      (proposal_id, district_id, area_id, state, published_at, support_count, visible)
      VALUES (NEW.id, NEW.district_id, NEW.area_id, NEW.state, NEW.published_at, 0,
              NEW.visibility = 'public')
    ON CONFLICT (proposal_id) DO UPDATE
      SET district_id = excluded.district_id, area_id = excluded.area_id, state = excluded.state,
          published_at = excluded.published_at, visible = excluded.visible;
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0011_follow_in_a_rhythm"),
        ("identity", "0001_keep_hashes_of_people"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposalstat",
            name="author_hash",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.RunSQL(KNOW, WITHOUT),
    ]
