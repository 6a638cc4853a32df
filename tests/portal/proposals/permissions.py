"""Who may do what to a proposal, its answers, the questions to others, and the visits."""

from django.utils import timezone

from portal.accounts.models import Department, Role
from portal.proposals.models import (
    OPEN_STATES,
    Answer,
    AnswerState,
    FieldVisit,
    OpinionRequest,
    Proposal,
    ProposalState,
    Visibility,
)
from tests.factories.answers import AnswerFactory, OpinionRequestFactory, VisitFactory
from tests.factories.portal import ProposalFactory
from tests.permission_tables import (
    ALWAYS,
    APPROVER,
    AUTHOR,
    DEPARTMENT,
    ELSEWHERE,
    EVERYONE,
    HERE,
    KNOWN,
    NEWCOMER,
    OTHER_APPROVER,
    OTHER_OFFICIAL,
    SIGNED_IN,
    Table,
    crossed,
    either,
    official_of,
)

S = ProposalState
RUNNING = either(S.ANSWER_DUE, S.PRELIM_REVIEW, S.DEPT_REVIEW)
WAITING = RUNNING | {S.SUPPLEMENT}
PUBLISHED = frozenset(S) - {S.DRAFT}
NOW = timezone.now()


def a_proposal(people):
    return ProposalFactory(author=people["author"], state=S.ANSWER_DUE), {}


def an_answer(people):
    """An answer drafted by one approver of the department, after one that another approved."""
    drafter, earlier = official_of(HERE, Role.APPROVER), official_of(HERE, Role.APPROVER)
    proposal = ProposalFactory(
        author=people["author"], state=S.PRELIM_REVIEW, approved_by=earlier, round=2
    )
    answer = AnswerFactory(proposal=proposal, drafted_by=drafter, round=2)
    return answer, {"drafter": drafter, "approver of the first answer": earlier}


def a_second_examination(people):
    """One that two of the department may not examine, because they decided the first time."""
    drafter, approver = official_of(HERE), official_of(HERE, Role.APPROVER)
    proposal = ProposalFactory(
        author=people["author"],
        state=S.ANSWER_DUE,
        answered_by=drafter,
        approved_by=approver,
        round=2,
    )
    return proposal, {"drafter": drafter, "approver of the first answer": approver}


def a_question_to_welfare(people):
    proposal, _related = a_proposal(people)
    elsewhere = Department.objects.get(code=ELSEWHERE)
    return OpinionRequestFactory(proposal=proposal, department=elsewhere), {}


def a_question_to_an_institute(people):
    proposal, _related = a_proposal(people)
    return OpinionRequestFactory(proposal=proposal, outside="Road Institute"), {}


def a_visit(people):
    proposal, _related = a_proposal(people)
    return VisitFactory(proposal=proposal), {}


TO_PROPOSALS = {
    "proposals.view_proposal": {EVERYONE: ALWAYS},
    "proposals.revise_proposal": {AUTHOR: [S.DRAFT]},
    "proposals.publish_proposal": {AUTHOR: [S.DRAFT]},
    "proposals.withdraw_proposal": {AUTHOR: WAITING | {S.SUBMITTED}},
    "proposals.support_proposal": {KNOWN - AUTHOR: crossed(OPEN_STATES, [Visibility.PUBLIC])},
    "proposals.verify_to_support": {NEWCOMER: crossed(OPEN_STATES, [Visibility.PUBLIC])},
    "proposals.follow_proposal": {SIGNED_IN: PUBLISHED},
    "proposals.unfollow_proposal": {SIGNED_IN: PUBLISHED},
    "proposals.take_back_support": {SIGNED_IN: PUBLISHED},
    "proposals.ask_supplement": {DEPARTMENT: RUNNING},
    "proposals.supply_supplement": {AUTHOR: [S.SUPPLEMENT]},
    "proposals.put_off_supplement": {AUTHOR: [S.SUPPLEMENT]},
    "proposals.close_lapsed": {DEPARTMENT: [S.SUPPLEMENT]},
    "proposals.assign_proposal": {DEPARTMENT: WAITING},
    "proposals.transfer_proposal": {DEPARTMENT: RUNNING},
    "proposals.convert_proposal": {DEPARTMENT: [S.ANSWER_DUE, S.SUPPLEMENT]},
    "proposals.review_proposal": {DEPARTMENT: [S.ANSWER_DUE]},
    "proposals.ask_departments": {DEPARTMENT: [S.PRELIM_REVIEW, S.DEPT_REVIEW]},
    "proposals.plan_visit": {DEPARTMENT: RUNNING},
    "proposals.reply_meanwhile": {DEPARTMENT: RUNNING},
    "proposals.extend_proposal": {DEPARTMENT: RUNNING},
    "proposals.draft_answer": {DEPARTMENT: RUNNING},
    "proposals.ask_reexamination": {AUTHOR: [S.NOT_ADOPTED]},
}
BY_OTHERS_THAN_BEFORE = ("proposals.review_proposal", "proposals.draft_answer")

OF_PROPOSALS = ("state", "visibility")
WHILE_OWED = {"axes": ("proposal.state", "answered_on"), "others": {"answered_on": (None, NOW)}}
TABLES = [
    Table(Proposal, a_proposal, TO_PROPOSALS, OF_PROPOSALS),
    Table(
        Proposal,
        a_second_examination,
        {act: TO_PROPOSALS[act] for act in BY_OTHERS_THAN_BEFORE}
        | {"proposals.convert_proposal": {}},
        OF_PROPOSALS,
    ),
    Table(Answer, an_answer, {"proposals.approve_answer": {APPROVER: [AnswerState.PROPOSED]}}),
    Table(
        OpinionRequest,
        a_question_to_welfare,
        {"proposals.give_opinion": {OTHER_OFFICIAL | OTHER_APPROVER: crossed(RUNNING, [None])}},
        **WHILE_OWED,
    ),
    Table(
        OpinionRequest,
        a_question_to_an_institute,
        {"proposals.give_opinion": {DEPARTMENT: crossed(RUNNING, [None])}},
        **WHILE_OWED,
    ),
    Table(
        FieldVisit,
        a_visit,
        {"proposals.tell_finding": {DEPARTMENT: crossed(RUNNING, [None])}},
        axes=("proposal.state", "found_at"),
        others={"found_at": (None, NOW)},
    ),
]
