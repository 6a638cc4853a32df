"""The permission table of carrying out: who × act × state."""

import pytest

from portal.delivery.models import PlanState
from portal.proposals.models import Decision, ProposalState, Support
from tests.factories.delivery import PlanFactory
from tests.factories.portal import ProposalFactory

S, P = ProposalState, PlanState
CAST = ["author", "zoe", "omar", "petra", "wendy", "clara", "sam", "audrey", "olga", "eric"]
DEPARTMENT = {"omar", "petra"}
JUDGES = {"author", "supporter"}

OF_PROPOSALS = {
    "begin_plan": {S.ADOPTED: DEPARTMENT},
    "rate_answer": {S.ADOPTED: JUDGES, S.NOT_ADOPTED: JUDGES},
    "rate_result": {},
    "read_ratings": {
        state: DEPARTMENT for state in S if state not in {S.DRAFT, S.SUBMITTED, S.WITHDRAWN}
    },
}
OF_PLANS = {
    "keep_plan": {P.RUNNING: DEPARTMENT},
    "view_plan": {state: {*CAST, "supporter"} for state in P},
}


@pytest.fixture
def people(request, ana):
    found = {name: request.getfixturevalue(name) for name in CAST if name != "author"}
    return {**found, "author": ana}


def allowed(acts, thing, people):
    return {
        act: {name for name, person in people.items() if person.has_perm(f"delivery.{act}", thing)}
        for act in acts
    }


@pytest.mark.parametrize("state", list(S))
def test_who_may_do_what_about_a_proposal(people, ana, django_user_model, state):
    proposal = ProposalFactory(author=ana, state=state)
    people["supporter"] = django_user_model.objects.create_user("supporter@example.org")
    Support.objects.create(proposal=proposal, person=people["supporter"])

    found = allowed(OF_PROPOSALS, proposal, people)

    assert found == {act: states.get(state, set()) for act, states in OF_PROPOSALS.items()}


@pytest.mark.parametrize("state", list(P))
def test_who_may_do_what_about_a_plan(people, ana, django_user_model, state):
    plan = PlanFactory(proposal=ProposalFactory(author=ana, state=S.ADOPTED), state=state)
    people["supporter"] = django_user_model.objects.create_user("supporter@example.org")
    Support.objects.create(proposal=plan.proposal, person=people["supporter"])

    found = allowed(OF_PLANS, plan, people)

    assert found == {act: states.get(state, set()) for act, states in OF_PLANS.items()}
    judges = JUDGES if state == P.COMPLETED else set()
    assert allowed(["rate_result"], plan.proposal, people) == {"rate_result": judges}


def test_officials_carry_out_no_proposal_of_their_own(omar):
    plan = PlanFactory(proposal=ProposalFactory(author=omar, state=S.ADOPTED))

    assert not omar.has_perm("delivery.keep_plan", plan)
    assert not omar.has_perm("delivery.begin_plan", plan.proposal)


@pytest.mark.parametrize("decision", list(Decision))
def test_what_is_not_adopted_is_carried_out_only_where_it_is_under_way(omar, decision):
    proposal = ProposalFactory(state=S.NOT_ADOPTED, decision=decision)

    may = omar.has_perm("delivery.begin_plan", proposal)

    assert may == (decision == Decision.ALREADY_DONE)


def test_officials_do_not_rate_their_own_answers(omar):
    proposal = ProposalFactory(state=S.ADOPTED)
    Support.objects.create(proposal=proposal, person=omar)

    assert not omar.has_perm("delivery.rate_answer", proposal)
