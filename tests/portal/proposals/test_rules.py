"""The permission table of proposals: who × act × state."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.models import Department, Role, User
from portal.proposals.models import AnswerState, ProposalState
from tests.factories.answers import AnswerFactory, OpinionRequestFactory, VisitFactory
from tests.factories.portal import ProposalFactory, UserFactory, appoint

S = ProposalState
CAST = ["author", "zoe", "omar", "petra", "wendy", "clara", "sam", "audrey", "olga", "eric"]
DEPARTMENT = {"omar", "petra"}
EVERYONE = set(CAST)
OTHERS = EVERYONE - {"author"}
RUNNING = (S.ANSWER_DUE, S.PRELIM_REVIEW, S.DEPT_REVIEW)
WAITING = (*RUNNING, S.SUPPLEMENT)

TABLE = {
    "revise_proposal": {S.DRAFT: {"author"}},
    "publish_proposal": {S.DRAFT: {"author"}},
    "withdraw_proposal": {state: {"author"} for state in (S.SUBMITTED, *WAITING)},
    "support_proposal": dict.fromkeys((S.SUBMITTED, *WAITING, S.REFERRED), OTHERS),
    "ask_supplement": dict.fromkeys(RUNNING, DEPARTMENT),
    "supply_supplement": {S.SUPPLEMENT: {"author"}},
    "put_off_supplement": {S.SUPPLEMENT: {"author"}},
    "close_lapsed": {S.SUPPLEMENT: DEPARTMENT},
    "assign_proposal": dict.fromkeys(WAITING, DEPARTMENT),
    "transfer_proposal": dict.fromkeys(RUNNING, DEPARTMENT),
    "convert_proposal": dict.fromkeys((S.ANSWER_DUE, S.SUPPLEMENT), DEPARTMENT),
    "review_proposal": {S.ANSWER_DUE: DEPARTMENT},
    "ask_departments": dict.fromkeys((S.PRELIM_REVIEW, S.DEPT_REVIEW), DEPARTMENT),
    "plan_visit": dict.fromkeys(RUNNING, DEPARTMENT),
    "reply_meanwhile": dict.fromkeys(RUNNING, DEPARTMENT),
    "extend_proposal": dict.fromkeys(RUNNING, DEPARTMENT),
    "draft_answer": dict.fromkeys(RUNNING, DEPARTMENT),
    "ask_reexamination": {S.NOT_ADOPTED: {"author"}},
    "follow_proposal": {state: EVERYONE for state in S if state != S.DRAFT},
}


@pytest.fixture
def people(request, ana):
    others = {name: request.getfixturevalue(name) for name in CAST if name != "author"}
    return {"author": ana, **others}


def allowed(people, act, thing):
    return {name for name, person in people.items() if person.has_perm(f"proposals.{act}", thing)}


@pytest.mark.parametrize("state", list(S))
def test_who_may_do_what(people, ana, state, settings):
    settings.IDENTITY_LEVELS = {**settings.IDENTITY_LEVELS, "support": "email", "write": "email"}
    proposal = ProposalFactory(author=ana, state=state)

    found = {act: allowed(people, act, proposal) for act in TABLE}

    assert found == {act: states.get(state, set()) for act, states in TABLE.items()}


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize(("asked", "who"), [("traffic", DEPARTMENT), ("welfare", {"wendy"})])
def test_only_the_department_that_was_asked_gives_an_opinion(people, ana, state, asked, who):
    proposal = ProposalFactory(author=ana, state=state)
    request = OpinionRequestFactory(
        proposal=proposal, department=Department.objects.get(code=asked)
    )

    assert allowed(people, "give_opinion", request) == (who if state in RUNNING else set())


def test_what_came_from_outside_is_written_down_by_the_department_in_charge(people, ana):
    proposal = ProposalFactory(author=ana, state=S.DEPT_REVIEW)
    request = OpinionRequestFactory(proposal=proposal, outside="Road Institute")

    assert allowed(people, "give_opinion", request) == DEPARTMENT


@pytest.mark.parametrize("state", list(S))
def test_the_department_in_charge_tells_what_a_visit_found(people, ana, state):
    visit = VisitFactory(proposal=ProposalFactory(author=ana, state=state))

    found = allowed(people, "tell_finding", visit)

    assert found == (DEPARTMENT if state in RUNNING else set())


@pytest.mark.parametrize("state", list(AnswerState))
def test_an_answer_is_approved_by_an_approver_and_only_while_it_waits(people, ana, omar, state):
    proposal = ProposalFactory(author=ana, state=S.PRELIM_REVIEW)
    answer = AnswerFactory(proposal=proposal, drafted_by=omar, state=state)

    found = allowed(people, "approve_answer", answer)

    assert found == ({"petra"} if state == AnswerState.PROPOSED else set())


def test_nobody_approves_what_they_drafted(ana, petra):
    proposal = ProposalFactory(author=ana, state=S.PRELIM_REVIEW)
    answer = AnswerFactory(proposal=proposal, drafted_by=petra, state=AnswerState.PROPOSED)

    assert not petra.has_perm("proposals.approve_answer", answer)


def test_the_department_above_approves_too(ana, petra):
    parking = Department.objects.get(code="parking")
    official = appoint(UserFactory(), Role.OFFICIAL, parking)
    proposal = ProposalFactory(author=ana, state=S.PRELIM_REVIEW, department=parking)
    answer = AnswerFactory(proposal=proposal, drafted_by=official, state=AnswerState.PROPOSED)

    assert petra.has_perm("proposals.approve_answer", answer)


def test_an_approver_of_elsewhere_does_not_approve(ana, omar):
    elsewhere = appoint(UserFactory(), Role.APPROVER, Department.objects.get(code="welfare"))
    proposal = ProposalFactory(author=ana, state=S.PRELIM_REVIEW)
    answer = AnswerFactory(proposal=proposal, drafted_by=omar, state=AnswerState.PROPOSED)

    assert not elsewhere.has_perm("proposals.approve_answer", answer)


def test_whoever_decided_before_does_not_examine_again(ana, omar, petra):
    proposal = ProposalFactory(
        author=ana, state=S.ANSWER_DUE, answered_by=omar, approved_by=petra, round=2
    )

    for person in (omar, petra):
        assert not person.has_perm("proposals.review_proposal", proposal)
        assert not person.has_perm("proposals.draft_answer", proposal)


def test_officials_do_not_answer_their_own_proposals(omar, petra):
    proposal = ProposalFactory(author=omar, state=S.ANSWER_DUE)
    own = ProposalFactory(author=petra, state=S.PRELIM_REVIEW)
    answer = AnswerFactory(proposal=own, drafted_by=omar, state=AnswerState.PROPOSED)

    assert not omar.has_perm("proposals.review_proposal", proposal)
    assert not omar.has_perm("proposals.draft_answer", proposal)
    assert not petra.has_perm("proposals.approve_answer", answer)


def test_an_office_ends_with_its_term(ana, omar):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    today = timezone.localdate()
    omar.appointments.update(starts_on=today - timedelta(9), ends_on=today - timedelta(1))

    assert not User.objects.get(pk=omar.pk).has_perm("proposals.review_proposal", proposal)
