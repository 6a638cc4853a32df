"""Who may do what to a proposal, where the permission table does not say it."""

from portal.accounts.models import Department, Role
from portal.proposals.models import AnswerState, ProposalState
from tests.factories.answers import AnswerFactory
from tests.factories.portal import ProposalFactory, UserFactory, appoint


def test_the_department_above_approves_too(ana, petra):
    parking = Department.objects.get(code="parking")
    official = appoint(UserFactory(), Role.OFFICIAL, parking)
    proposal = ProposalFactory(author=ana, state=ProposalState.PRELIM_REVIEW, department=parking)
    answer = AnswerFactory(proposal=proposal, drafted_by=official, state=AnswerState.PROPOSED)

    assert petra.has_perm("proposals.approve_answer", answer)
