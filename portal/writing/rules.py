"""Who may change a published text, see its versions, and write together with others."""

import rules

from portal.accounts.models import User
from portal.accounts.rules import is_citizen
from portal.proposals.models import OPEN_STATES, Proposal, ProposalState
from portal.proposals.rules import is_author, is_draft
from portal.writing.models import AMENDABLE, JointAuthor


@rules.predicate
def is_amendable(user: User, proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.state in AMENDABLE


@rules.predicate
def may_gain_authors(user: User, proposal: Proposal | None) -> bool:
    still = {ProposalState.DRAFT, *OPEN_STATES}
    return proposal is not None and proposal.state in still


@rules.predicate
def writes_too(user: User, proposal: Proposal | None) -> bool:
    """Whether the person has accepted to be a joint author."""
    return (
        user.is_authenticated
        and proposal is not None
        and JointAuthor.objects.accepted().filter(proposal=proposal, person=user).exists()
    )


@rules.predicate
def is_invited(user: User, invitation: JointAuthor | None) -> bool:
    return invitation is not None and invitation.person_id == user.pk


rules.add_perm("writing.view_versions", ~is_draft)
rules.add_perm("writing.amend_proposal", is_citizen & is_amendable & (is_author | writes_too))
rules.add_perm("writing.invite_author", is_citizen & is_author & may_gain_authors)
rules.add_perm("writing.answer_invitation", is_citizen & is_invited)
