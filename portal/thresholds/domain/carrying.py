"""Carrying supports over from one proposal to another, and giving them back, to the last one.

Supports of the later proposal stay where they are; the earlier one gets copies with their time,
channel and level. The two constraints of supports (one each account, one each verified person)
let nobody count twice. While supports move, nobody clicks and no fold and no measuring of steps
runs, so that all stand in one table and none waits for another's rows.
"""

from typing import Any

from django.db import connection
from django.db.models import F

from portal.audit.domain import log
from portal.proposals.domain import supports
from portal.proposals.models import Proposal, ProposalStat
from portal.thresholds.domain import crossings
from portal.thresholds.models import Merge

CARRY = """
WITH willing AS MATERIALIZED (
  SELECT support.person_id, support.created_at, support.level, support.person_hash,
         support.channel
    FROM proposals_countedsupport support
    JOIN thresholds_voice voice
      ON voice.merge_id = %(merge)s AND voice.person_id = support.person_id
   WHERE support.proposal_id = %(later)s AND support.person_id <> %(author)s
     AND (voice.answer = 'yes' OR (voice.answer = '' AND %(silent)s))
   ORDER BY support.person_id FOR KEY SHARE OF support),
added AS (
  INSERT INTO proposals_countedsupport
         (proposal_id, person_id, created_at, level, person_hash, channel)
  SELECT %(earlier)s, person_id, created_at, level, person_hash, channel FROM willing
  ON CONFLICT DO NOTHING RETURNING person_id, created_at)
INSERT INTO thresholds_carried (merge_id, person_id, created_at)
SELECT %(merge)s, person_id, created_at FROM added RETURNING person_id
"""
GIVE_BACK = """
WITH former AS (
  DELETE FROM thresholds_carried WHERE merge_id = %(merge)s RETURNING person_id, created_at)
DELETE FROM proposals_countedsupport support USING former
 WHERE support.proposal_id = %(earlier)s AND support.person_id = former.person_id
   AND support.created_at = former.created_at
RETURNING support.person_id
"""
STILL_THERE = """
SELECT count(*) FROM thresholds_carried carried
  JOIN thresholds_merge merge ON merge.id = carried.merge_id AND merge.state = 'merged'
  JOIN proposals_countedsupport support
    ON support.proposal_id = merge.earlier_id AND support.person_id = carried.person_id
   AND support.created_at = carried.created_at
 WHERE merge.earlier_id = %s
"""


def hold_still() -> None:
    """Let nobody click, fold or measure until this transaction ends, and count what waits."""
    with connection.cursor() as cursor:
        for lock in (supports.FOLD_LOCK, crossings.LOCK):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
        cursor.execute("LOCK TABLE proposals_waitingsupport IN SHARE ROW EXCLUSIVE MODE")
    supports.fold()


def carry(merge: Merge) -> int:
    """Count the willing supporters of the later proposal for the earlier one; return how many."""
    facts = {
        "merge": merge.pk,
        "later": merge.later_id,
        "earlier": merge.earlier_id,
        "author": merge.earlier.author_id,
        "silent": merge.counts_silent,
    }
    return _counted(merge.earlier, _people(CARRY, facts), 1, "support_carried")


def give_back(merge: Merge) -> int:
    """Take what this merge carried over away again; return how many supports that were.

    Whoever came over by two merges is counted by the one that stays.
    """
    facts = {"merge": merge.pk, "earlier": merge.earlier_id}
    gone = _counted(merge.earlier, _people(GIVE_BACK, facts), -1, "support_returned")
    for other in merge.earlier.merges_in.in_force().exclude(pk=merge.pk):
        carry(other)
    return gone


def carried_to(proposal: Proposal) -> int:
    """How many supports of ``proposal`` came over from others and are still there."""
    with connection.cursor() as cursor:
        cursor.execute(STILL_THERE, [proposal.pk])
        return cursor.fetchone()[0]


def _people(statement: str, facts: dict[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        return [row[0] for row in cursor.fetchall()]


def _counted(proposal: Proposal, people: list[int], sign: int, verb: str) -> int:
    """Bring the supports of ``people`` into the count and the trail of ``proposal``."""
    if people:
        ProposalStat.objects.filter(pk=proposal.pk).update(
            support_count=F("support_count") + sign * len(people)
        )
        key = log.subject_key(proposal)
        log.record_crowd([(verb, key, person) for person in people])
    return len(people)
