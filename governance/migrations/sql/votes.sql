-- Votes are checked, numbered and kept by the database, whoever inserts them and by whatever way.

-- A vote belongs to the member who holds the seat.
ALTER TABLE governance_seat ADD CONSTRAINT seat_with_its_member UNIQUE (id, member_id);
ALTER TABLE governance_vote ADD CONSTRAINT votes_are_the_members_own
    FOREIGN KEY (seat_id, member_id) REFERENCES governance_seat (id, member_id);

-- Each refusal names a constraint; the portal turns the name into a sentence.
-- The motion is locked first and the seat second: the count at the close waits for votes under
-- way, and votes of one seat wait for each other.
CREATE FUNCTION governance_vote_before_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    motion record;
    seat record;
    earlier integer;
    refused text;
BEGIN
    SELECT m.* INTO motion FROM governance_motion m WHERE m.id = NEW.motion_id FOR SHARE;
    SELECT s.* INTO seat FROM governance_seat s WHERE s.id = NEW.seat_id FOR NO KEY UPDATE;
    SELECT coalesce(max(v.seq), 0) INTO earlier FROM governance_vote v
        WHERE v.motion_id = NEW.motion_id AND v.seat_id = NEW.seat_id;
    refused := CASE
        WHEN motion.state IS DISTINCT FROM 'open' THEN 'division_is_open'
        WHEN seat.council_id IS DISTINCT FROM motion.council_id
            OR (motion.opened_at AT TIME ZONE 'Asia/Seoul')::date
                NOT BETWEEN seat.starts_on AND coalesce(seat.ends_on, 'infinity')
            THEN 'voters_have_a_seat'
        WHEN EXISTS (SELECT FROM governance_recusal r
                     WHERE r.motion_id = NEW.motion_id AND r.seat_id = NEW.seat_id)
            THEN 'voters_are_not_recused'
        WHEN NOT EXISTS (SELECT FROM governance_attendance a
                         WHERE a.meeting_id = motion.meeting_id AND a.seat_id = NEW.seat_id
                           AND a.status IN ('present', 'online'))
            THEN 'voters_are_present'
        WHEN seat.is_chair AND NOT (motion.rule->>'chair_votes')::boolean
            THEN 'the_chair_has_no_ordinary_vote'
        WHEN earlier > 0 AND NOT coalesce((motion.rule->>'changeable')::boolean, true)
            THEN 'votes_are_final'
    END;
    IF refused IS NOT NULL THEN
        RAISE EXCEPTION 'vote of seat % on motion % refused: %', NEW.seat_id, NEW.motion_id, refused
            USING ERRCODE = 'check_violation', CONSTRAINT = refused;
    END IF;
    NEW.seq := earlier + 1;
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER vote_10_check BEFORE INSERT ON governance_vote
    FOR EACH ROW EXECUTE FUNCTION governance_vote_before_insert();
ALTER TABLE governance_vote ENABLE ALWAYS TRIGGER vote_10_check;

CREATE FUNCTION governance_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is not allowed', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER vote_00_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON governance_vote
    FOR EACH STATEMENT EXECUTE FUNCTION governance_refuse();
ALTER TABLE governance_vote ENABLE ALWAYS TRIGGER vote_00_append_only;

-- Signed minutes never change again.
CREATE TRIGGER minutes_00_signed BEFORE UPDATE OR DELETE ON governance_minutes
    FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION governance_refuse();
ALTER TABLE governance_minutes ENABLE ALWAYS TRIGGER minutes_00_signed;
