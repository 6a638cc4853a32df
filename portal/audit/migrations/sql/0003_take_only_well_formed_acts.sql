-- Every reader of the trail must read an act alike. So no name stands twice in it, and its values
-- are what the checks expect: whoever writes by another way than the portal's own code, with the
-- web's rights, cannot leave a text behind on which a check stumbles for ever.
CREATE OR REPLACE FUNCTION audit.act_before_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    leaf jsonb := NEW.leaf_data::jsonb;
    is_odd boolean;
BEGIN
    SELECT count(*) <> count(DISTINCT key) OR bool_or(CASE key
        WHEN 'v' THEN value::text <> '1'
        WHEN 'seq' THEN value::text !~ '^[1-9][0-9]{0,17}$'
        WHEN 'c' THEN json_typeof(value) <> 'object'
        ELSE json_typeof(value) <> 'string' END)
        OR bool_or(key = 'seq') <> bool_or(key = 'prev')
    INTO is_odd FROM json_each(NEW.leaf_data::json);
    -- What comes in crowds commits to nothing, and is not asked twice.
    IF is_odd IS NOT FALSE OR leaf ? 'c' AND EXISTS (
        SELECT FROM json_each(NEW.leaf_data::json->'c')
        HAVING count(*) <> count(DISTINCT key) OR bool_or(json_typeof(value) <> 'string')
    ) THEN
        RAISE EXCEPTION 'audit: this is no well-formed act' USING ERRCODE = 'check_violation';
    END IF;
    NEW.recorded_at := clock_timestamp();
    NEW.xid := pg_current_xact_id();
    NEW.leaf_hash := sha256('\x00'::bytea || convert_to(NEW.leaf_data, 'UTF8'));
    NEW.act_uid := (leaf->>'uid')::uuid;
    NEW.verb := leaf->>'verb';
    NEW.subject := leaf->>'subject';
    NEW.subject_seq := (leaf->>'seq')::bigint;
    IF NEW.act_uid::text IS DISTINCT FROM leaf->>'uid' THEN
        RAISE EXCEPTION 'audit: the number of an act has one form only'
            USING ERRCODE = 'check_violation';
    END IF;
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
