"""Supports (공감): one each, by the thousand, and the count that follows them.

A click is one statement that writes one row: the support, which waits to be counted. The fold
takes what waits every few seconds, in one transaction brings it to the counted ones, adds it to
the counts and writes its acts, and so each crossing of the threshold is seen exactly once. The
public count never moves without the acts that account for it.
"""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
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

# Both are functions of the database, where one statement after another sees what the fold has
# brought over meanwhile: without that, a click in the very moment of a fold could count twice.
ADD = Statement("""
SELECT proposals_give_support(%(proposal)s, %(person)s, %(channel)s, %(open)s, %(levels)s)
""")
TAKE_BACK = Statement("""
SELECT proposals_take_support_back(%(proposal)s, %(person)s, %(open)s)
""")
COUNT_NOW = Statement("""
SELECT coalesce((SELECT support_count FROM proposals_proposalstat
                  WHERE proposal_id = %(proposal)s), 0)
     + (SELECT count(*) FROM proposals_waitingsupport WHERE proposal_id = %(proposal)s)
     - (SELECT count(*) FROM proposals_waitingwithdrawal
         WHERE proposal_id = %(proposal)s AND was_counted)
""")
GIVEN_IN = [str(state) for state in OPEN_STATES]
TAKEN_BACK_IN = [str(ProposalState.SUBMITTED)]

# Found by their place in the table: nobody else brings rows over while the lock is held. Waiting
# rows are not bound to proposal and person, so those of a person who is gone are dropped here.
BRING_OVER = """
WITH taken AS (
  DELETE FROM proposals_waitingsupport WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM proposals_waitingsupport LIMIT %(many)s))
  RETURNING proposal_id, person_id, created_at, level, person_hash, channel),
brought AS (
  INSERT INTO proposals_countedsupport
         (proposal_id, person_id, created_at, level, person_hash, channel)
  SELECT taken.* FROM taken
    JOIN proposals_proposalstat stat USING (proposal_id)
    JOIN accounts_user person ON person.id = taken.person_id
  ON CONFLICT DO NOTHING RETURNING proposal_id, person_id, created_at)
SELECT taken.proposal_id, taken.person_id, taken.created_at, brought.person_id IS NOT NULL
  FROM taken LEFT JOIN brought USING (proposal_id, person_id)
"""
TAKE_WITHDRAWALS = """
DELETE FROM proposals_waitingwithdrawal WHERE ctid = ANY(ARRAY(
  SELECT ctid FROM proposals_waitingwithdrawal LIMIT %(many)s))
RETURNING proposal_id, person_id, taken_back_at, was_counted,
          EXISTS (SELECT FROM accounts_user WHERE id = person_id)
"""

COUNT = """
UPDATE proposals_proposalstat stat SET support_count = stat.support_count + summed.n
  FROM (SELECT proposal_id, sum(change)::int AS n
          FROM unnest(%(proposals)s::bigint[], %(changes)s::int[]) AS click (proposal_id, change)
         GROUP BY 1 ORDER BY 1) summed
 WHERE summed.proposal_id = stat.proposal_id
"""


class Click(NamedTuple):
    """What the fold took of one person: acts to write, and by how much the count changes."""

    proposal_id: int
    person_id: int
    at: datetime
    verbs: tuple[str, ...]
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


def settle() -> None:
    """Wait for the fold and bring over what waits; nobody else folds until the transaction ends.

    For those who move supports about: afterwards all committed ones stand in one table.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FOLD_LOCK])
    fold()


@transaction.atomic
def _fold_some() -> int:
    taken, clicks = _take_clicks()
    if clicks:
        _count(clicks)
        log.record_crowd(
            [
                (verb, f"{Proposal._meta.label_lower}:{click.proposal_id}", click.person_id)
                for click in clicks
                for verb in click.verbs
            ]
        )
    return taken


def _take_clicks() -> tuple[int, list[Click]]:
    """How many waited, and what they come to: one whose person is gone comes to nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FOLD_LOCK])
        if not cursor.fetchone()[0]:
            return 0, []
        cursor.execute(BRING_OVER, {"many": CLICKS_IN_ONE_FOLD})
        given = cursor.fetchall()
        cursor.execute(TAKE_WITHDRAWALS, {"many": CLICKS_IN_ONE_FOLD})
        taken_back = cursor.fetchall()
    clicks = [
        Click(proposal, person, at, ("supported",), 1)
        for proposal, person, at, is_new in given
        if is_new
    ]
    clicks += [
        Click(proposal, person, at, _acts_of(was_counted, is_known), -was_counted)
        for proposal, person, at, was_counted, is_known in taken_back
    ]
    return len(given) + len(taken_back), sorted(clicks, key=attrgetter("at"))


def _acts_of(was_counted: bool, is_known: bool) -> tuple[str, ...]:  # noqa: FBT001  as they come
    """What the trail is told of a support taken back; nothing where the account is gone.

    What was never in the count was also given since the last fold.
    """
    if not is_known:
        return ()
    return ("support_withdrawn",) if was_counted else ("supported", "support_withdrawn")


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
    """The exact number of supports at this moment: the count and what waits for the fold."""
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
        changed: bool = cursor.fetchone()[0]
    return changed


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
