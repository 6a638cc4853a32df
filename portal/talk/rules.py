"""Who may do what to a comment and to a case of moderation.

No predicate here asks the database about the comment: its proposal is in hand.
"""

from datetime import timedelta

import rules
from django.conf import settings
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.rules import is_citizen, is_moderator
from portal.lifecycle import may_become
from portal.proposals.models import OPEN_STATES, Proposal, ProposalState, Visibility
from portal.talk.models import LEVELS, Case, CaseState, Comment, CommentState


def is_talkable(proposal: Proposal) -> bool:
    """Whether everyone sees the proposal and it has not been settled for long."""
    if proposal.visibility != Visibility.PUBLIC or proposal.state == ProposalState.DRAFT:
        return False
    if proposal.state in OPEN_STATES:
        return True
    settled = proposal.decided_at or proposal.state_since
    return timezone.now() < settled + timedelta(days=settings.COMMENTS_CLOSE_DAYS)


@rules.predicate
def proposal_is_talkable(user: User, proposal: Proposal | None) -> bool:
    return proposal is not None and is_talkable(proposal)


@rules.predicate
def talk_is_open(user: User, comment: Comment | None) -> bool:
    return comment is not None and is_talkable(comment.proposal)


@rules.predicate
def is_shown(user: User, comment: Comment | None) -> bool:
    """Whether everyone reads the comment now."""
    return (
        comment is not None
        and comment.is_public
        and comment.proposal.visibility == Visibility.PUBLIC
    )


@rules.predicate
def may_be_answered(user: User, comment: Comment | None) -> bool:
    return comment is not None and comment.level < LEVELS


@rules.predicate
def wrote_it(user: User, thing: Comment | Proposal | Case | None) -> bool:
    return thing is not None and user.pk is not None and thing.author_id == user.pk


@rules.predicate
def is_fresh(user: User, comment: Comment | None) -> bool:
    """Whether the text may still be changed: others have not built on it for long."""
    window = timedelta(minutes=settings.COMMENT_EDIT_MINUTES)
    return comment is not None and timezone.now() < comment.created_at + window


@rules.predicate
def is_undeleted(user: User, comment: Comment | None) -> bool:
    return comment is not None and comment.state != CommentState.DELETED


@rules.predicate
def is_in_public(user: User, proposal: Proposal | None) -> bool:
    return (
        proposal is not None
        and proposal.visibility == Visibility.PUBLIC
        and proposal.state != ProposalState.DRAFT
    )


@rules.predicate
def decided_it(user: User, case: Case | None) -> bool:
    return case is not None and case.decided_by_id == user.pk


@rules.predicate
def may_still_appeal(user: User, case: Case | None) -> bool:
    """Whether the days for an appeal run, and none has been made."""
    if case is None or case.state != CaseState.HIDDEN or case.decided_at is None:
        return False
    return timezone.now() < case.appeal_until


rules.add_perm("talk.write_comment", is_citizen & proposal_is_talkable)
rules.add_perm("talk.answer_comment", is_citizen & talk_is_open & is_shown & may_be_answered)
rules.add_perm("talk.edit_comment", wrote_it & is_shown & is_fresh)
rules.add_perm("talk.delete_comment", wrote_it & is_undeleted)
rules.add_perm("talk.mark_comment", is_citizen & ~wrote_it & is_shown)
rules.add_perm("talk.report_comment", is_citizen & ~wrote_it & is_shown)
rules.add_perm("talk.report_proposal", is_citizen & ~wrote_it & is_in_public)
rules.add_perm("talk.read_hidden_comment", (wrote_it | is_moderator) & is_undeleted)
rules.add_perm("talk.read_versions", is_moderator)
rules.add_perm("talk.view_case", is_moderator | wrote_it)
rules.add_perm("talk.decide_case", is_moderator & ~wrote_it & may_become(CaseState.HIDDEN))
rules.add_perm("talk.appeal_case", wrote_it & may_still_appeal)
rules.add_perm(
    "talk.decide_appeal",
    is_moderator & ~wrote_it & ~decided_it & may_become(CaseState.UPHELD),
)
