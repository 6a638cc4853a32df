"""Indexes for the orders of the list, and numbers per department that the database keeps."""

from django.db import migrations

INDEXES = """
CREATE INDEX proposal_nearly_due ON proposals_proposal (due_on, id)
  WHERE state IN ('answer_due', 'prelim_review', 'dept_review');
CREATE INDEX proposal_lately_answered ON proposals_proposal (decided_at DESC, id DESC)
  WHERE decided_at IS NOT NULL;
CREATE INDEX proposal_with_point ON proposals_proposal (latitude, longitude)
  WHERE latitude IS NOT NULL;
"""
NO_INDEXES = """
DROP INDEX proposal_nearly_due;
DROP INDEX proposal_lately_answered;
DROP INDEX proposal_with_point;
"""

COUNTS = """
CREATE TABLE proposals_departmentcount (
  department_id bigint NOT NULL, district_id bigint NOT NULL, area_id bigint NOT NULL,
  state varchar(20) NOT NULL, n integer NOT NULL,
  CONSTRAINT one_count_each_department PRIMARY KEY (department_id, district_id, area_id, state));

CREATE FUNCTION proposals_count_of_department(one proposals_proposal, change integer)
RETURNS void LANGUAGE sql AS $$
  INSERT INTO proposals_departmentcount AS counted (department_id, district_id, area_id, state, n)
  SELECT one.department_id, coalesce(one.district_id, 0), coalesce(one.area_id, 0), one.state, change
   WHERE one.department_id IS NOT NULL AND one.state <> 'draft' AND one.visibility = 'public'
  ON CONFLICT (department_id, district_id, area_id, state) DO UPDATE SET n = counted.n + excluded.n
$$;

CREATE FUNCTION proposals_count_departments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') THEN
    PERFORM proposals_count_of_department(OLD, -1);
  END IF;
  IF TG_OP IN ('UPDATE', 'INSERT') THEN
    PERFORM proposals_count_of_department(NEW, 1);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_department AFTER INSERT OR DELETE ON proposals_proposal
  FOR EACH ROW EXECUTE FUNCTION proposals_count_departments();
CREATE TRIGGER count_department_moves
  AFTER UPDATE OF state, district_id, area_id, department_id, visibility ON proposals_proposal
  FOR EACH ROW
  WHEN ((OLD.state, OLD.district_id, OLD.area_id, OLD.department_id, OLD.visibility)
        IS DISTINCT FROM (NEW.state, NEW.district_id, NEW.area_id, NEW.department_id, NEW.visibility))
  EXECUTE FUNCTION proposals_count_departments();

-- Count everything anew; for what was loaded past the triggers.
CREATE FUNCTION proposals_recount_departments() RETURNS void LANGUAGE sql AS $$
  LOCK TABLE proposals_departmentcount IN EXCLUSIVE MODE;
  DELETE FROM proposals_departmentcount;
  INSERT INTO proposals_departmentcount (department_id, district_id, area_id, state, n)
  SELECT department_id, coalesce(district_id, 0), coalesce(area_id, 0), state, count(*)
    FROM proposals_proposal
   WHERE department_id IS NOT NULL AND state <> 'draft' AND visibility = 'public'
   GROUP BY 1, 2, 3, 4;
$$;
SELECT proposals_recount_departments();
"""
NO_COUNTS = """
DROP TRIGGER count_department ON proposals_proposal;
DROP TRIGGER count_department_moves ON proposals_proposal;
DROP FUNCTION proposals_recount_departments();
DROP FUNCTION proposals_count_departments();
DROP FUNCTION proposals_count_of_department(proposals_proposal, integer);
DROP TABLE proposals_departmentcount;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("proposals", "0005_count_the_visible")]

    operations = [
        migrations.RunSQL(INDEXES, NO_INDEXES),
        migrations.RunSQL(COUNTS, NO_COUNTS),
    ]
