-- Functions that run with the owner's rights look names up in the catalogue, and in the caller's
-- own temporary schema last. Where that schema is not named it comes first for tables and types:
-- whoever may make a temporary type "jsonb" could run code of theirs as the owner.
DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT oid FROM pg_proc WHERE pronamespace = 'audit'::regnamespace LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, pg_temp', f);
    END LOOP;
END $$;
