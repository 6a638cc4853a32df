-- No change of the trail's tables, functions and triggers but by migrations.
-- Run once by a superuser in the portal's own database, after the migrations; safe to run again.
-- Without it the owner of the tables (portal_owner) could take their triggers away.
CREATE OR REPLACE FUNCTION audit.refuse_ddl() RETURNS event_trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  touched record;
BEGIN
  IF session_user = 'portal_migrator' THEN
    RETURN;
  END IF;
  IF TG_EVENT = 'sql_drop' THEN
    FOR touched IN SELECT object_identity AS name FROM pg_event_trigger_dropped_objects()
        WHERE original AND (schema_name = 'audit' OR object_identity = 'audit'
          OR object_identity LIKE '% on audit.%' OR object_identity LIKE 'must_have_act on %') LOOP
      RAISE EXCEPTION 'audit: % of % is not allowed', TG_TAG, touched.name
        USING ERRCODE = 'integrity_constraint_violation';
    END LOOP;
  ELSE
    FOR touched IN SELECT object_identity AS name FROM pg_event_trigger_ddl_commands()
        WHERE schema_name = 'audit' OR object_identity = 'audit'
          OR object_identity LIKE '% on audit.%' LOOP
      RAISE EXCEPTION 'audit: % on % is not allowed', TG_TAG, touched.name
        USING ERRCODE = 'integrity_constraint_violation';
    END LOOP;
  END IF;
END $$;

DROP EVENT TRIGGER IF EXISTS audit_no_ddl;
DROP EVENT TRIGGER IF EXISTS audit_no_drop;
CREATE EVENT TRIGGER audit_no_ddl ON ddl_command_end EXECUTE FUNCTION audit.refuse_ddl();
CREATE EVENT TRIGGER audit_no_drop ON sql_drop EXECUTE FUNCTION audit.refuse_ddl();
ALTER EVENT TRIGGER audit_no_ddl ENABLE ALWAYS;
ALTER EVENT TRIGGER audit_no_drop ENABLE ALWAYS;
