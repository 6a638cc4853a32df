"""Which call a proposal answered, and numbers per call that the database keeps."""

from django.db import migrations, models
from django.db.models import Q

COUNTS = """
CREATE TABLE proposals_callcount (
  call_id bigint NOT NULL, department_id bigint NOT NULL, district_id bigint NOT NULL,
  area_id bigint NOT NULL, state varchar(20) NOT NULL, n integer NOT NULL,
  CONSTRAINT one_count_each_call
    PRIMARY KEY (call_id, department_id, district_id, area_id, state));

CREATE FUNCTION proposals_count_of_call(one proposals_proposal, change integer)
RETURNS void LANGUAGE sql AS $$
  INSERT INTO proposals_callcount AS counted
    (call_id, department_id, district_id, area_id, state, n)
  SELECT one.call_id, coalesce(one.department_id, 0), coalesce(one.district_id, 0),
         coalesce(one.area_id, 0), one.state, change
   WHERE one.call_id IS NOT NULL AND one.state <> 'draft' AND one.visibility = 'public'
  ON CONFLICT (call_id, department_id, district_id, area_id, state)
  DO UPDATE SET n = counted.n + excluded.n
$$;

CREATE FUNCTION proposals_count_calls() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') THEN
    PERFORM proposals_count_of_call(OLD, -1);
  END IF;
  IF TG_OP IN ('UPDATE', 'INSERT') THEN
    PERFORM proposals_count_of_call(NEW, 1);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_call_new AFTER INSERT ON proposals_proposal
  FOR EACH ROW WHEN (NEW.call_id IS NOT NULL) EXECUTE FUNCTION proposals_count_calls();
CREATE TRIGGER count_call_gone AFTER DELETE ON proposals_proposal
  FOR EACH ROW WHEN (OLD.call_id IS NOT NULL) EXECUTE FUNCTION proposals_count_calls();
CREATE TRIGGER count_call_moves
  AFTER UPDATE OF state, district_id, area_id, department_id, visibility, call_id
  ON proposals_proposal FOR EACH ROW
  WHEN ((OLD.call_id IS NOT NULL OR NEW.call_id IS NOT NULL)
        AND (OLD.state, OLD.district_id, OLD.area_id, OLD.department_id, OLD.visibility,
             OLD.call_id)
            IS DISTINCT FROM (NEW.state, NEW.district_id, NEW.area_id, NEW.department_id,
                              NEW.visibility, NEW.call_id))
  EXECUTE FUNCTION proposals_count_calls();
"""
NO_COUNTS = """
DROP TRIGGER count_call_new ON proposals_proposal;
DROP TRIGGER count_call_gone ON proposals_proposal;
DROP TRIGGER count_call_moves ON proposals_proposal;
DROP FUNCTION proposals_count_calls();
DROP FUNCTION proposals_count_of_call(proposals_proposal, integer);
DROP TABLE proposals_callcount;
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0009_whole_points")]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="call_id",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=Q(call_id__isnull=False), fields=["call_id"], name="proposal_of_call"
            ),
        ),
        migrations.RunSQL(COUNTS, NO_COUNTS),
    ]
