"""Supports, withdrawals, folds, a merge and its split at the same moment: every sum is exact."""

import random
from collections import Counter
from threading import BoundedSemaphore, Condition, Semaphore

from django.db import connections, transaction

from portal.accounts.models import Department, Role
from portal.audit.actors import citizen_with, keys_of
from portal.audit.domain import log
from portal.audit.models import Act
from portal.proposals.domain import supports
from portal.proposals.models import (
    Proposal,
    ProposalStat,
    Support,
    WaitingSupport,
    WaitingWithdrawal,
)
from portal.proposals.tasks import fold_supports
from portal.refusals import Refused
from portal.thresholds.domain import merges, voices
from portal.thresholds.models import Carried, Merge, MergeState, Step, Voice
from tests.at_once import at_once
from tests.factories.portal import ProposalFactory, UserFactory, appoint, verify
from tests.factories.thresholds import end_asking, like_proposals

THREADS = 200
# The tests' server allows a hundred connections by default: so many threads act at a time.
CONNECTIONS = 40
MERGES = 3
ACTS, TURNS = 3, 40
PATIENCE = 60
YES, NO = Voice.Answer.YES, Voice.Answer.NO
SAYS = (YES, NO, "")
ADDING = {"proposals.proposal:supported": 1, "proposals.proposal:support_withdrawn": -1}
MOVING = {"proposals.proposal:support_carried": 1, "proposals.proposal:support_returned": -1}


class Crowd:
    """Two hundred accounts, half of them two of one person, and what each of them has done."""

    def __init__(self, proposals):
        self.proposals = proposals
        self.people = [self._account(number) for number in range(THREADS)]
        self.places, self.leaves = BoundedSemaphore(CONNECTIONS), Semaphore(0)
        self.moved = Condition()
        self.turns, self.is_over = 0, False
        self.done = Counter()

    def _account(self, number):
        one = number // 2 if number < THREADS // 2 else number
        return verify(UserFactory(resident=False), person=f"one{one}")

    def act(self, number):
        """Take a turn of one account, and one more for each leave, until the merges are over."""
        chance = random.Random(number)
        while not self.is_over:
            with self.places:
                try:
                    self._turn(self.people[number], number, chance)
                finally:
                    connections.close_all()
            with self.moved:
                self.turns += 1
                self.moved.notify()
            self.leaves.acquire()

    def _turn(self, person, number, chance):
        say(person, SAYS[number % 3])
        for proposal in chance.choices(self.proposals, k=ACTS):
            self._click(person, proposal, chance)
        if number % 10 == 0:
            fold_supports()

    def _click(self, person, proposal, chance):
        act, change = chance.choice(
            [(supports.add, 1), (supports.add, 1), (supports.take_back, -1)]
        )
        try:
            act(proposal, by=person)
        except Refused:
            return
        with self.moved:
            self.done[person.pk, proposal.pk, change] += 1

    def go_on(self):
        """Give leave to many turns, and come back when half of them are taken."""
        with self.moved:
            enough = self.turns + TURNS
            self.leaves.release(2 * TURNS)
            assert self.moved.wait_for(lambda: self.turns >= enough, PATIENCE)

    def end(self):
        self.is_over = True
        self.leaves.release(THREADS)


def say(person, word):
    """Answer the question that waits for the person, if one does."""
    asked = Voice.objects.filter(person=person, answer="", merge__state=MergeState.ASKING)
    for voice in asked if word else ():
        try:
            voices.answer(voice, says=word)
        except Refused:
            continue


def merge_and_split(crowd, later, earlier, official):
    """Merge and split again while the crowd acts; return what those said whose supports came."""
    came = Counter()
    try:
        for _ in range(MERGES):
            crowd.go_on()
            fresh = Proposal.objects.get(pk=later.pk)
            merge = merges.propose(fresh, by=official, earlier=earlier, reason="The same.")
            crowd.go_on()
            merges.carry_out(end_asking(merge))
            said = dict(Voice.objects.filter(merge=merge).values_list("person_id", "answer"))
            came.update(said[seat.person_id] for seat in Carried.objects.filter(merge=merge))
            crowd.go_on()
            merges.split(Merge.objects.get(pk=merge.pk), by=official, reason="They differ.")
    finally:
        crowd.end()
    return came


@transaction.atomic
def put_steps_out_of_reach():
    """Let no proposal pass a step: what has passed one cannot be taken back."""
    for step in Step.objects.all():
        Step.objects.filter(pk=step.pk).update(supports=10 * THREADS + step.order)
        log.record("staged", step, by=None)


def written(proposal, people, verbs):
    """What the acts of the trail add up to, for each person whose name in this file is known."""
    key = log.subject_key(proposal)
    names = {citizen_with(known, key).name: pk for pk, known in keys_of(people).items()}
    total = Counter()
    for act in Act.objects.about(key).filter(verb__in=verbs):
        total[names[act.data["actor"]], verbs[act.verb]] += 1
    return total


def test_two_hundred_threads_support_withdraw_and_merge_and_every_sum_is_exact(own_database):
    """Two hundred threads at once, forty in the database at a time, on three proposals.

    Every tenth folds and lets follow what a fold sets going. Meanwhile one proposal is merged
    into another and split again, three times: a third of the people agree, a third object, a
    third say nothing and count. Whatever order it all came in, the rows that live, the counts,
    the clicks folded and the acts of each person are the same sum.
    """
    put_steps_out_of_reach()
    omar = appoint(UserFactory(), Role.OFFICIAL, Department.objects.get(code="traffic"))
    earlier, later = like_proposals()
    crowd = Crowd([earlier, later, ProposalFactory()])
    acts = [lambda number=number: crowd.act(number) for number in range(THREADS)]

    *answers, came = at_once(*acts, lambda: merge_and_split(crowd, later, earlier, omar))
    supports.fold()

    assert answers == [None] * THREADS
    assert min(came[YES], came[""]) > came[NO] == 0
    assert not WaitingSupport.objects.exists()
    assert not WaitingWithdrawal.objects.exists()
    assert not Carried.objects.exists()
    for proposal in crowd.proposals:
        check_sums(proposal, crowd)


def check_sums(proposal, crowd):
    """The rows, the count, what each account was told, and its acts in the trail agree."""
    rows = Support.objects.filter(proposal=proposal)
    supporting = set(rows.values_list("person_id", flat=True))
    people = {person.pk for person in crowd.people}
    clicked = written(proposal, people, ADDING)
    moved = written(proposal, people, MOVING)

    assert ProposalStat.objects.get(pk=proposal.pk).support_count == len(supporting) > 0
    assert len({bytes(row.person_hash) for row in rows}) == len(supporting)
    assert len(supporting) <= THREADS * 3 // 4
    for person in people:
        told = [crowd.done[person, proposal.pk, change] for change in (1, -1)]
        assert told == [clicked[person, 1], clicked[person, -1]]
        balance = told[0] - told[1] + moved[person, 1] - moved[person, -1]
        assert balance == (person in supporting)
