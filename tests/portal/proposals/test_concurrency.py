"""Many at once: no support lost, none doubled, no state overwritten."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BoundedSemaphore

from django.db import connections

from portal.accounts.models import Department, Role, User
from portal.proposals.domain import proposals, reminders, supports
from portal.proposals.models import Proposal, ProposalStat, ProposalState, Support, SupportClick
from portal.refusals import Refused
from tests.factories.portal import ProposalFactory, UserFactory, appoint, verify

THREADS = 8
MANY = 200
CONNECTIONS = 40


def at_once(*acts):
    """Run ``acts`` at the same moment, each on a connection of its own; return what each gave."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_person_clicking_eight_times_at_once_counts_once(own_database):
    proposal = ProposalFactory(author=UserFactory())
    zoe = UserFactory()

    answers = at_once(*[lambda: supports.add(proposal, by=zoe)] * THREADS)

    assert sum(isinstance(answer, Refused) for answer in answers) == THREADS - 1
    assert supports.count_now(proposal) == 1


def test_supports_withdrawals_and_folds_at_once_lose_nothing(own_database):
    cold, hot = ProposalFactory(author=UserFactory()), ProposalFactory(author=UserFactory())
    people = [UserFactory() for _ in range(THREADS)]

    def toggling(person):
        for turn in range(12):
            proposal = hot if turn % 3 else cold
            try:
                supports.add(proposal, by=person)
            except Refused:
                supports.take_back(proposal, by=person)
            if person == people[0]:
                supports.fold()

    at_once(*[lambda person=person: toggling(person) for person in people])
    supports.fold()

    for proposal in (cold, hot):
        rows = Support.objects.filter(proposal=proposal).count()
        assert ProposalStat.objects.get(pk=proposal.pk).support_count == rows
    assert not SupportClick.objects.exists()


def test_two_hundred_threads_support_and_withdraw_and_the_sums_stay_exact(own_database):
    """Two hundred threads run at once, forty of them in the database at a time.

    The tests' server allows a hundred connections by default, so that each act takes one of
    forty places. Every second thread acts for the second account of a person who has two, and
    every tenth folds in between. Whatever order the acts came in: the rows that live are the
    acts that added less those that withdrew, and the count and what waits are the same.
    """
    proposal = ProposalFactory(author=UserFactory())
    people = [verify(UserFactory(resident=False), person=f"one{n // 2}") for n in range(MANY)]
    places = BoundedSemaphore(CONNECTIONS)

    def acting(number):
        return sum(_act_in_turn(proposal, people[number], places, number) for _turn in range(3))

    changes = at_once(*[lambda number=number: acting(number) for number in range(MANY)])

    rows = Support.objects.filter(proposal=proposal)
    assert not [change for change in changes if not isinstance(change, int)]
    assert sum(changes) == rows.count() == supports.count_now(proposal)
    assert rows.count() <= MANY // 2
    assert len({bytes(row.person_hash) for row in rows}) == rows.count()
    supports.fold()
    assert ProposalStat.objects.get(pk=proposal.pk).support_count == rows.count()
    assert not SupportClick.objects.exists()


def _act_in_turn(proposal, person, places, number):
    """Add, or where that is refused take back, in one of the places; +1, -1 or 0."""
    with places:
        try:
            return _toggle(proposal, person)
        finally:
            if number % 10 == 0:
                supports.fold()
            connections.close_all()


def _toggle(proposal, person):
    try:
        supports.add(proposal, by=person)
    except Refused:
        try:
            supports.take_back(proposal, by=person)
        except Refused:
            return 0
        return -1
    return 1


def test_of_two_accounts_of_one_person_at_once_one_counts(own_database):
    proposal = ProposalFactory(author=UserFactory())
    accounts = [verify(UserFactory(resident=False), person="one") for _account in range(THREADS)]

    answers = at_once(
        *[lambda account=account: supports.add(proposal, by=account) for account in accounts]
    )

    assert sum(isinstance(answer, supports.AlreadyGiven) for answer in answers) == THREADS - 1
    assert supports.count_now(proposal) == 1


def test_of_two_who_decide_at_once_one_is_refused(own_database):
    transport = Department.objects.get(code="traffic")
    omar = appoint(UserFactory(), Role.OFFICIAL, transport)
    pk = ProposalFactory(author=UserFactory(), state=ProposalState.REFERRED).pk

    def decide(act, **words):
        proposal = Proposal.objects.get(pk=pk)
        person = User.objects.get(pk=omar.pk)
        act(proposal, by=person, reason="Now.", **words)
        return "done"

    answers = at_once(
        lambda: decide(proposals.adopt),
        lambda: decide(proposals.decline, ground="council"),
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "str"]


def test_the_threshold_is_crossed_once_by_two_folding_workers(own_database):
    proposal = ProposalFactory(author=UserFactory())
    for _ in range(5):
        supports.add(proposal, by=UserFactory())
    supports.fold()

    answers = at_once(supports.raise_due, supports.raise_due)

    raised = [answer for answer in answers if answer == 1]
    assert len(raised) >= 1
    assert Proposal.objects.get().state == ProposalState.ANSWER_DUE
    assert reminders.remind() == 0
