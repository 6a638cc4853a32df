"""Who may do what to a comment and to a case of moderation."""

from django.utils import timezone

from portal.accounts.models import Role
from portal.proposals.models import Proposal, Visibility
from portal.talk.models import Case, CaseState, Comment, CommentState
from tests.factories.portal import ProposalFactory
from tests.permission_tables import (
    ALWAYS,
    AUTHOR,
    MODERATORS,
    SIGNED_IN,
    Table,
    crossed,
    official_of,
    who,
)
from tests.portal.proposals.permissions import OF_PROPOSALS, PUBLISHED, a_proposal

S, C = CommentState, CaseState
OPENLY = [Visibility.PUBLIC]
UNDELETED = frozenset(S) - {S.DELETED}
PROPOSER, DECIDER, REPORTER = who("proposer"), who("decider"), who("reporter")
TALKERS = SIGNED_IN | PROPOSER


def a_comment(people):
    """What the author says about somebody else's proposal."""
    proposal = ProposalFactory()
    comment = Comment(proposal=proposal, author=people["author"], text="A text.")
    return comment, {"proposer": proposal.author}


def a_case(people):
    """A case about a comment of the author: who decided it first is one moderator of several."""
    comment, related = a_comment(people)
    decider = official_of(None, Role.MODERATOR)
    case = Case(comment=comment, decided_by=decider, decided_at=timezone.now())
    return case, {"decider": decider, "reporter": related["proposer"]}


TO_COMMENTS = {
    "talk.answer_comment": {TALKERS: crossed([S.PUBLIC], OPENLY)},
    "talk.edit_comment": {AUTHOR: crossed([S.PUBLIC], OPENLY)},
    "talk.delete_comment": {AUTHOR: UNDELETED},
    "talk.mark_comment": {TALKERS - AUTHOR: crossed([S.PUBLIC], OPENLY)},
    "talk.report_comment": {TALKERS - AUTHOR: crossed([S.PUBLIC], OPENLY)},
    "talk.read_hidden_comment": {AUTHOR | MODERATORS: UNDELETED},
}
TO_CASES = {
    "talk.view_case": {AUTHOR | MODERATORS | DECIDER: ALWAYS},
    "talk.decide_case": {MODERATORS | DECIDER: [C.OPEN, C.HELD]},
    "talk.appeal_case": {AUTHOR: [C.HIDDEN]},
    # Of two who decide about the same words, neither may be the other.
    "talk.decide_appeal": {MODERATORS: [C.APPEALED]},
}
TABLES = [
    Table(
        Proposal,
        a_proposal,
        {
            "talk.write_comment": {SIGNED_IN: crossed(PUBLISHED, OPENLY)},
            "talk.report_proposal": {SIGNED_IN - AUTHOR: crossed(PUBLISHED, OPENLY)},
        },
        OF_PROPOSALS,
    ),
    Table(Comment, a_comment, TO_COMMENTS, ("state", "proposal.visibility")),
    Table(Case, a_case, TO_CASES),
]
