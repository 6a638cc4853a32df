"""Lets nobody change a published report or one of its files, not even with an act."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION reports_stay_as_published() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'reports: % of a published report is not allowed', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON reports_run
    FOR EACH ROW WHEN (OLD.state = 'done') EXECUTE FUNCTION reports_stay_as_published();
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON reports_artefact
    FOR EACH ROW EXECUTE FUNCTION reports_stay_as_published();
ALTER TABLE reports_run ENABLE ALWAYS TRIGGER published_stays;
ALTER TABLE reports_artefact ENABLE ALWAYS TRIGGER published_stays;
"""
THAW = """
DROP TRIGGER published_stays ON reports_artefact;
DROP TRIGGER published_stays ON reports_run;
DROP FUNCTION reports_stay_as_published();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_open_the_reports")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
