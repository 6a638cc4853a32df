"""Who may do what about duties, merges, changes of the rule and panels."""

from datetime import timedelta

from django.utils import timezone

from portal.accounts.models import Department, Role
from portal.audit.domain import log
from portal.proposals.models import OPEN_STATES, Proposal, Visibility
from portal.registry import CallCard
from portal.thresholds.models import (
    Candidate,
    ChangeState,
    Duty,
    Effect,
    Merge,
    MergeState,
    Panel,
    PanelState,
    RuleChange,
    Step,
)
from portal.thresholds.scopes import Scope
from tests.factories.portal import ProposalFactory, UserFactory
from tests.permission_tables import (
    ALWAYS,
    APPROVERS,
    CITY,
    DEPARTMENT,
    ELSEWHERE,
    HERE,
    OPERATOR,
    Table,
    crossed,
    official_of,
    who,
)
from tests.portal.proposals.permissions import OF_PROPOSALS, a_proposal

MEMBER = who("member")


def a_duty(people):
    proposal, _related = a_proposal(people)
    here = Department.objects.get(code=HERE)
    return Duty(proposal=proposal, step=Step(), department=here), {}


def a_proposal_without_a_department(people):
    return ProposalFactory(author=people["author"]), {}


def a_merge(people, *, elsewhere=ELSEWHERE):
    """The merge of two proposals; one is the author's, the other an official's.

    The department of traffic is in charge of the first, that of welfare of the second.
    """
    official = official_of(HERE)
    there = Department.objects.get(code=elsewhere)
    later = ProposalFactory(author=people["author"])
    earlier = ProposalFactory(author=official, department=there)
    return Merge(later=later, earlier=earlier), {"author of the other": official}


def a_merge_within_a_department(people):
    return a_merge(people, elsewhere=HERE)


def a_change(people):
    proposer = official_of(HERE, Role.APPROVER)
    return RuleChange(proposed_by=proposer), {"proposer": proposer}


def the_steps_of_all(_people):
    return Scope(), {}


def the_steps_of_a_call(_people):
    today, here = timezone.localdate(), Department.objects.get(code=HERE)
    card = CallCard("1", "A call", "/calls/1/", here.pk, today, today, True, False)
    return Scope(call=card.key, card=card), {}


def a_panel(people):
    """A panel of this month: one accepted a seat, one was invited, one declined."""
    today = timezone.localdate()
    panel = Panel.objects.create(
        month=today.replace(day=1), seats=1, marks_each=1, draw_on=today, closes_on=today
    )
    states = {"member": Candidate.State.ACCEPTED, "invited": Candidate.State.INVITED}
    states["who declined"] = Candidate.State.DECLINED
    related = {name: UserFactory() for name in states}
    for number, (name, state) in enumerate(states.items()):
        panel.candidates.create(
            person=related[name],
            state=state,
            code=f"c{number}",
            expires_at=timezone.now() + timedelta(days=1),
        )
    log.record("staged", panel, by=None)
    return panel, related


OWED = {effect for effect in Effect if effect != Effect.ANSWER}
TABLES = [
    Table(
        Proposal,
        a_proposal,
        {"thresholds.propose_merge": {DEPARTMENT: crossed(OPEN_STATES, [Visibility.PUBLIC])}},
        OF_PROPOSALS,
    ),
    Table(
        Duty,
        a_duty,
        {"thresholds.fulfil_duty": {DEPARTMENT: crossed(OWED, [None])}},
        axes=("step.effect", "done_at"),
        others={"done_at": (None, timezone.now())},
    ),
    # Before it owes an answer, the department of its area is in charge.
    Table(
        Proposal,
        a_proposal_without_a_department,
        {"thresholds.propose_merge": {DEPARTMENT: crossed(OPEN_STATES, [Visibility.PUBLIC])}},
        OF_PROPOSALS,
    ),
    Table(
        Merge,
        a_merge,
        {
            "thresholds.call_off_merge": {CITY: [MergeState.ASKING]},
            "thresholds.split_merge": {CITY: [MergeState.MERGED]},
        },
    ),
    Table(
        Merge,
        a_merge_within_a_department,
        {
            "thresholds.call_off_merge": {DEPARTMENT: [MergeState.ASKING]},
            "thresholds.split_merge": {DEPARTMENT: [MergeState.MERGED]},
        },
    ),
    Table(
        Scope,
        the_steps_of_all,
        {"thresholds.propose_change": {CITY | OPERATOR: ALWAYS}},
        axes=(),
        is_owned=False,
    ),
    Table(
        Scope,
        the_steps_of_a_call,
        {"thresholds.propose_change": {DEPARTMENT: ALWAYS}},
        axes=(),
        is_owned=False,
    ),
    Table(
        RuleChange,
        a_change,
        {"thresholds.decide_change": {APPROVERS | OPERATOR: [ChangeState.PROPOSED]}},
        is_owned=False,
    ),
    Table(
        Panel,
        a_panel,
        {
            "thresholds.draw_panel": {OPERATOR: [PanelState.ANNOUNCED]},
            "thresholds.mark_items": {MEMBER: [PanelState.DRAWN]},
        },
        is_owned=False,
    ),
]
