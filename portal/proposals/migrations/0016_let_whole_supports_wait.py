"""A click writes one row: the whole support waits for the fold, which brings it to the others.

Whoever asks who supports a proposal reads a view of both. Clicks that wait at this moment are
brought into the new form, so that no count and no act is lost.
"""

from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import CASCADE
from django.db.models.functions import Now

# A person's clicks on a proposal alternate. A support given by the last one is not counted
# yet, so it waits. Of the others each that was given goes with one that was taken back, and what
# is then left was taken back from the count.
KEEP_WAITING = """
SET CONSTRAINTS ALL IMMEDIATE;
WITH clicked AS (
  SELECT proposal_id, person_id, max(clicked_at) AS at,
         (array_agg(change ORDER BY clicked_at DESC))[1] = 1 AS stands,
         count(*) FILTER (WHERE change = 1) AS given,
         count(*) FILTER (WHERE change = -1) AS taken_back
    FROM proposals_supportclick GROUP BY 1, 2),
standing AS (
  DELETE FROM proposals_countedsupport support USING clicked
   WHERE support.proposal_id = clicked.proposal_id AND support.person_id = clicked.person_id
     AND clicked.stands
  RETURNING support.proposal_id, support.person_id, support.created_at, support.level,
            support.person_hash, support.channel),
waiting AS (
  INSERT INTO proposals_waitingsupport
         (proposal_id, person_id, created_at, level, person_hash, channel)
  SELECT proposal_id, person_id, created_at, level, person_hash, channel FROM standing)
INSERT INTO proposals_waitingwithdrawal (proposal_id, person_id, taken_back_at, was_counted)
SELECT proposal_id, person_id, at, n > given - stands::int
  FROM clicked CROSS JOIN LATERAL generate_series(1, taken_back) AS n;
"""
KEEP_CLICKS = """
SET CONSTRAINTS ALL IMMEDIATE;
INSERT INTO proposals_supportclick (proposal_id, person_id, clicked_at, change)
SELECT proposal_id, person_id, taken_back_at, -1 FROM proposals_waitingwithdrawal
UNION ALL
SELECT proposal_id, person_id, taken_back_at - interval '1 microsecond', 1
  FROM proposals_waitingwithdrawal WHERE NOT was_counted
UNION ALL
SELECT proposal_id, person_id, created_at, 1 FROM proposals_waitingsupport;
INSERT INTO proposals_countedsupport
       (proposal_id, person_id, created_at, level, person_hash, channel)
SELECT proposal_id, person_id, created_at, level, person_hash, channel
  FROM proposals_waitingsupport;
SET CONSTRAINTS ALL IMMEDIATE;
"""
VIEW = """
CREATE VIEW proposals_support AS
SELECT proposal_id, person_id, created_at, level, person_hash, channel, true AS counted
  FROM proposals_countedsupport
UNION ALL
SELECT proposal_id, person_id, created_at, level, person_hash, channel, false
  FROM proposals_waitingsupport;
"""

# The proposal is fetched by its key before its state is looked at (``OFFSET 0``): with both in one
# condition PostgreSQL may walk the whole index of states instead. How sure the portal is of the
# person, and the keyed hash by which two accounts of one person count once, go into the row. By
# the same hash an author does not support the own proposal from a second account.
#
# The fold may take a row of the same person away while the insert waits for it. So what is counted
# is looked at afterwards, by a statement of its own, which sees all that was committed by then.
GIVE = """
CREATE FUNCTION proposals_give_support(
  of_proposal bigint, of_person bigint, by_way text, in_states text[], at_levels text[])
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  hash bytea;
BEGIN
  INSERT INTO proposals_waitingsupport (proposal_id, person_id, level, person_hash, channel)
  SELECT found.proposal_id, of_person, coalesce(known.level, 'email'), known.person_hash, by_way
    FROM (SELECT proposal_id, state, author_hash FROM proposals_proposalstat
           WHERE proposal_id = of_proposal OFFSET 0) found
    LEFT JOIN identity_verification known
      ON known.user_id = of_person AND known.ended_at IS NULL AND known.expires_at > now()
   WHERE found.state = ANY (in_states) AND coalesce(known.level, 'email') = ANY (at_levels)
     AND coalesce(found.author_hash <> known.person_hash, true)
  ON CONFLICT DO NOTHING RETURNING person_hash INTO hash;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF EXISTS (SELECT FROM proposals_countedsupport
              WHERE proposal_id = of_proposal AND person_id = of_person)
     OR EXISTS (SELECT FROM proposals_countedsupport
                 WHERE proposal_id = of_proposal AND person_hash = hash) THEN
    DELETE FROM proposals_waitingsupport
     WHERE proposal_id = of_proposal AND person_id = of_person;
    RETURN false;
  END IF;
  RETURN true;
END $$;
"""
# A row that the fold brings over meanwhile is gone for the first statement and there for the next.
TAKE_BACK = """
CREATE FUNCTION proposals_take_support_back(
  of_proposal bigint, of_person bigint, in_states text[])
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  was_counted boolean := false;
BEGIN
  IF NOT EXISTS (SELECT FROM proposals_proposalstat
                  WHERE proposal_id = of_proposal AND state = ANY (in_states)) THEN
    RETURN false;
  END IF;
  DELETE FROM proposals_waitingsupport
   WHERE proposal_id = of_proposal AND person_id = of_person;
  IF NOT FOUND THEN
    DELETE FROM proposals_countedsupport
     WHERE proposal_id = of_proposal AND person_id = of_person;
    IF NOT FOUND THEN
      RETURN false;
    END IF;
    was_counted := true;
  END IF;
  INSERT INTO proposals_waitingwithdrawal (proposal_id, person_id, was_counted)
  VALUES (of_proposal, of_person, was_counted);
  RETURN true;
END $$;
"""
FORGET = """
DROP FUNCTION proposals_give_support(bigint, bigint, text, text[], text[]);
DROP FUNCTION proposals_take_support_back(bigint, bigint, text[]);
DROP VIEW proposals_support;
"""
PLAIN_TABLE = """
ALTER TABLE proposals_supportclick DROP CONSTRAINT proposals_supportclick_pkey;
ALTER TABLE proposals_supportclick REPLICA IDENTITY FULL;
"""


def facts_of_a_support() -> list[tuple[str, models.Field]]:
    """The fields that all three have: what is kept of a support."""
    return [
        ("created_at", models.DateTimeField(db_default=Now())),
        ("level", models.CharField(db_default="email", default="email", max_length=20)),
        ("person_hash", models.BinaryField(max_length=32, null=True)),
        (
            "channel",
            models.CharField(
                choices=[
                    ("web", "This portal"),
                    ("counter", "At the counter"),
                    ("phone", "By telephone"),
                    ("post", "By post"),
                    ("paper", "On paper"),
                    ("call", "In a call for ideas"),
                    ("import", "From an earlier system"),
                ],
                db_default="web",
                default="web",
                max_length=10,
            ),
        ),
    ]


def key() -> models.CompositePrimaryKey:
    """The primary key of a support: one person, one proposal."""
    return models.CompositePrimaryKey(
        "proposal_id", "person_id", blank=True, editable=False, primary_key=True, serialize=False
    )


def bound_to(model: str, **more: bool) -> models.ForeignKey:
    """A key to ``model`` that needs no index of its own."""
    return models.ForeignKey(model, CASCADE, related_name="+", db_index=False, **more)


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0015_let_clicks_wait_without_an_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("Support", "CountedSupport"),
        migrations.AlterField("countedsupport", "proposal", bound_to("proposals.proposal")),
        migrations.AlterField("countedsupport", "person", bound_to(settings.AUTH_USER_MODEL)),
        migrations.CreateModel(
            "WaitingSupport",
            [
                *facts_of_a_support(),
                ("pk", key()),
                ("proposal", bound_to("proposals.proposal", db_constraint=False)),
                ("person", bound_to(settings.AUTH_USER_MODEL, db_constraint=False)),
            ],
            {
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposal", "person_hash"),
                        condition=models.Q(("person_hash__isnull", False)),
                        name="one_wait_each_verified_person",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            "WaitingWithdrawal",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("proposal_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField()),
                ("taken_back_at", models.DateTimeField(db_default=Now())),
                ("was_counted", models.BooleanField()),
            ],
        ),
        migrations.RunSQL(KEEP_WAITING, KEEP_CLICKS),
        migrations.RunSQL(migrations.RunSQL.noop, PLAIN_TABLE),
        migrations.DeleteModel("SupportClick"),
        migrations.CreateModel(
            "Support",
            [*facts_of_a_support(), ("pk", key()), ("counted", models.BooleanField())],
            {"db_table": "proposals_support", "managed": False},
        ),
        migrations.RunSQL([VIEW, GIVE, TAKE_BACK], FORGET),
    ]
