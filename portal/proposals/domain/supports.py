"""Supports (공감): one each, by the thousand, and the count that follows them.

A click is one statement: the support, and a note of it that waits to be counted. The
fold takes the notes every few seconds, in one transaction adds them to the counts and
writes their acts, and sees each crossing of the threshold exactly once. So the public
count never moves without the acts that account for it.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.identity.domain import levels
from portal.identity.models import Action
from portal.identity.rules import in_force
from portal.page_cache import forget_pages
from portal.prepared import Statement
from portal.proposals.models import (
    OPEN_STATES,
    Channel,
    Proposal,
    ProposalStat,
    ProposalState,
    Support,
)
from portal.refusals import Refused

FOLD_LOCK = 0x50F01D
CLICKS_IN_ONE_FOLD = 5_000
VERBS = {1: "supported", -1: "support_withdrawn"}

# The proposal is fetched by its key before its state is looked at (``OFFSET 0``): with both in one
# condition PostgreSQL may walk the whole index of states instead. How sure the portal is of the
# person, and the keyed hash by which two accounts of one person count once, go into the row. By
# the same hash an author does not support the own proposal from a second account.
ADD = Statement("""
WITH added AS (
  INSERT INTO proposals_support (proposal_id, person_id, level, person_hash, channel)
  SELECT found.proposal_id, %(person)s, coalesce(known.level, 'email'), known.person_hash,
         %(channel)s
    FROM (SELECT proposal_id, state, author_hash FROM proposals_proposalstat
           WHERE proposal_id = %(proposal)s OFFSET 0) found
    LEFT JOIN identity_verification known
      ON known.user_id = %(person)s AND known.ended_at IS NULL AND known.expires_at > now()
   WHERE found.state = ANY(%(open)s) AND coalesce(known.level, 'email') = ANY(%(levels)s)
     AND coalesce(found.author_hash <> known.person_hash, true)
  ON CONFLICT DO NOTHING RETURNING proposal_id, person_id)
INSERT INTO proposals_supportclick (proposal_id, person_id, change)
SELECT proposal_id, person_id, 1 FROM added
""")

TAKE_BACK = Statement("""
WITH gone AS (
  DELETE FROM proposals_support support
   USING (SELECT state FROM proposals_proposalstat
           WHERE proposal_id = %(proposal)s OFFSET 0) found
   WHERE support.proposal_id = %(proposal)s AND support.person_id = %(person)s
     AND found.state = ANY(%(open)s)
  RETURNING support.proposal_id, support.person_id)
INSERT INTO proposals_supportclick (proposal_id, person_id, change)
SELECT proposal_id, person_id, -1 FROM gone
""")
COUNT_NOW = Statement("""
SELECT coalesce((SELECT support_count FROM proposals_proposalstat
                  WHERE proposal_id = %(proposal)s), 0)
     + coalesce((SELECT sum(change) FROM proposals_supportclick
                  WHERE proposal_id = %(proposal)s), 0)
""")
GIVEN_IN = [str(state) for state in OPEN_STATES]
TAKEN_BACK_IN = [str(ProposalState.SUBMITTED)]

# Found by their place in the table: nobody else takes clicks away while the lock is held.
TAKE_CLICKS = """
WITH taken AS (
  DELETE FROM proposals_supportclick WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM proposals_supportclick LIMIT %(many)s))
  RETURNING proposal_id, person_id, clicked_at, change)
SELECT proposal_id, person_id, change FROM taken ORDER BY clicked_at
"""

COUNT = """
UPDATE proposals_proposalstat stat SET support_count = stat.support_count + summed.n
  FROM (SELECT proposal_id, sum(change)::int AS n
          FROM unnest(%(proposals)s::bigint[], %(changes)s::int[]) AS click (proposal_id, change)
         GROUP BY 1 ORDER BY 1) summed
 WHERE summed.proposal_id = stat.proposal_id
"""


class Click(NamedTuple):
    """A support given (``change`` 1) or taken back (-1)."""

    proposal_id: int
    person_id: int
    change: int


class AlreadyGiven(Refused):
    """The person supports the proposal already, from this account or another."""


def add(proposal: Proposal, *, by: User, channel: str = Channel.WEB) -> None:
    """Let ``by`` support ``proposal``; ``channel`` says by which way the support came.

    Raises ``Refused`` for one's own proposal from any account of the person, for one that is
    closed, for a person of whom the portal is not sure enough, and (``AlreadyGiven``) for a
    second support of one account or of one verified person: database constraints, so two clicks
    at once count once.
    """
    if proposal.author_id == by.pk:
        raise _own()
    enough = {"channel": str(channel), "levels": levels.levels_for(Action.SUPPORT)}
    if not _click(ADD, proposal, by, GIVEN_IN, **enough):
        raise _why_not(proposal, by)


def take_back(proposal: Proposal, *, by: User) -> None:
    """Take a support back, until the threshold is passed. Raises ``Refused`` afterwards."""
    if not _click(TAKE_BACK, proposal, by, TAKEN_BACK_IN):
        raise Refused(_("Your support can no longer be taken back: the proposal has moved on."))


def know_author(person: User) -> None:
    """Keep by which keyed hash the author of proposals is known from now on, if by any."""
    known = in_force(person)
    stats = ProposalStat.objects.filter(proposal__author=person)
    stats.update(author_hash=known.person_hash if known else None)


def forget_author(person: User) -> None:
    """Keep nothing of who an author is whose account is closed."""
    ProposalStat.objects.filter(proposal__author=person).update(author_hash=None)


def fold() -> int:
    """Bring all waiting clicks into the counts and the trail; return how many there were.

    One worker at a time; another one finds nothing to do.
    """
    folded = 0
    while taken := _fold_some():
        folded += taken
    if folded:
        forget_pages()
    return folded


@transaction.atomic
def _fold_some() -> int:
    clicks = _take_clicks()
    if clicks:
        _count(clicks)
        log.record_crowd(
            [
                (
                    VERBS[click.change],
                    f"{Proposal._meta.label_lower}:{click.proposal_id}",
                    click.person_id,
                )
                for click in clicks
            ]
        )
    return len(clicks)


def _take_clicks() -> list[Click]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FOLD_LOCK])
        if not cursor.fetchone()[0]:
            return []
        cursor.execute(TAKE_CLICKS, {"many": CLICKS_IN_ONE_FOLD})
        return [Click(*row) for row in cursor.fetchall()]


def _count(clicks: Sequence[Click]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            COUNT,
            {
                "proposals": [click.proposal_id for click in clicks],
                "changes": [click.change for click in clicks],
            },
        )


def count_now(proposal: Proposal) -> int:
    """The exact number of supports at this moment: the count and what is not yet folded."""
    with connection.cursor() as cursor:
        COUNT_NOW.run(cursor, {"proposal": proposal.pk})
        counted: int = cursor.fetchone()[0]
    return counted


def is_given(proposal: Proposal, by: User) -> bool:
    """Whether ``by`` supports ``proposal``."""
    return Support.objects.filter(proposal=proposal, person_id=by.pk).exists()


def _click(
    statement: Statement, proposal: Proposal, by: User, states: list[str], **more: Sequence[str]
) -> bool:
    """Run one click; ``True`` where it changed something."""
    facts: dict[str, Any] = {"proposal": proposal.pk, "person": by.pk, "open": states, **more}
    with connection.cursor() as cursor:
        statement.run(cursor, facts)
        return cursor.rowcount > 0


def _own() -> Refused:
    return Refused(_("This is your own proposal. Others support it."))


def _why_not(proposal: Proposal, by: User) -> Refused:
    if is_given(proposal, by):
        return AlreadyGiven(_("You already support this proposal. Each person counts once."))
    if not levels.has_reached(by, Action.SUPPORT):
        return Refused(levels.way_to(Action.SUPPORT))
    known = in_force(by)
    written = ProposalStat.objects.filter(pk=proposal.pk, author_hash=known and known.person_hash)
    if known and written.exists():
        return _own()
    same = Support.objects.filter(proposal=proposal, person_hash=known and known.person_hash)
    if known and same.exists():
        return AlreadyGiven(
            _(
                "You already support this proposal from another account of yours. "
                "Each person counts once."
            )
        )
    return Refused(_("This proposal no longer gathers support."))
