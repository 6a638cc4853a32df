"""Supports, withdrawals, folds, merges and splits at the same moment: every sum is exact."""

import random

from portal.accounts.models import Department, Role
from portal.proposals.domain import supports
from portal.proposals.models import Proposal, ProposalStat, Support, SupportClick
from portal.refusals import Refused
from portal.thresholds.domain import merges
from portal.thresholds.models import Carried, Merge, MergeState
from tests.factories.portal import UserFactory, appoint
from tests.factories.thresholds import end_asking, like_proposals
from tests.portal.proposals.test_concurrency import at_once

PEOPLE = 30
TURNS = 15
MERGES = 5


def toggle(person, proposals, seed):
    """Support and take back by chance, as often as it goes."""
    chance = random.Random(seed)
    for _ in range(TURNS):
        act = chance.choice([supports.add, supports.take_back])
        try:
            act(chance.choice(proposals), by=person)
        except Refused:
            continue


def merge_and_split(later, earlier, official):
    for _ in range(MERGES):
        fresh = Proposal.objects.get(pk=later.pk)
        merge = merges.propose(fresh, by=official, earlier=earlier, reason="The same.")
        merges.carry_out(end_asking(merge))
        supports.fold()
        merges.split(Merge.objects.get(pk=merge.pk), by=official, reason="They differ.")


def fold_often():
    for _ in range(40):
        supports.fold()


def test_supports_withdrawals_merges_and_splits_at_once_lose_nothing(own_database):
    omar = appoint(UserFactory(), Role.OFFICIAL, Department.objects.get(code="traffic"))
    both = earlier, later = like_proposals()
    people = UserFactory.create_batch(PEOPLE)
    acts = [lambda p=p, n=n: toggle(p, both, n) for n, p in enumerate(people)]

    answers = at_once(*acts, lambda: merge_and_split(later, earlier, omar), fold_often)
    supports.fold()

    assert [answer for answer in answers if answer is not None] == []
    for proposal in both:
        rows = Support.objects.filter(proposal=proposal).count()
        assert ProposalStat.objects.get(pk=proposal.pk).support_count == rows
    assert not Carried.objects.exists()
    assert not SupportClick.objects.exists()
    assert Merge.objects.filter(state=MergeState.SPLIT).count() == MERGES
