"""No change of a dataset without an act; no change at all of a version that has been read."""

from django.db import migrations

from portal.audit.governed import GovernTable

FREEZE = """
CREATE FUNCTION datahub_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['released_at', 'confirmed_by_id', 'confirmed_at'];
BEGIN
    IF OLD.stage <> 'ready' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a version that has been read stays' USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(OLD) - free <> to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'a version that has been read does not change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_stays BEFORE UPDATE OR DELETE ON datahub_version
    FOR EACH ROW EXECUTE FUNCTION datahub_version_stays();
"""
THAW = """
DROP TRIGGER version_stays ON datahub_version;
DROP FUNCTION datahub_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("datahub", "0001_open_the_catalogue"), ("audit", "0001_open_the_trail")]

    operations = [
        GovernTable("datahub_dataset", "datahub.dataset", free=["download_count"]),
        migrations.RunSQL(FREEZE, THAW),
    ]
