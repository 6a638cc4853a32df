"""A citizen takes over what clerks entered for them, once they are verified as that person.

Proposals and supports move to the person's own account. A support that would then stand twice,
or stand for a proposal of one's own, is dropped, and the count with it.
"""

from django.db import connection, transaction

from portal.accounts.models import User
from portal.assisted.domain import people
from portal.assisted.models import Entry
from portal.audit.domain import log
from portal.identity.domain import verifications
from portal.identity.models import Verification
from portal.notifications.domain import notes
from portal.proposals.domain import proposals, supports
from portal.proposals.models import Follow, Proposal

MOVE = """
UPDATE proposals_countedsupport support SET person_id = %(person)s
 WHERE support.person_id = %(waiting)s
   AND NOT EXISTS (SELECT FROM proposals_countedsupport own
                    WHERE own.proposal_id = support.proposal_id AND own.person_id = %(person)s)
   AND NOT EXISTS (SELECT FROM proposals_proposal proposal
                    WHERE proposal.id = support.proposal_id AND proposal.author_id = %(person)s)
"""
DROP = """
WITH gone AS (
  DELETE FROM proposals_countedsupport WHERE person_id = %(waiting)s
  RETURNING proposal_id, person_id)
INSERT INTO proposals_waitingwithdrawal (proposal_id, person_id, was_counted)
SELECT proposal_id, person_id, true FROM gone
"""


@transaction.atomic
def take_over(person: User) -> int:
    """Give ``person`` all that waits for them; return how many accounts were taken over."""
    known = Verification.objects.in_force().filter(user=person).first()
    if known is None or not person.is_active:
        return 0
    person_hash = bytes(known.person_hash)
    people.hold(person_hash)
    waiting = people.waiting_for(person_hash)
    if waiting:
        # Before a row is locked that the fold or a merge would wait for.
        supports.settle()
    for verification in waiting:
        _move(verification, person)
    return len(waiting)


def _move(verification: Verification, person: User) -> None:
    account = verification.user
    written = _move_proposals(account, person)
    moved = _move_supports(account, person)
    for entry in Entry.objects.filter(citizen=account).exclude(clerk=person):
        Entry.objects.filter(pk=entry.pk).update(citizen=person)
        log.record("taken_over", entry, by=person)
    verifications.hand_over(verification, by=person)
    if written or moved:
        notes.leave(person, "taken_over", url="/me/", proposals=str(written), supports=str(moved))


def _move_proposals(account: User, person: User) -> int:
    moved = 0
    for proposal in Proposal.objects.filter(author=account):
        Proposal.objects.filter(pk=proposal.pk).update(author=person)
        proposals.note_step(proposal, "taken_over", by=person)
        Follow.objects.filter(proposal=proposal, person=account).delete()
        proposals.follow(proposal, by=person)
        moved += 1
    return moved


def _move_supports(account: User, person: User) -> int:
    facts = {"person": person.pk, "waiting": account.pk}
    with connection.cursor() as cursor:
        cursor.execute(MOVE, facts)
        moved = cursor.rowcount
        cursor.execute(DROP, facts)
    return moved
