"""Lists and counts follow the visibility of proposals, which is apart from their state."""

from django.db import migrations

FOLLOW_VISIBILITY = """
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
DROP TRIGGER follow_update ON proposals_proposal;
CREATE TRIGGER follow_update
  AFTER UPDATE OF state, district_id, area_id, published_at, visibility ON proposals_proposal
  FOR EACH ROW EXECUTE FUNCTION proposals_follow_proposal();

CREATE OR REPLACE FUNCTION proposals_count_proposals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') AND OLD.visible THEN
    UPDATE proposals_proposalcount SET n = n - 1
      WHERE district_id = coalesce(OLD.district_id, 0) AND area_id = coalesce(OLD.area_id, 0)
        AND state = OLD.state;
  END IF;
  IF TG_OP IN ('UPDATE', 'INSERT') AND NEW.visible THEN
    INSERT INTO proposals_proposalcount (district_id, area_id, state, n)
      VALUES (coalesce(NEW.district_id, 0), coalesce(NEW.area_id, 0), NEW.state, 1)
    ON CONFLICT (district_id, area_id, state) DO UPDATE SET n = proposals_proposalcount.n + 1;
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER count_moves ON proposals_proposalstat;
CREATE TRIGGER count_moves
  AFTER UPDATE OF district_id, area_id, state, visible ON proposals_proposalstat FOR EACH ROW
  WHEN ((OLD.district_id, OLD.area_id, OLD.state, OLD.visible)
        IS DISTINCT FROM (NEW.district_id, NEW.area_id, NEW.state, NEW.visible))
  EXECUTE FUNCTION proposals_count_proposals();
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0004_prepare_for_depth")]

    operations = [migrations.RunSQL(FOLLOW_VISIBILITY, migrations.RunSQL.noop)]
