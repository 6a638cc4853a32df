"""Counts that the database keeps by itself, and no change of words or cases without an act."""

from django.db import migrations

from portal.audit.governed import GovernTable

COUNT = """
CREATE FUNCTION talk_add(proposal bigint, stance text, n int) RETURNS void LANGUAGE sql AS $$
  INSERT INTO talk_talkcount AS kept (proposal_id, n_for, n_neutral, n_against, marks)
    VALUES (proposal, greatest(n, 0) * (stance = 'for')::int,
            greatest(n, 0) * (stance = 'neutral')::int,
            greatest(n, 0) * (stance = 'against')::int, 0)
  ON CONFLICT (proposal_id) DO UPDATE
    SET n_for = kept.n_for + n * (stance = 'for')::int,
        n_neutral = kept.n_neutral + n * (stance = 'neutral')::int,
        n_against = kept.n_against + n * (stance = 'against')::int
$$;

CREATE FUNCTION talk_count_comments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') AND OLD.state = 'public' THEN
    PERFORM talk_add(OLD.proposal_id, OLD.stance, -1);
  END IF;
  IF TG_OP IN ('UPDATE', 'INSERT') AND NEW.state = 'public' THEN
    PERFORM talk_add(NEW.proposal_id, NEW.stance, 1);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_rows AFTER INSERT OR DELETE ON talk_comment
  FOR EACH ROW EXECUTE FUNCTION talk_count_comments();
CREATE TRIGGER count_moves AFTER UPDATE OF state, stance ON talk_comment
  FOR EACH ROW WHEN ((OLD.state, OLD.stance) IS DISTINCT FROM (NEW.state, NEW.stance))
  EXECUTE FUNCTION talk_count_comments();

CREATE FUNCTION talk_count_marks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  marked bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.comment_id ELSE OLD.comment_id END;
  n int := CASE WHEN TG_OP = 'INSERT' THEN 1 ELSE -1 END;
  talk bigint;
BEGIN
  UPDATE talk_comment SET helpful_count = helpful_count + n
    WHERE id = marked RETURNING proposal_id INTO talk;
  IF talk IS NOT NULL THEN
    INSERT INTO talk_talkcount AS kept (proposal_id, n_for, n_neutral, n_against, marks)
      VALUES (talk, 0, 0, 0, greatest(n, 0))
    ON CONFLICT (proposal_id) DO UPDATE SET marks = kept.marks + n;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_marks AFTER INSERT OR DELETE ON talk_helpful
  FOR EACH ROW EXECUTE FUNCTION talk_count_marks();
"""

FORGET = """
DROP TRIGGER count_rows ON talk_comment;
DROP TRIGGER count_moves ON talk_comment;
DROP TRIGGER count_marks ON talk_helpful;
DROP FUNCTION talk_count_marks();
DROP FUNCTION talk_count_comments();
DROP FUNCTION talk_add(bigint, text, int);
"""


class Migration(migrations.Migration):
    dependencies = [("talk", "0001_open_the_talk"), ("audit", "0001_open_the_trail")]

    operations = [
        migrations.RunSQL(COUNT, FORGET),
        GovernTable(
            "talk_comment", "talk.comment", free=("helpful_count", "reply_count", "changed_at")
        ),
        GovernTable("talk_case", "talk.case"),
    ]
