"""Counts that the database keeps by itself, and no change of a proposal without an act."""

from django.db import migrations

from portal.audit.governed import GovernTable

FOLLOW_PROPOSAL = """
CREATE FUNCTION proposals_follow_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'draft' THEN
    INSERT INTO proposals_proposalstat (proposal_id, district_id, area_id, state, published_at, support_count, shards)
      VALUES (NEW.id, NEW.district_id, NEW.area_id, NEW.state, NEW.published_at, 0, 1)
    ON CONFLICT (proposal_id) DO UPDATE
      SET district_id = excluded.district_id, area_id = excluded.area_id,
          state = excluded.state, published_at = excluded.published_at;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER follow_insert AFTER INSERT ON proposals_proposal
  FOR EACH ROW EXECUTE FUNCTION proposals_follow_proposal();
CREATE TRIGGER follow_update AFTER UPDATE OF state, district_id, area_id, published_at ON proposals_proposal
  FOR EACH ROW EXECUTE FUNCTION proposals_follow_proposal();

CREATE FUNCTION proposals_count_proposals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') THEN
    UPDATE proposals_proposalcount SET n = n - 1
      WHERE district_id = coalesce(OLD.district_id, 0) AND area_id = coalesce(OLD.area_id, 0)
        AND state = OLD.state;
  END IF;
  IF TG_OP IN ('UPDATE', 'INSERT') THEN
    INSERT INTO proposals_proposalcount (district_id, area_id, state, n)
      VALUES (coalesce(NEW.district_id, 0), coalesce(NEW.area_id, 0), NEW.state, 1)
    ON CONFLICT (district_id, area_id, state) DO UPDATE SET n = proposals_proposalcount.n + 1;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_rows AFTER INSERT OR DELETE ON proposals_proposalstat
  FOR EACH ROW EXECUTE FUNCTION proposals_count_proposals();
CREATE TRIGGER count_moves AFTER UPDATE OF district_id, area_id, state ON proposals_proposalstat
  FOR EACH ROW WHEN ((OLD.district_id, OLD.area_id, OLD.state) IS DISTINCT FROM (NEW.district_id, NEW.area_id, NEW.state))
  EXECUTE FUNCTION proposals_count_proposals();

-- Room on the page for the next version of a row, so that a count changes without new index entries.
ALTER TABLE proposals_proposalstat SET (fillfactor = 50);
ALTER TABLE proposals_supportshard SET (fillfactor = 50);
"""

FORGET = """
DROP TRIGGER follow_insert ON proposals_proposal;
DROP TRIGGER follow_update ON proposals_proposal;
DROP TRIGGER count_rows ON proposals_proposalstat;
DROP TRIGGER count_moves ON proposals_proposalstat;
DROP FUNCTION proposals_follow_proposal();
DROP FUNCTION proposals_count_proposals();
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial"), ("audit", "0001_open_the_trail")]

    operations = [
        migrations.RunSQL(FOLLOW_PROPOSAL, FORGET),
        GovernTable("proposals_proposal", "proposals.proposal"),
    ]
