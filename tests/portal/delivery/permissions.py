"""Who may carry out, keep and judge what the city promised, and who reads the notes about it."""

from portal.accounts.models import Department
from portal.delivery.models import Plan, PlanState, Wording
from portal.proposals.models import CountedSupport, Decision, Proposal, ProposalState
from tests.factories.answers import OpinionRequestFactory
from tests.factories.delivery import PlanFactory
from tests.factories.portal import ProposalFactory, UserFactory
from tests.permission_tables import (
    ALWAYS,
    AUTHOR,
    DEPARTMENT,
    EVERYONE,
    HERE,
    Table,
    official_of,
    who,
)
from tests.portal.proposals.permissions import OF_PROPOSALS

S, P = ProposalState, PlanState
SUPPORTER, ASKED = who("supporter"), who("official who was asked")
OF_THE_DEPARTMENT = who("supporter of the department")


def a_judged_proposal(people):
    """A proposal with supporters, one of them of the department, on which another was asked."""
    proposal = ProposalFactory(author=people["author"], state=S.ADOPTED)
    supporters = {"supporter": UserFactory(), "supporter of the department": official_of(HERE)}
    for person in supporters.values():
        CountedSupport.objects.create(proposal=proposal, person=person)
    asked = official_of("housing")
    OpinionRequestFactory(proposal=proposal, department=Department.objects.get(code="housing"))
    return proposal, {**supporters, "official who was asked": asked}


def a_carried_out_proposal(people):
    proposal, related = a_judged_proposal(people)
    PlanFactory(proposal=proposal)
    return proposal, related


def a_plan(people):
    proposal, related = a_carried_out_proposal(people)
    return proposal.plan, related


def a_wording(_people):
    return Wording(department=Department.objects.get(code=HERE)), {}


OFFICIALS_HERE = DEPARTMENT | OF_THE_DEPARTMENT
DECIDED = [S.ADOPTED, S.NOT_ADOPTED]
# What is not adopted is carried out only where it is under way.
PROMISED = [S.ADOPTED, (S.NOT_ADOPTED, Decision.ALREADY_DONE)]
TABLES = [
    Table(
        Proposal,
        a_judged_proposal,
        {"delivery.begin_plan": {OFFICIALS_HERE: PROMISED}},
        ("state", "decision", "visibility"),
    ),
    Table(
        Proposal,
        a_judged_proposal,
        {
            "delivery.rate_answer": {AUTHOR | SUPPORTER: DECIDED},
            "delivery.read_ratings": {OFFICIALS_HERE: ALWAYS},
            "delivery.read_remarks": {OFFICIALS_HERE | ASKED: ALWAYS},
            "delivery.write_remark": {OFFICIALS_HERE | ASKED: ALWAYS},
        },
        OF_PROPOSALS,
    ),
    Table(
        Proposal,
        a_carried_out_proposal,
        {"delivery.rate_result": {AUTHOR | SUPPORTER: [P.COMPLETED]}},
        ("plan.state", *OF_PROPOSALS),
    ),
    Table(
        Plan,
        a_plan,
        {
            "delivery.keep_plan": {OFFICIALS_HERE: [P.RUNNING]},
            "delivery.view_plan": {EVERYONE | SUPPORTER | OF_THE_DEPARTMENT | ASKED: ALWAYS},
        },
    ),
    Table(
        Wording, a_wording, {"delivery.keep_wording": {DEPARTMENT: ALWAYS}}, axes=(), is_owned=False
    ),
]
