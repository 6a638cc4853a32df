"""Carrying out: plans, milestones, money, evidence, and how they end."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portal.audit.domain import log, trail
from portal.delivery.domain import milestones, papers, plans
from portal.delivery.models import Milestone, Plan, PlanState
from portal.notifications.models import Note
from portal.proposals.models import ProposalState
from portal.refusals import Refused
from tests.at_once import at_once
from tests.factories.delivery import PlanFactory
from tests.factories.portal import ProposalFactory, UserFactory

TODAY = timezone.localdate
S = ProposalState


def in_days(days):
    return TODAY() + timedelta(days)


def halves():
    return [
        {"title": "설계", "weight": 40, "due_on": in_days(10)},
        {"title": "시공", "weight": 60, "due_on": in_days(60)},
    ]


def verbs_of(plan):
    return [entry.verb for entry in trail.entries([log.subject_key(plan)], limit=50)]


def kinds_for(person):
    return set(Note.objects.filter(recipient=person).values_list("kind", flat=True))


def test_begin_writes_the_plan_and_tells_the_author(ana, omar):
    proposal = ProposalFactory(author=ana, state=S.ADOPTED)

    plan = plans.begin(proposal, by=omar, summary="이렇게 합니다.", milestones=halves())

    assert [(m.title, m.planned_on == m.due_on) for m in plan.milestones.all()] == [
        ("설계", True),
        ("시공", True),
    ]
    assert verbs_of(plan) == ["delivery.plan:begun"]
    assert kinds_for(ana) == {"plan_begun"}


def test_begin_twice_is_refused(omar):
    plan = PlanFactory()

    with pytest.raises(Refused, match="a plan for this proposal already"):
        plans.begin(plan.proposal, by=omar, summary="또", milestones=halves())


def test_of_two_who_begin_at_once_one_is_refused(own_database):
    proposal, official = ProposalFactory(state=S.ADOPTED), UserFactory()

    def begin():
        return plans.begin(proposal, by=official, summary="이렇게", milestones=halves())

    assert sorted(type(answer).__name__ for answer in at_once(begin, begin)) == ["Plan", "Refused"]


def test_weights_that_do_not_make_100_are_refused(omar):
    proposal = ProposalFactory(state=S.ADOPTED)
    crooked = [{"title": "설계", "weight": 40, "due_on": in_days(10)}]

    with pytest.raises(Refused, match="make 40 together"):
        plans.begin(proposal, by=omar, summary="이렇게", milestones=crooked)


@transaction.atomic
def give_each_milestone(plan, weight):
    """Change the weights as no code of ours would, and let the database look at once."""
    plan.milestones.update(weight=weight)
    log.record("staged", plan, by=None)
    connection.check_constraints()


def test_the_database_itself_refuses_crooked_weights(db):
    plan = PlanFactory()

    with pytest.raises(IntegrityError, match="not 100"):
        give_each_milestone(plan, 30)


def test_progress_is_weighted(omar):
    plan = PlanFactory()
    first = plan.milestones.first()

    milestones.advance(first, by=omar, percent=50)

    assert Plan.objects.get(pk=plan.pk).percent == 25


def test_reaching_a_milestone_keeps_its_day(omar):
    plan = PlanFactory()
    first = plan.milestones.first()

    milestones.advance(first, by=omar, percent=100, done_on=in_days(-1))

    assert Milestone.objects.get(pk=first.pk).done_on == in_days(-1)
    assert "delivery.plan:milestone_reached" in verbs_of(plan)
    assert kinds_for(plan.proposal.author) == {"milestone_reached"}


@pytest.mark.parametrize(("percent", "days"), [(100, 1), (50, 0)])
def test_a_day_that_cannot_be_is_refused(omar, percent, days):
    first = PlanFactory().milestones.first()

    with pytest.raises(Refused):
        milestones.advance(first, by=omar, percent=percent, done_on=in_days(days))


def test_a_milestone_is_put_off_with_a_reason_and_followers_are_told(omar):
    plan = PlanFactory()
    first = plan.milestones.first()

    milestones.slip(first, by=omar, until=in_days(30), reason="자재가 늦습니다.")

    kept = Milestone.objects.get(pk=first.pk)
    assert (kept.due_on, kept.planned_on) == (in_days(30), in_days(10))
    assert plan.slips.get().was_due_on == in_days(10)
    assert kinds_for(plan.proposal.author) == {"plan_slipped"}


@pytest.mark.parametrize(("days", "reason"), [(10, "같은 날"), (5, "이른 날"), (30, "  ")])
def test_putting_off_needs_a_later_day_and_a_reason(omar, days, reason):
    first = PlanFactory().milestones.first()

    with pytest.raises(Refused):
        milestones.slip(first, by=omar, until=in_days(days), reason=reason)


def test_what_is_reached_is_not_put_off(omar):
    first = PlanFactory(percent=100).milestones.first()

    with pytest.raises(Refused, match="has been reached"):
        milestones.slip(first, by=omar, until=in_days(90), reason="늦습니다.")


def test_rework_keeps_dates_and_lets_untouched_milestones_go(omar):
    plan = PlanFactory()
    first, second = plan.milestones.all()
    steps = [
        {"milestone": first, "title": "새 이름", "weight": 70, "due_on": first.due_on},
        {"title": "하나 더", "weight": 30, "due_on": in_days(50)},
    ]

    plans.rework(plan, by=omar, reason="나누었습니다.", milestones=steps)

    assert [(m.title, m.weight) for m in plan.milestones.all()] == [
        ("새 이름", 70),
        ("하나 더", 30),
    ]
    assert not Milestone.objects.filter(pk=second.pk).exists()


def test_a_milestone_with_work_stays(omar):
    plan = PlanFactory(percent=20)
    step = {"title": "전부", "weight": 100, "due_on": in_days(9)}

    with pytest.raises(Refused, match="stays"):
        plans.rework(plan, by=omar, reason="다시", milestones=[step])


def test_money_is_entered_and_corrected_with_what_remains(omar):
    plan = PlanFactory()

    line = papers.enter(plan, by=omar, source="city", title="공사", planned=100, spent=10)
    line = papers.correct(line, by=omar, planned=100, spent=130, reason="자재가 올랐습니다.")

    assert line.remaining == -30
    assert verbs_of(plan)[-2:] == ["delivery.plan:money_entered", "delivery.plan:money_corrected"]


def test_evidence_needs_a_file_or_an_address(omar):
    with pytest.raises(Refused, match="a file or an address"):
        papers.show(PlanFactory(), by=omar, title="사진")


def test_completion_needs_every_milestone(omar):
    plan = PlanFactory()

    with pytest.raises(Refused, match="단계 1, 단계 2"):
        plans.complete(plan, by=omar, outcome="했습니다.", evidence={"title": "사진"})


def test_completion_keeps_outcome_and_evidence(omar):
    plan = PlanFactory(percent=100)
    file = SimpleUploadedFile("끝.pdf", b"%PDF-1.4 done")

    plans.complete(plan, by=omar, outcome="열었습니다.", evidence={"title": "사진", "file": file})

    assert plan.state == PlanState.COMPLETED
    assert plan.evidence.get().name == "끝.pdf"
    assert kinds_for(plan.proposal.author) == {"plan_completed"}


def test_completion_without_evidence_changes_nothing(omar):
    plan = PlanFactory(percent=100)

    with pytest.raises(Refused):
        plans.complete(plan, by=omar, outcome="열었습니다.", evidence={"title": "사진"})

    assert Plan.objects.get(pk=plan.pk).state == PlanState.RUNNING


def test_giving_up_needs_a_reason(omar):
    plan = PlanFactory()

    with pytest.raises(Refused, match="A reason is needed"):
        plans.give_up(plan, by=omar, reason=" ")
    plans.give_up(plan, by=omar, reason="예산이 깎였습니다.")

    assert (plan.state, plan.outcome) == (PlanState.GIVEN_UP, "예산이 깎였습니다.")


ENDED = {
    "advance": lambda plan, by: milestones.advance(plan.milestones.first(), by=by, percent=5),
    "slip": lambda plan, by: milestones.slip(
        plan.milestones.first(), by=by, until=in_days(99), reason="왜"
    ),
    "enter": lambda plan, by: papers.enter(plan, by=by, source="city", title="돈", planned=1),
    "show": lambda plan, by: papers.show(plan, by=by, title="t", url="https://example.org"),
    "rework": lambda plan, by: plans.rework(plan, by=by, reason="왜", milestones=halves()),
    "give_up": lambda plan, by: plans.give_up(plan, by=by, reason="왜"),
}


@pytest.mark.parametrize("act", ENDED)
def test_nothing_changes_after_the_end(omar, act):
    plan = PlanFactory(state=PlanState.COMPLETED)

    with pytest.raises(Refused):
        ENDED[act](plan, omar)


def test_watching_reminds_of_today_and_marks_the_late_once(omar):
    plan = PlanFactory(due_in=(0, -3))

    first, second = milestones.watch(), milestones.watch()

    assert (first, second) == (2, 1)
    assert Note.objects.filter(recipient=omar, kind="milestone_late").count() == 1
    assert kinds_for(plan.proposal.author) == {"milestone_late"}
    assert "delivery.plan:milestone_late" in verbs_of(plan)


def test_putting_off_takes_the_mark_of_lateness_away(omar):
    plan = PlanFactory(due_in=(-3,))
    milestones.watch()
    step = plan.milestones.get()

    milestones.slip(step, by=omar, until=in_days(5), reason="비가 왔습니다.")

    assert not Milestone.objects.get().is_late
    assert Milestone.objects.get().late_since is None
