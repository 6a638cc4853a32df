"""The permission table of proposals: who × act × state."""

import pytest

from portal.proposals.models import ProposalState
from tests.factories.portal import ProposalFactory

S = ProposalState
CAST = ["author", "zoe", "omar", "petra", "wendy", "clara", "sam", "audrey", "olga"]
DEPARTMENT = {"omar", "petra"}
OFFICIALS = {"omar", "petra", "wendy"}
EVERYONE = set(CAST)
OTHERS = EVERYONE - {"author"}

TABLE = {
    "revise_proposal": {S.DRAFT: {"author"}},
    "publish_proposal": {S.DRAFT: {"author"}},
    "withdraw_proposal": {
        state: {"author"}
        for state in (S.SUBMITTED, S.ANSWER_DUE, S.SUPPLEMENT, S.PRELIM_REVIEW, S.DEPT_REVIEW)
    },
    "support_proposal": dict.fromkeys(
        (S.SUBMITTED, S.ANSWER_DUE, S.SUPPLEMENT, S.PRELIM_REVIEW, S.DEPT_REVIEW, S.REFERRED),
        OTHERS,
    ),
    "ask_supplement": dict.fromkeys((S.ANSWER_DUE, S.PRELIM_REVIEW, S.DEPT_REVIEW), DEPARTMENT),
    "supply_supplement": {S.SUPPLEMENT: {"author"}},
    "review_proposal": {S.ANSWER_DUE: DEPARTMENT},
    "ask_departments": {S.PRELIM_REVIEW: DEPARTMENT},
    "give_opinion": {S.DEPT_REVIEW: OFFICIALS},
    "refer_proposal": dict.fromkeys((S.PRELIM_REVIEW, S.DEPT_REVIEW), DEPARTMENT),
    "decide_proposal": dict.fromkeys((S.ANSWER_DUE, S.PRELIM_REVIEW, S.DEPT_REVIEW), DEPARTMENT),
    "transfer_proposal": dict.fromkeys((S.ANSWER_DUE, S.PRELIM_REVIEW, S.DEPT_REVIEW), DEPARTMENT),
    "follow_proposal": {state: EVERYONE for state in S if state != S.DRAFT},
}


@pytest.mark.parametrize("state", list(S))
def test_who_may_do_what(request, ana, state):
    proposal = ProposalFactory(author=ana, state=state)
    people = {name: request.getfixturevalue(name) for name in CAST if name != "author"}
    people["author"] = ana

    allowed = {
        act: {
            name for name, person in people.items() if person.has_perm(f"proposals.{act}", proposal)
        }
        for act in TABLE
    }

    assert allowed == {act: states.get(state, set()) for act, states in TABLE.items()}


def test_officials_do_not_answer_their_own_proposals(omar):
    proposal = ProposalFactory(author=omar, state=S.ANSWER_DUE)

    assert not omar.has_perm("proposals.review_proposal", proposal)
    assert not omar.has_perm("proposals.decide_proposal", proposal)


def test_an_office_ends_with_its_term(ana, omar):
    from datetime import timedelta

    from django.utils import timezone

    from portal.accounts.models import User

    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    today = timezone.localdate()
    omar.appointments.update(starts_on=today - timedelta(9), ends_on=today - timedelta(1))

    assert not User.objects.get(pk=omar.pk).has_perm("proposals.review_proposal", proposal)
