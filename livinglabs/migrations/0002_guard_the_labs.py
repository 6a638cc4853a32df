"""No change of a lab without an act, no running lab without a mandate, no evidence changed."""

from django.db import migrations

from portal.audit.governed import GovernTable

# Written by the database as well, so that no code path starts what no council decided.
MANDATE = """
CREATE FUNCTION livinglabs_require_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('running', 'completed') AND NOT EXISTS (
    SELECT FROM governance_motion WHERE id = NEW.mandate_id AND state = 'carried'
  ) THEN
    RAISE EXCEPTION 'livinglabs: lab % has no carried mandate', NEW.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lab_requires_mandate BEFORE INSERT OR UPDATE OF state, mandate_id ON livinglabs_lab
  FOR EACH ROW EXECUTE FUNCTION livinglabs_require_mandate();
"""
NO_MANDATE = """
DROP TRIGGER lab_requires_mandate ON livinglabs_lab;
DROP FUNCTION livinglabs_require_mandate();
"""

# Evidence may be withdrawn, once; nothing else about it ever changes.
EVIDENCE = """
CREATE FUNCTION livinglabs_keep_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free text[] := ARRAY['withdrawn_at', 'withdrawn_by_id', 'withdrawn_reason'];
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL
    AND to_jsonb(OLD) - free = to_jsonb(NEW) - free THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'livinglabs: evidence % is kept as it is', OLD.id
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER evidence_is_kept BEFORE UPDATE OR DELETE ON livinglabs_evidence
  FOR EACH ROW EXECUTE FUNCTION livinglabs_keep_evidence();
"""
NO_EVIDENCE = """
DROP TRIGGER evidence_is_kept ON livinglabs_evidence;
DROP FUNCTION livinglabs_keep_evidence();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("livinglabs", "0001_open_the_labs"),
        ("audit", "0001_open_the_trail"),
    ]

    operations = [
        migrations.RunSQL(MANDATE, NO_MANDATE),
        migrations.RunSQL(EVIDENCE, NO_EVIDENCE),
        GovernTable("livinglabs_lab", "livinglabs.lab", free=["participant_count"]),
        GovernTable("livinglabs_conflict", "livinglabs.conflict"),
        GovernTable("livinglabs_participation", "livinglabs.participation"),
    ]
