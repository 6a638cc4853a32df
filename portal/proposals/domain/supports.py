"""Supports (공감): one each, by the thousand, and the count that follows them.

A click is one statement: the support, its act in the trail and one of the
proposal's shards. The fold empties the shards into the count every few seconds
and sees each crossing of the threshold exactly once.
"""

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.page_cache import forget_pages
from portal.proposals.domain import reviews
from portal.proposals.models import (
    OPEN_STATES,
    Proposal,
    ProposalStat,
    ProposalState,
    Support,
    SupportShard,
)
from portal.refusals import Refused

HOT_SHARDS = 16
HOT_IN_ONE_FOLD = 50
FOLD_LOCK = 0x50F01D

# The proposal is fetched by its key before its state is looked at: with both in one condition
# PostgreSQL may walk the whole index of states instead.
ADD = """
WITH found AS MATERIALIZED (
  SELECT proposal_id, state FROM proposals_proposalstat WHERE proposal_id = %(proposal)s),
added AS (
  INSERT INTO proposals_support (proposal_id, person_id)
  SELECT found.proposal_id, %(person)s FROM found WHERE found.state = ANY(%(open)s)
  ON CONFLICT DO NOTHING RETURNING proposal_id, person_id),
act AS (INSERT INTO audit.act (leaf_data) SELECT %(leaf)s FROM added)
INSERT INTO proposals_supportshard (proposal_id, shard, n)
SELECT added.proposal_id, (added.person_id %% stat.shards)::int, 1
  FROM added JOIN proposals_proposalstat stat USING (proposal_id)
ON CONFLICT (proposal_id, shard) DO UPDATE SET n = proposals_supportshard.n + 1
"""

TAKE_BACK = """
WITH found AS MATERIALIZED (
  SELECT proposal_id, state FROM proposals_proposalstat WHERE proposal_id = %(proposal)s),
gone AS (
  DELETE FROM proposals_support support USING found
   WHERE support.proposal_id = %(proposal)s AND support.person_id = %(person)s
     AND found.state = ANY(%(open)s)
  RETURNING support.proposal_id, support.person_id),
act AS (INSERT INTO audit.act (leaf_data) SELECT %(leaf)s FROM gone)
INSERT INTO proposals_supportshard (proposal_id, shard, n)
SELECT gone.proposal_id, (gone.person_id %% stat.shards)::int, -1
  FROM gone JOIN proposals_proposalstat stat USING (proposal_id)
ON CONFLICT (proposal_id, shard) DO UPDATE SET n = proposals_supportshard.n - 1
"""

FOLD = """
WITH taken AS (DELETE FROM proposals_supportshard RETURNING proposal_id, n),
summed AS (SELECT proposal_id, sum(n)::int AS n FROM taken GROUP BY 1 ORDER BY 1)
UPDATE proposals_proposalstat stat
   SET support_count = stat.support_count + summed.n,
       shards = CASE WHEN summed.n > %(hot)s THEN %(many)s ELSE stat.shards END
  FROM summed WHERE summed.proposal_id = stat.proposal_id
RETURNING stat.proposal_id
"""


def add(proposal: Proposal, *, by: User) -> None:
    """Let ``by`` support ``proposal``.

    Raises ``Refused`` for one's own proposal, for one that is closed, and for a
    second support: a database constraint, so two clicks at once count once.
    """
    if proposal.author_id == by.pk:
        raise Refused(_("This is your own proposal. Others support it."))
    if not _click(ADD, proposal, "supported", by, [str(state) for state in OPEN_STATES]):
        raise Refused(_why_not(proposal, by))


def take_back(proposal: Proposal, *, by: User) -> None:
    """Take a support back, until the threshold is passed. Raises ``Refused`` afterwards."""
    if not _click(TAKE_BACK, proposal, "support_withdrawn", by, [str(ProposalState.SUBMITTED)]):
        raise Refused(_("Your support can no longer be taken back: the proposal has moved on."))


def fold() -> int:
    """Empty the shards into the counts, one worker at a time; return how many counts changed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FOLD_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(FOLD, {"hot": HOT_IN_ONE_FOLD, "many": HOT_SHARDS})
        changed = [row[0] for row in cursor.fetchall()]
    if changed:
        forget_pages()
    return len(changed)


def raise_due() -> int:
    """Make every proposal that has reached the threshold due for an answer."""
    ready = Proposal.objects.filter(
        state=ProposalState.SUBMITTED,
        stat__state=ProposalState.SUBMITTED,
        stat__support_count__gte=settings.SUPPORT_THRESHOLD,
    ).select_related("stat", "area__department")
    raised = 0
    for proposal in ready:
        reviews.become_due(proposal, support=proposal.stat.support_count)
        raised += 1
    return raised


def cool_down() -> int:
    """Give proposals without fresh supports a single shard again."""
    quiet = ProposalStat.objects.filter(shards__gt=1)
    return quiet.exclude(proposal_id__in=SupportShard.objects.values("proposal_id")).update(
        shards=1
    )


def count_now(proposal: Proposal) -> int:
    """The exact number of supports at this moment: the count and what is not yet folded."""
    counted = ProposalStat.objects.filter(pk=proposal.pk).values_list("support_count", flat=True)
    pending = SupportShard.objects.filter(proposal_id=proposal.pk).aggregate(n=Sum("n"))["n"]
    return (counted.first() or 0) + (pending or 0)


def is_given(proposal: Proposal, by: User) -> bool:
    """Whether ``by`` supports ``proposal``."""
    return Support.objects.filter(proposal=proposal, person_id=by.pk).exists()


def _click(statement: str, proposal: Proposal, verb: str, by: User, states: list[str]) -> bool:
    """Run one click; ``True`` where it changed something."""
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "proposal": proposal.pk,
                "person": by.pk,
                "open": states,
                "leaf": log.leaf_for(verb, proposal, by),
            },
        )
        return cursor.rowcount > 0


def _why_not(proposal: Proposal, by: User) -> str:
    if is_given(proposal, by):
        return _("You already support this proposal. Each person counts once.")
    return _("This proposal no longer gathers support.")
