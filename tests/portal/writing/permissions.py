"""Who may change a published text, see its versions, and write together with others."""

from datetime import timedelta

from django.utils import timezone

from portal.proposals.models import OPEN_STATES, Proposal, ProposalState
from portal.writing.models import JointAuthor
from tests.factories.portal import UserFactory
from tests.permission_tables import ALWAYS, AUTHOR, EVERYONE, Table, either, who
from tests.portal.proposals.permissions import OF_PROPOSALS, PUBLISHED, WAITING, a_proposal

S = ProposalState
JOINT_AUTHOR, INVITED = who("joint author"), who("invited")


def joined(proposal, **fields):
    asked_at = timezone.now() - timedelta(days=1)
    row = JointAuthor(proposal=proposal, person=UserFactory(), share=10, invited_at=asked_at)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


def a_joint_proposal(people):
    """One proposal, three whom its author asked: one said yes, one no, one nothing yet."""
    proposal, _related = a_proposal(people)
    now = timezone.now()
    return proposal, {
        "joint author": joined(proposal, answered_at=now, accepted=True).person,
        "who would not join": joined(proposal, answered_at=now).person,
        "invited": joined(proposal).person,
    }


def an_invitation(people):
    proposal, _related = a_proposal(people)
    row = joined(proposal)
    return row, {"invited": row.person}


REFUSED = who("who would not join")
READERS = EVERYONE | JOINT_AUTHOR | INVITED | REFUSED
TABLES = [
    Table(
        Proposal,
        a_joint_proposal,
        {
            "writing.view_versions": {READERS: PUBLISHED},
            "writing.amend_proposal": {AUTHOR | JOINT_AUTHOR: WAITING | {S.SUBMITTED}},
            "writing.invite_author": {AUTHOR: either(S.DRAFT, *OPEN_STATES)},
        },
        OF_PROPOSALS,
    ),
    Table(JointAuthor, an_invitation, {"writing.answer_invitation": {INVITED: ALWAYS}}, axes=()),
]
