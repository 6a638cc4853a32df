"""Many at once: no support lost, none doubled, no state overwritten."""

from portal.accounts.models import Department, Role, User
from portal.proposals.domain import proposals, reminders, supports
from portal.proposals.models import (
    Proposal,
    ProposalStat,
    ProposalState,
    Support,
    WaitingSupport,
    WaitingWithdrawal,
)
from portal.refusals import Refused
from portal.thresholds.domain import crossings
from tests.at_once import at_once, in_the_moment_of_a_fold
from tests.factories.portal import ProposalFactory, UserFactory, appoint, verify

THREADS = 8


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
    assert not WaitingSupport.objects.exists()
    assert not WaitingWithdrawal.objects.exists()


def test_of_two_accounts_of_one_person_at_once_one_counts(own_database):
    proposal = ProposalFactory(author=UserFactory())
    accounts = [verify(UserFactory(resident=False), person="one") for _account in range(THREADS)]

    answers = at_once(
        *[lambda account=account: supports.add(proposal, by=account) for account in accounts]
    )

    assert sum(isinstance(answer, supports.AlreadyGiven) for answer in answers) == THREADS - 1
    assert supports.count_now(proposal) == 1


def test_who_clicks_again_in_the_moment_of_a_fold_counts_once(own_database):
    proposal, zoe = ProposalFactory(author=UserFactory()), UserFactory()
    supports.add(proposal, by=zoe)

    answer = in_the_moment_of_a_fold(lambda: supports.add(proposal, by=zoe))

    assert isinstance(answer, supports.AlreadyGiven)
    assert supports.count_now(proposal) == Support.objects.count() == 1


def test_who_clicks_from_another_account_in_the_moment_of_a_fold_counts_once(own_database):
    proposal = ProposalFactory(author=UserFactory())
    first, second = (verify(UserFactory(resident=False), person="one") for _account in range(2))
    supports.add(proposal, by=first)

    answer = in_the_moment_of_a_fold(lambda: supports.add(proposal, by=second))

    assert isinstance(answer, supports.AlreadyGiven)
    assert supports.count_now(proposal) == Support.objects.count() == 1


def test_what_is_taken_back_in_the_moment_of_a_fold_is_gone(own_database):
    proposal, zoe = ProposalFactory(author=UserFactory()), UserFactory()
    supports.add(proposal, by=zoe)

    answer = in_the_moment_of_a_fold(lambda: supports.take_back(proposal, by=zoe))

    assert answer is None
    assert supports.count_now(proposal) == Support.objects.count() == 0
    supports.fold()
    assert ProposalStat.objects.get(pk=proposal.pk).support_count == 0


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

    answers = at_once(crossings.follow, crossings.follow)

    assert sorted(answers) == [0, 1]
    assert Proposal.objects.get().state == ProposalState.ANSWER_DUE
    assert reminders.remind() == 0
