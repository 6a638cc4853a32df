-- The trail: acts, their salted values, the chain of each subject, the queue and the tree.
-- Works on PostgreSQL 15 and later. Run as the owner of the schema (portal_owner).

CREATE SCHEMA audit;

-- One act is one row. leaf_data is the exact text that is hashed; the other columns are
-- derived from it by act_before_insert, so nobody can contradict it or date it back.
CREATE TABLE audit.act (
    id          bigint GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    xid         xid8 NOT NULL,
    leaf_data   text NOT NULL,
    leaf_hash   bytea NOT NULL,
    act_uid     uuid NOT NULL CONSTRAINT one_row_each_act UNIQUE,
    verb        text NOT NULL,
    subject     text NOT NULL,
    subject_seq bigint,
    CONSTRAINT act_is_one_short_line
        CHECK (octet_length(leaf_data) BETWEEN 2 AND 4096 AND leaf_data !~ '[\n\r]')
);
CREATE UNIQUE INDEX one_act_each_place_in_a_chain
    ON audit.act (subject, subject_seq) WHERE subject_seq IS NOT NULL;
CREATE INDEX act_about ON audit.act (subject, id);
CREATE INDEX act_by_verb ON audit.act (verb, id);
CREATE INDEX act_in_transaction ON audit.act (xid);

-- What the commitments of a leaf hide; the only rows of the trail that can be erased.
CREATE TABLE audit.act_private (
    act_uid    uuid NOT NULL,
    field      text NOT NULL,
    salt       bytea NOT NULL CONSTRAINT salt_has_16_bytes CHECK (octet_length(salt) = 16),
    value      bytea NOT NULL,
    person_ref uuid,
    CONSTRAINT one_value_each_field PRIMARY KEY (act_uid, field)
);
CREATE INDEX act_private_of_person ON audit.act_private (person_ref)
    WHERE person_ref IS NOT NULL;

-- The last act of each subject: the row that a writer locks.
CREATE TABLE audit.subject_head (
    subject   text PRIMARY KEY,
    seq       bigint NOT NULL,
    leaf_hash bytea NOT NULL
) WITH (fillfactor = 70);

-- Acts that are not in the tree yet. A row appears when its transaction commits, so no act
-- can be overtaken: neither ids nor times nor transaction numbers have that property.
CREATE TABLE audit.pending (act_id bigint PRIMARY KEY);

-- The tree: its leaves, the roots of its complete subtrees of height 8, 16, 24, its heads.
CREATE TABLE audit.leaf (
    leaf_index bigint PRIMARY KEY CONSTRAINT leaf_index_from_zero CHECK (leaf_index >= 0),
    act_id     bigint NOT NULL CONSTRAINT one_leaf_each_act UNIQUE,
    leaf_hash  bytea NOT NULL CONSTRAINT leaf_hash_has_32_bytes CHECK (octet_length(leaf_hash) = 32)
);
CREATE TABLE audit.node (
    level smallint NOT NULL CONSTRAINT node_level_is_stored CHECK (level > 0 AND level % 8 = 0),
    idx   bigint NOT NULL,
    hash  bytea NOT NULL CONSTRAINT node_hash_has_32_bytes CHECK (octet_length(hash) = 32),
    CONSTRAINT one_hash_each_node PRIMARY KEY (level, idx)
);
CREATE TABLE audit.head (
    tree_size  bigint PRIMARY KEY,
    root       bytea NOT NULL,
    frontier   bytea NOT NULL,
    sealed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    checkpoint text NOT NULL,
    vkey       text NOT NULL
);
CREATE INDEX head_by_time ON audit.head (sealed_at);

-- Derives every column from leaf_data. A leaf that names its place in the chain of its
-- subject ("seq", "prev") must be the next link, whoever inserts it and by whatever way.
CREATE FUNCTION audit.act_before_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    leaf jsonb := NEW.leaf_data::jsonb;
BEGIN
    NEW.recorded_at := clock_timestamp();
    NEW.xid := pg_current_xact_id();
    NEW.leaf_hash := sha256('\x00'::bytea || convert_to(NEW.leaf_data, 'UTF8'));
    NEW.act_uid := (leaf->>'uid')::uuid;
    NEW.verb := leaf->>'verb';
    NEW.subject := leaf->>'subject';
    NEW.subject_seq := (leaf->>'seq')::bigint;
    IF (abs(extract(epoch FROM (leaf->>'at')::timestamptz - NEW.recorded_at)) <= 300) IS NOT TRUE THEN
        RAISE EXCEPTION 'audit: the time of an act must be within 300 s of the database''s clock'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.subject_seq IS NOT NULL THEN
        UPDATE audit.subject_head SET seq = NEW.subject_seq, leaf_hash = NEW.leaf_hash
            WHERE subject = NEW.subject AND seq = NEW.subject_seq - 1
              AND encode(leaf_hash, 'hex') = leaf->>'prev';
        IF NOT FOUND THEN
            RAISE EXCEPTION 'audit: act % is not the next link of %', NEW.subject_seq, NEW.subject
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION audit.act_after_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO audit.pending VALUES (NEW.id);
    RETURN NULL;
END $$;

CREATE TRIGGER act_10_derive BEFORE INSERT ON audit.act
    FOR EACH ROW EXECUTE FUNCTION audit.act_before_insert();
CREATE TRIGGER act_20_queue AFTER INSERT ON audit.act
    FOR EACH ROW EXECUTE FUNCTION audit.act_after_insert();
ALTER TABLE audit.act ENABLE ALWAYS TRIGGER act_10_derive;
ALTER TABLE audit.act ENABLE ALWAYS TRIGGER act_20_queue;

-- Append-only. Row level catches ON CONFLICT and MERGE; statement level also refuses a
-- statement that hits no row, and TRUNCATE. ALWAYS: session_replication_role does not help.
CREATE FUNCTION audit.refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'audit: % on %.% is not allowed', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['act', 'leaf', 'node', 'head'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON audit.%I '
            'FOR EACH ROW EXECUTE FUNCTION audit.refuse()', t || '_00_row', t);
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.%I '
            'FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse()', t || '_00_statement', t);
        EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER %I', t, t || '_00_row');
        EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER %I', t, t || '_00_statement');
    END LOOP;
    -- Values are erased, never altered.
    CREATE TRIGGER act_private_00_statement BEFORE UPDATE OR TRUNCATE ON audit.act_private
        FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
    ALTER TABLE audit.act_private ENABLE ALWAYS TRIGGER act_private_00_statement;
END $$;

-- Adds an act to the chain of its subject, under the lock of that subject alone.
-- leaf is a JSON object in one line without "seq" and "prev"; both are added at its end.
CREATE FUNCTION audit.append_linked(leaf text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    of_subject text := leaf::jsonb->>'subject';
    last record;
    uid uuid;
BEGIN
    INSERT INTO audit.subject_head VALUES (of_subject, 0, '\x') ON CONFLICT DO NOTHING;
    SELECT seq, leaf_hash INTO last FROM audit.subject_head WHERE subject = of_subject FOR UPDATE;
    INSERT INTO audit.act (leaf_data) VALUES (
        left(leaf, -1) || format(',"seq":%s,"prev":"%s"}', last.seq + 1, encode(last.leaf_hash, 'hex'))
    ) RETURNING act_uid INTO uid;
    RETURN uid;
END $$;

-- At COMMIT: a changed row of a governed table has an act in the same transaction.
-- Arguments: label of the subject, name of the key column, columns that may change without
-- an act (separated by commas). A row that was and stays a draft is nobody's business yet.
CREATE FUNCTION audit.require_act() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    was jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
    becomes jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
    key text := TG_ARGV[0] || ':' || coalesce(becomes->>TG_ARGV[1], was->>TG_ARGV[1]);
    free text[] := string_to_array(TG_ARGV[2], ',');
BEGIN
    IF coalesce(was->>'state', becomes->>'state') = 'draft'
        AND coalesce(becomes->>'state', was->>'state') = 'draft' THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' AND was - free = becomes - free THEN
        RETURN NULL;
    END IF;
    -- Transaction numbers start again in a restored cluster; the time keeps an old act with
    -- the same number from answering for a new change.
    IF NOT EXISTS (
        SELECT FROM audit.act
        WHERE xid = pg_current_xact_id() AND subject = key
          AND recorded_at > transaction_timestamp() - interval '5 minutes'
    ) THEN
        RAISE EXCEPTION 'audit: % of % without an act', TG_OP, key
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- Rights. A role that does not exist on this server is passed over. Default privileges of
-- the owner may already have given more, so each role starts from nothing.
REVOKE ALL ON ALL TABLES IN SCHEMA audit FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA audit FROM PUBLIC;
DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN SELECT rolname FROM pg_roles
        WHERE rolname IN ('portal_app', 'portal_sealer', 'portal_eraser', 'portal_auditor') LOOP
        EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA audit FROM %I', wanted.rolname);
        EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA audit FROM %I', wanted.rolname);
    END LOOP;
    FOR wanted IN SELECT * FROM (VALUES
        ('portal_app', 'SELECT', 'act, audit.act_private, audit.leaf, audit.node, audit.head, audit.pending, audit.subject_head'),
        ('portal_app', 'INSERT (leaf_data)', 'act'),
        ('portal_app', 'INSERT', 'act_private'),
        ('portal_sealer', 'SELECT', 'act, audit.leaf, audit.node, audit.head, audit.pending'),
        ('portal_sealer', 'INSERT (leaf_data)', 'act'),
        ('portal_sealer', 'INSERT', 'leaf, audit.node, audit.head'),
        ('portal_sealer', 'DELETE', 'pending'),
        ('portal_eraser', 'SELECT, DELETE', 'act_private'),
        ('portal_auditor', 'SELECT', 'act, audit.leaf, audit.node, audit.head, audit.pending, audit.subject_head')
    ) AS t (role, rights, tables) WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = role) LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA audit TO %I', wanted.role);
        EXECUTE format('GRANT %s ON audit.%s TO %I', wanted.rights, wanted.tables, wanted.role);
    END LOOP;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_app') THEN
        GRANT EXECUTE ON FUNCTION audit.append_linked(text) TO portal_app;
    END IF;
END $$;
