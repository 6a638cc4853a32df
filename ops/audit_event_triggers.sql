-- No change of the trail's tables, functions and triggers but by migrations.
-- Run once by a superuser in the portal's own database, after the migrations; safe to run again.
-- Without it the owner of the tables (portal_owner) could take their triggers away.
--
-- Everything here lies in a schema of the superuser's: in one of the owner's it could be dropped,
-- and in schema audit it would go with DROP SCHEMA before it can refuse.
DROP EVENT TRIGGER IF EXISTS audit_no_ddl;
DROP EVENT TRIGGER IF EXISTS audit_no_drop;

CREATE SCHEMA IF NOT EXISTS audit_guard;

-- What is guarded, by number and not by name: a table that is renamed or moved to another schema
-- is seen afterwards only under its new name.
CREATE TABLE IF NOT EXISTS audit_guard.guarded (
  classid oid NOT NULL,
  objid oid NOT NULL,
  PRIMARY KEY (classid, objid)
);
-- After a restore the numbers are those of another server.
TRUNCATE audit_guard.guarded;
INSERT INTO audit_guard.guarded
  SELECT 'pg_namespace'::regclass, oid FROM pg_namespace WHERE nspname = 'audit'
  UNION ALL
  SELECT 'pg_class'::regclass, oid FROM pg_class WHERE relnamespace = 'audit'::regnamespace
  UNION ALL
  SELECT 'pg_proc'::regclass, oid FROM pg_proc WHERE pronamespace = 'audit'::regnamespace;

CREATE OR REPLACE FUNCTION audit_guard.refuse_ddl() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  touched record;
BEGIN
  IF session_user = 'portal_migrator' THEN
    -- What a migration adds is guarded from then on.
    IF TG_EVENT = 'ddl_command_end' THEN
      INSERT INTO audit_guard.guarded
        SELECT classid, objid FROM pg_event_trigger_ddl_commands() WHERE schema_name = 'audit'
      ON CONFLICT DO NOTHING;
    END IF;
    RETURN;
  END IF;
  IF TG_EVENT = 'sql_drop' THEN
    SELECT object_identity AS name INTO touched FROM pg_event_trigger_dropped_objects()
      WHERE (classid, objid) IN (SELECT classid, objid FROM audit_guard.guarded)
        OR schema_name = 'audit' OR object_identity LIKE '% on audit.%'
        OR object_identity LIKE 'must_have_act on %'
        OR object_identity LIKE 'published_stays on %' LIMIT 1;
  ELSE
    SELECT object_identity AS name INTO touched FROM pg_event_trigger_ddl_commands()
      WHERE (classid, objid) IN (SELECT classid, objid FROM audit_guard.guarded)
        OR schema_name = 'audit' OR object_identity LIKE '% on audit.%' LIMIT 1;
  END IF;
  -- Which trigger a command has switched is told nowhere; what it left is.
  IF NOT FOUND AND TG_TAG = 'ALTER TABLE' THEN
    SELECT format('%s on %s', tgname, tgrelid::regclass) AS name INTO touched FROM pg_trigger
      WHERE tgname IN ('must_have_act', 'published_stays') AND tgenabled <> 'A' LIMIT 1;
  END IF;
  IF FOUND THEN
    RAISE EXCEPTION 'audit: % on % is not allowed', TG_TAG, touched.name
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
END $$;

CREATE EVENT TRIGGER audit_no_ddl ON ddl_command_end EXECUTE FUNCTION audit_guard.refuse_ddl();
CREATE EVENT TRIGGER audit_no_drop ON sql_drop EXECUTE FUNCTION audit_guard.refuse_ddl();
ALTER EVENT TRIGGER audit_no_ddl ENABLE ALWAYS;
ALTER EVENT TRIGGER audit_no_drop ENABLE ALWAYS;
