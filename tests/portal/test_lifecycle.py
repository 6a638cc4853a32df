"""Moving from one state to the next: only where a move exists, and only for the first who comes."""

import pytest
from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import Act
from portal.lifecycle import may_become
from portal.proposals.models import Proposal, ProposalState
from portal.refusals import Refused
from tests.at_once import at_once
from tests.factories.portal import ProposalFactory, UserFactory

S = ProposalState


def test_move_changes_the_state_and_writes_one_act(ana):
    proposal = ProposalFactory(author=ana)
    before, acts = proposal.state_since, Act.objects.count()

    with transaction.atomic():
        moved = proposal.move(S.WITHDRAWN, by=ana, reason="I have changed my mind.")

    proposal = Proposal.objects.get(pk=moved.pk)
    assert proposal.state == S.WITHDRAWN
    assert proposal.state_since > before
    assert Act.objects.count() == acts + 1


def test_move_writes_the_columns_that_go_with_it(ana):
    proposal = ProposalFactory(author=ana)

    with transaction.atomic():
        proposal.move(S.WITHDRAWN, by=ana, also={"answer": "Taken back."})

    assert proposal.answer == Proposal.objects.get().answer == "Taken back."


@pytest.mark.parametrize("to", ["unheard-of", S.SUBMITTED, S.DRAFT, ""])
def test_a_move_that_does_not_exist_is_refused(ana, to):
    proposal = ProposalFactory(author=ana)

    with pytest.raises(Refused, match="not open at this stage"), transaction.atomic():
        proposal.move(to, by=ana)

    assert Proposal.objects.get().state == S.SUBMITTED


def test_a_move_from_a_state_of_long_ago_is_refused(ana):
    proposal = ProposalFactory(author=ana)
    stale = Proposal.objects.get()
    with transaction.atomic():
        proposal.move(S.WITHDRAWN, by=ana)
    acts = Act.objects.count()

    with pytest.raises(Refused, match="Someone else has just changed this"), transaction.atomic():
        stale.move(S.WITHDRAWN, by=ana)

    assert Act.objects.count() == acts


def test_may_become_reads_the_same_moves(ana):
    predicate = may_become(S.WITHDRAWN)

    assert predicate(ana, ProposalFactory())
    assert not predicate(ana, ProposalFactory(state=S.WITHDRAWN))
    assert not predicate(ana, None)


@pytest.mark.own_database
def test_of_two_who_decide_at_once_one_is_refused(own_database):
    proposal = ProposalFactory(author=UserFactory())
    ready = [Proposal.objects.get(), Proposal.objects.get()]

    def withdraw(own):
        with transaction.atomic():
            own.move(S.WITHDRAWN, by=User.objects.get(pk=proposal.author_id))
        return "moved"

    outcomes = at_once(*[lambda own=own: withdraw(own) for own in ready])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refused", "str"]
    assert Proposal.objects.get().state == S.WITHDRAWN
