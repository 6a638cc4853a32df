-- The roles of the portal, run by a superuser in the portal's own database; safe to run again.
-- The web's role owns nothing; the owner never signs in; migrations become the owner.
-- Passwords are the administrator's to set, with ALTER ROLE … PASSWORD.
DO $$
DECLARE name text;
BEGIN
  -- Two databases of one server may be prepared at the same time, as tests do: the other's is fine.
  BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_owner') THEN
      CREATE ROLE portal_owner NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
    END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  FOREACH name IN ARRAY ARRAY[
    'portal_migrator', 'portal_app', 'portal_sealer', 'portal_eraser', 'portal_auditor'
  ] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
        EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE', name);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END LOOP;
  IF NOT pg_has_role('portal_migrator', 'portal_owner', 'MEMBER') THEN
    GRANT portal_owner TO portal_migrator;
  END IF;
  EXECUTE format('GRANT CREATE ON DATABASE %I TO portal_owner', current_database());
END $$;

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS unaccent;

ALTER SCHEMA public OWNER TO portal_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO portal_app, portal_sealer, portal_eraser, portal_auditor;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO portal_app;
