"""Local problems: reported, shared, handled; me too, votes, offers and proposals."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.models import Department
from portal.calls.domain import problems
from portal.calls.models import MeToo, Problem, ProblemProposal, ProblemState, Weight
from portal.notifications.models import Note
from portal.proposals.domain import proposals
from portal.proposals.models import Area, District, Proposal
from portal.refusals import Refused
from tests.factories.calls import ProblemFactory
from tests.factories.portal import UserFactory


def words(**changes):
    return {"title": "가로등이 꺼졌습니다", "text": "밤에 어둡습니다.", "place": "", **changes}


@pytest.mark.parametrize(
    "where", [{"place": "상살미마을"}, {"latitude": 37.5, "longitude": 126.7}, "district"]
)
def test_any_one_place_is_enough(ana, where):
    if where == "district":
        where = {"district": District.objects.get(code="sosa")}

    problem = problems.report(by=ana, written=words(**where))

    assert problem.state == ProblemState.RECEIVED
    assert Note.objects.get(recipient=ana).kind == "problem_received"


def test_a_report_without_a_place_is_refused(ana):
    with pytest.raises(Refused, match="where it is"):
        problems.report(by=ana, written=words())


def test_a_problem_is_for_its_reporter_and_officials_until_it_is_shared(ana, zoe, omar):
    problem = problems.report(by=ana, written=words(place="여기"))

    assert not Problem.objects.visible_to(zoe).exists()
    assert Problem.objects.visible_to(ana).get() == problem
    assert Problem.objects.visible_to(omar).get() == problem
    assert not Problem.objects.public().exists()


def test_each_step_has_a_reason_and_tells_those_concerned(ana, zoe, omar, transport):
    problem = problems.report(by=ana, written=words(place="여기"))
    problems.share(problem, by=omar, department=transport, reason="살핍니다.")
    problems.back(problem, by=zoe)
    problems.handle(problem, by=omar, reason="내일 갑니다.")
    problems.solve(problem, by=omar, reason="고쳤습니다.")

    kinds = list(Note.objects.filter(recipient=zoe).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["problem_handled", "problem_solved"]
    assert Note.objects.filter(recipient=ana).count() == 4
    assert (problem.state, problem.reason) == (ProblemState.SOLVED, "고쳤습니다.")


@pytest.mark.parametrize("step", ["handle", "solve", "drop"])
def test_a_step_without_a_reason_is_refused(omar, step):
    with pytest.raises(Refused, match="reason"):
        getattr(problems, step)(ProblemFactory(), by=omar, reason=" ")


def test_what_is_solved_is_not_handled_again(omar):
    with pytest.raises(Refused, match="not open at this stage"):
        problems.handle(ProblemFactory(state=ProblemState.SOLVED), by=omar, reason="다시")


def test_what_was_not_solved_can_be_taken_up_again(omar):
    problem = ProblemFactory(state=ProblemState.NOT_SOLVED)

    problems.handle(problem, by=omar, reason="예산이 생겼습니다.")

    assert problem.state == ProblemState.HANDLED


def test_me_too_counts_each_person_once(ana):
    problem = ProblemFactory()

    problems.back(problem, by=ana)
    problems.back(problem, by=ana)

    assert Problem.objects.get().me_too_count == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        MeToo.objects.create(problem=problem, person=ana)
    problems.unback(problem, by=ana)
    problems.unback(problem, by=ana)
    assert Problem.objects.get().me_too_count == 0


def test_me_too_is_refused_for_ones_own_and_for_what_has_ended(ana):
    with pytest.raises(Refused, match="yourself"):
        problems.back(ProblemFactory(reporter=ana), by=ana)
    with pytest.raises(Refused, match="not open"):
        problems.back(ProblemFactory(state=ProblemState.SOLVED), by=ana)


def test_a_person_has_a_few_votes_a_month(ana, settings, monkeypatch):
    settings.PROBLEM_VOTES_A_MONTH = 2
    first, second, third = (ProblemFactory() for _ in range(3))
    problems.weigh(first, by=ana)
    problems.weigh(second, by=ana)

    with pytest.raises(Refused, match="your 2 votes"):
        problems.weigh(third, by=ana)

    problems.unweigh(first, by=ana)
    problems.weigh(third, by=ana)
    assert list(Problem.objects.order_by("pk").values_list("vote_count", flat=True)) == [0, 1, 1]
    assert problems.votes_left(ana) == 0
    monkeypatch.setattr(problems, "this_month", lambda: date(2030, 1, 1))
    assert problems.votes_left(ana) == 2


def test_one_vote_each_for_a_problem_and_month(ana):
    problem = ProblemFactory()
    problems.weigh(problem, by=ana)

    with pytest.raises(Refused, match="this month"):
        problems.weigh(problem, by=ana)

    assert problem.vote_count == 1


def test_two_votes_at_once_cannot_take_the_same_number(ana):
    first, second = ProblemFactory(), ProblemFactory()
    vote = problems.weigh(first, by=ana)

    with pytest.raises(IntegrityError), transaction.atomic():
        Weight.objects.create(problem=second, person=ana, month=vote.month, slot=vote.slot)


def test_a_company_offers_once_and_may_withdraw(ana, zoe):
    problem = ProblemFactory(reporter=zoe)
    written = {"company": "물길기술", "text": "시험하겠습니다.", "link": ""}
    solution = problems.offer(problem, by=ana, written=written)

    with pytest.raises(Refused, match="already"):
        problems.offer(problem, by=ana, written=written)
    with pytest.raises(Refused, match="not yours"):
        problems.withdraw_offer(solution, by=zoe)
    problems.withdraw_offer(solution, by=ana)
    with pytest.raises(Refused, match="not yours"):
        problems.withdraw_offer(solution, by=ana)

    assert Note.objects.get(recipient=zoe).kind == "problem_solution"
    assert problems.offer(problem, by=ana, written=written).withdrawn_at is None


def test_an_offer_is_refused_for_what_has_ended(ana):
    with pytest.raises(Refused, match="not open"):
        problems.offer(ProblemFactory(state=ProblemState.SOLVED), by=ana, written={})


def test_a_proposal_begins_with_the_words_and_place_of_a_problem(ana):
    area = Area.objects.get(code="environment")
    problem = ProblemFactory(area=area, latitude=37.5, longitude=126.7)

    proposal = Proposal.objects.get(pk=problems.propose(problem, by=ana).pk)

    assert (proposal.title, proposal.area, proposal.district) == (
        problem.title,
        area,
        problem.district,
    )
    assert (proposal.latitude, proposal.longitude) == (37.5, 126.7)
    assert problem.get_absolute_url() in proposal.problem
    assert ProblemProposal.objects.get().problem == problem


def test_a_draft_that_is_thrown_away_takes_its_link_with_it(ana):
    proposal = problems.propose(ProblemFactory(), by=ana)

    proposals.discard(proposal, by=ana)

    assert not ProblemProposal.objects.exists()


def test_a_proposal_begins_from_a_page_of_this_portal_alone(ana):
    proposal = problems.propose_from_record(by=ana, title="주차장 현황", source="/data/parking/")

    assert "/data/parking/" in proposal.problem
    for source in ("https://example.org", "//example.org", ""):
        with pytest.raises(Refused, match="page of this portal"):
            problems.propose_from_record(by=ana, title="x", source=source)


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": "", "district": None},
        {"latitude": 37.5},
        {"latitude": 91, "longitude": 0},
        {"photo": "problems/x", "photo_shows": ""},
        {"state": ProblemState.HANDLED, "reason": ""},
        {"state": ProblemState.SHARED, "department": None},
    ],
)
def test_the_database_refuses_problems_that_break_a_rule(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProblemFactory(**wrong)


def test_a_problem_cannot_change_without_an_act_but_its_counts_can(own_database):
    problem = ProblemFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Problem.objects.filter(pk=problem.pk).update(department=Department.objects.first())
    problems.back(problem, by=UserFactory())

    assert Problem.objects.get().me_too_count == 1
