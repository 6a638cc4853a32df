"""A proposal's life, and every refusal on its way."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal import registry
from portal.accounts.models import Department
from portal.audit.domain import log
from portal.audit.models import Act
from portal.notifications.models import Note
from portal.proposals.domain import (
    assignments,
    clocks,
    opinions,
    proposals,
    reviews,
    supplements,
    supports,
    thread,
)
from portal.proposals.models import (
    Follow,
    Ground,
    Pause,
    Proposal,
    ProposalCount,
    ProposalStat,
    ProposalState,
    Review,
    Support,
    WaitingSupport,
    WaitingWithdrawal,
)
from portal.refusals import Refused
from portal.thresholds.domain import crossings
from tests.factories.delivery import PlanFactory
from tests.factories.portal import ProposalFactory, UserFactory, support_by

S = ProposalState


def kinds_for(person):
    return list(Note.objects.for_person(person).order_by("pk").values_list("kind", flat=True))


def verbs_about(proposal):
    key = f"proposals.proposal:{proposal.pk}"
    return [
        verb.partition(":")[2]
        for verb in Act.objects.about(key).order_by("id").values_list("verb", flat=True)
    ]


def test_draft_needs_nothing_and_tells_nobody(ana):
    proposal = proposals.draft(by=ana, written={"title": ""})

    assert proposal.state == S.DRAFT
    assert not Act.objects.about(f"proposals.proposal:{proposal.pk}").exists()


def test_publish_makes_the_proposal_public_and_follows_it(ana, zoe):
    proposal = ProposalFactory(author=ana, state=S.DRAFT)

    proposals.publish(proposal, by=ana)

    assert Proposal.objects.visible_to(zoe).get() == proposal
    assert Follow.objects.get(proposal=proposal).person == ana
    assert kinds_for(ana) == ["proposal_published"]
    assert verbs_about(proposal)[-1] == "submitted"


@pytest.mark.parametrize("missing", ["title", "problem", "solution"])
def test_publish_is_refused_while_something_is_missing(ana, missing):
    proposal = ProposalFactory(author=ana, state=S.DRAFT, **{missing: "   "})

    with pytest.raises(Refused, match="needed"):
        proposals.publish(proposal, by=ana)


def test_publish_is_refused_without_an_area(ana):
    proposal = proposals.draft(by=ana, written={"title": "a", "problem": "b", "solution": "c"})

    with pytest.raises(Refused, match="area"):
        proposals.publish(proposal, by=ana)


def test_revise_is_refused_once_public(ana):
    proposal = ProposalFactory(author=ana)

    with pytest.raises(Refused, match="already public"):
        proposals.revise(proposal, by=ana, written={"title": "Something else"})


def test_discard_is_refused_once_public(ana):
    proposal = ProposalFactory(author=ana)

    with pytest.raises(Refused, match="withdraw"):
        proposals.discard(proposal, by=ana)


def test_support_counts_once(ana, zoe):
    proposal = ProposalFactory(author=ana)
    supports.add(proposal, by=zoe)

    with pytest.raises(Refused, match="already support"):
        supports.add(proposal, by=zoe)

    assert supports.count_now(proposal) == 1
    assert Support.objects.filter(proposal=proposal).count() == 1


def test_support_is_an_unlinked_act_with_a_pseudonym(ana, zoe):
    proposal = ProposalFactory(author=ana)

    supports.add(proposal, by=zoe)
    supports.fold()

    act = Act.objects.about(f"proposals.proposal:{proposal.pk}").order_by("-id").first()
    assert act.verb == "proposals.proposal:supported"
    assert act.subject_seq is None
    assert str(zoe.uuid) not in act.leaf_data


def test_support_of_ones_own_proposal_is_refused(ana):
    with pytest.raises(Refused, match="your own"):
        supports.add(ProposalFactory(author=ana), by=ana)


@pytest.mark.parametrize("state", [S.DRAFT, S.ADOPTED, S.NOT_ADOPTED, S.WITHDRAWN])
def test_support_of_a_closed_proposal_is_refused(ana, zoe, state):
    proposal = ProposalFactory(author=ana, state=state)

    with pytest.raises(Refused, match="no longer gathers"):
        supports.add(proposal, by=zoe)


def test_support_may_be_taken_back_until_the_threshold(ana, zoe):
    proposal = ProposalFactory(author=ana)
    supports.add(proposal, by=zoe)

    supports.take_back(proposal, by=zoe)

    assert supports.count_now(proposal) == 0
    with pytest.raises(Refused, match="moved on"):
        supports.take_back(proposal, by=zoe)


def test_support_stays_once_an_answer_is_due(ana, zoe):
    proposal = ProposalFactory(author=ana)
    supports.add(proposal, by=zoe)
    reviews.become_due(proposal)

    with pytest.raises(Refused, match="moved on"):
        supports.take_back(proposal, by=zoe)


def test_fold_brings_the_clicks_into_the_count(ana):
    proposal = support_by(ProposalFactory(author=ana), 4)

    assert ProposalStat.objects.get(pk=proposal.pk).support_count == 4
    assert supports.fold() == 0
    assert supports.count_now(proposal) == 4


def test_supports_are_seen_before_they_are_counted_and_after(ana, zoe):
    proposal = ProposalFactory(author=ana)
    supports.add(proposal, by=zoe)
    waiting = Support.objects.get(proposal=proposal, person=zoe)

    supports.fold()

    counted = Support.objects.get(proposal=proposal, person=zoe)
    assert (waiting.counted, counted.counted) == (False, True)
    for name in ("created_at", "level", "person_hash", "channel"):
        assert getattr(waiting, name) == getattr(counted, name)
    assert zoe.supports.get() == counted


def test_support_given_and_taken_back_before_the_fold_leaves_two_acts_and_no_count(ana, zoe):
    proposal = ProposalFactory(author=ana)
    supports.add(proposal, by=zoe)
    supports.take_back(proposal, by=zoe)
    assert supports.count_now(proposal) == 0

    assert supports.fold() == 1

    acts = Act.objects.about(f"proposals.proposal:{proposal.pk}").filter(verb__contains="support")
    assert sorted(act.verb.partition(":")[2] for act in acts) == ["support_withdrawn", "supported"]
    assert ProposalStat.objects.get(pk=proposal.pk).support_count == 0
    assert not Support.objects.exists()


def test_fold_drops_the_support_of_an_account_that_is_gone(ana, zoe):
    """Whatever took the account away beside the portal: a waiting row is bound to nobody."""
    proposal = ProposalFactory(author=ana)
    supports.add(proposal, by=UserFactory())
    supports.add(proposal, by=zoe)
    WaitingSupport.objects.filter(person=zoe).update(person_id=zoe.pk + 1_000)

    supports.fold()

    assert ProposalStat.objects.get(pk=proposal.pk).support_count == 1
    assert Support.objects.count() == 1


def test_fold_counts_what_an_account_took_back_that_is_gone_since(ana, zoe):
    proposal = ProposalFactory(author=ana)
    supports.add(proposal, by=zoe)
    supports.fold()
    supports.take_back(proposal, by=zoe)
    WaitingWithdrawal.objects.update(person_id=zoe.pk + 1_000)

    assert supports.fold() == 1

    assert ProposalStat.objects.get(pk=proposal.pk).support_count == 0


def test_account_that_is_deleted_takes_its_waiting_support_along(ana, zoe):
    supports.add(ProposalFactory(author=ana), by=zoe)

    zoe.delete()

    assert not WaitingSupport.objects.exists()


def test_fold_takes_more_clicks_than_one_statement_holds(ana, monkeypatch):
    monkeypatch.setattr(supports, "CLICKS_IN_ONE_FOLD", 3)
    proposal = ProposalFactory(author=ana)
    for _ in range(7):
        supports.add(proposal, by=UserFactory())

    assert supports.fold() == 7
    assert ProposalStat.objects.get(pk=proposal.pk).support_count == 7


def test_fold_writes_an_act_for_each_click_in_their_order(ana, zoe):
    proposal = ProposalFactory(author=ana)
    supports.add(proposal, by=zoe)
    supports.take_back(proposal, by=zoe)
    supports.add(proposal, by=zoe)

    supports.fold()

    acts = Act.objects.about(f"proposals.proposal:{proposal.pk}").order_by("id")
    verbs = [act.verb.partition(":")[2] for act in acts][-3:]
    assert verbs == ["supported", "support_withdrawn", "supported"]
    assert ProposalStat.objects.get(pk=proposal.pk).support_count == 1


def test_count_and_acts_come_together_or_not_at_all(ana, zoe, monkeypatch):
    proposal = ProposalFactory(author=ana)
    supports.add(proposal, by=zoe)

    def fails(acts):
        raise RuntimeError("the trail is out of reach")

    with monkeypatch.context() as patched:
        patched.setattr(log, "record_crowd", fails)
        with pytest.raises(RuntimeError):
            supports.fold()

    assert ProposalStat.objects.get(pk=proposal.pk).support_count == 0
    assert supports.count_now(proposal) == 1
    assert supports.fold() == 1


def test_the_fifth_support_makes_an_answer_due_exactly_once(ana, omar):
    proposal = support_by(ProposalFactory(author=ana), 4)
    assert crossings.follow() == 0

    support_by(proposal, 1)

    assert crossings.follow() == 1
    assert crossings.follow() == 0
    proposal.refresh_from_db()
    assert (proposal.state, proposal.department.code) == (S.ANSWER_DUE, "traffic")
    assert "proposal_answer_due" in kinds_for(ana)
    assert kinds_for(omar) == ["answer_owed"]


def test_the_answer_is_due_in_thirty_civil_days_and_never_on_a_holiday(ana, monkeypatch):
    proposal = ProposalFactory(author=ana)
    monkeypatch.setattr(clocks.timezone, "localdate", lambda: date(2026, 8, 26))

    reviews.become_due(proposal)

    assert proposal.due_on == date(2026, 9, 28)


def test_the_days_of_a_supplement_are_given_back(ana):
    proposal = ProposalFactory(
        author=ana, state=S.ANSWER_DUE, clock_started_on=date(2026, 9, 1), due_on=date(2026, 10, 1)
    )
    Pause.objects.create(
        proposal=proposal,
        asked_on=date(2026, 9, 7),
        came_on=date(2026, 9, 11),
        due_on=date(2026, 9, 14),
        asked_for="Which streets?",
        asked_in=S.ANSWER_DUE,
    )

    # Five days later is a day after the substitute for National Foundation Day.
    assert clocks.due_of(proposal) == date(2026, 10, 6)


def test_a_supplement_stops_the_clock_until_it_comes(ana, omar):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    supplements.ask(proposal, by=omar, reason="Which streets?")
    assert proposal.days_left is None

    supplements.supply(proposal, by=ana, text="The three behind the school.")

    assert proposal.state == S.ANSWER_DUE
    assert proposal.days_left is not None
    assert "supplement_asked" in kinds_for(ana)
    assert "supplement_came" in kinds_for(omar)
    assert verbs_about(proposal)[-1] == "supplied"


def test_supply_is_refused_when_empty_or_not_asked_for(ana, omar):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    with pytest.raises(Refused):
        supplements.supply(proposal, by=ana, text="Something")
    supplements.ask(proposal, by=omar, reason="Which streets?")

    with pytest.raises(Refused, match="empty"):
        supplements.supply(proposal, by=ana, text="  ")


def test_supply_leads_back_to_where_it_was_asked(ana, omar):
    proposal = ProposalFactory(author=ana, state=S.DEPT_REVIEW)

    supplements.ask(proposal, by=omar, reason="Which streets?")
    supplements.supply(proposal, by=ana, text="These.")

    assert proposal.state == S.DEPT_REVIEW


def test_review_then_opinions_then_referral_are_public_with_their_reasons(ana, omar, wendy):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    welfare = Department.objects.get(code="welfare")

    reviews.review(proposal, by=omar, opinion="It can be tried.")
    asked = opinions.ask(proposal, by=omar, reason="Welfare, please.", departments=[welfare])
    opinions.give(asked[0], by=wendy, opinion="We help.")
    reviews.refer(proposal, by=omar, reason="The council should decide.")

    assert proposal.state == S.REFERRED
    assert list(Review.objects.values_list("department__code", "opinion")) == [
        ("traffic", "It can be tried."),
        ("welfare", "We help."),
    ]
    reasons = [step.entry.reason for step in thread.of(proposal).steps]
    assert reasons[-1] == "The council should decide."


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_step_without_a_reason_is_refused(ana, omar, reason):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)

    with pytest.raises(Refused, match="reason"):
        reviews.review(proposal, by=omar, opinion=reason)


def test_decline_names_a_ground_and_tells_the_author(ana, omar):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)

    proposals.decline(proposal, by=omar, ground=Ground.ALREADY_DONE, reason="It exists since May.")

    assert (proposal.state, proposal.ground) == (S.NOT_ADOPTED, "already_done")
    assert kinds_for(ana)[-1] == "proposal_not_adopted"


def test_decline_on_an_invented_ground_is_refused(ana, omar):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)

    with pytest.raises(Refused, match="ground"):
        proposals.decline(proposal, by=omar, ground="no time", reason="Too busy.")


def test_adopt_is_refused_when_another_decided_first(ana, omar):
    proposal = ProposalFactory(author=ana, state=S.REFERRED)
    other = Proposal.objects.get(pk=proposal.pk)
    proposals.decline(other, by=omar, ground=Ground.COUNCIL, reason="Lost.")

    with pytest.raises(Refused, match="just changed"):
        proposals.adopt(proposal, by=omar, reason="Carried.")


def test_withdraw_is_refused_after_the_decision(ana):
    proposal = ProposalFactory(author=ana, state=S.ADOPTED)

    with pytest.raises(Refused, match="not open"):
        proposals.withdraw(proposal, by=ana, reason="I changed my mind.")


def test_transfer_needs_another_department_and_a_reason(ana, omar, transport):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    welfare = Department.objects.get(code="welfare")

    with pytest.raises(Refused, match="already has it"):
        assignments.transfer(proposal, by=omar, department=transport, reason="Here.")
    with pytest.raises(Refused, match="reason"):
        assignments.transfer(proposal, by=omar, department=welfare, reason=" ")
    assignments.transfer(proposal, by=omar, department=welfare, reason="It is theirs.")

    assert Proposal.objects.get().department == welfare


def test_overdue_excludes_stopped_clocks(ana):
    yesterday = timezone.localdate() - timedelta(days=1)
    late = ProposalFactory(author=ana, state=S.ANSWER_DUE, due_on=yesterday)
    ProposalFactory(author=ana, state=S.SUPPLEMENT, due_on=yesterday)

    assert list(Proposal.objects.overdue()) == [late]
    assert (late.is_overdue, late.days_late) == (True, 1)


def test_counts_follow_every_move(ana, omar):
    proposal = ProposalFactory(author=ana)
    other = ProposalFactory(author=ana, state=S.ANSWER_DUE)

    proposals.withdraw(proposal, by=ana, reason="No longer needed.")
    reviews.review(other, by=omar, opinion="Fine.")

    counted = dict(ProposalCount.objects.filter(n__gt=0).values_list("state", "n"))
    assert counted == {"withdrawn": 1, "prelim_review": 1}


def test_a_change_without_an_act_is_undone(own_database, django_db_blocker):
    proposal = ProposalFactory(author=UserFactory())

    with pytest.raises(IntegrityError, match="without an act"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(title="Quietly changed")

    assert Proposal.objects.get().title == proposal.title


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"state": "lost"}, "proposal_state_known"),
        ({"due_on": None}, "whoever_owes_an_answer_has_a_date"),
        ({"published_at": None}, "published_proposals_are_whole"),
        ({"state": "adopted"}, "decisions_have_a_reason"),
        ({"latitude": 37.5}, "points_lie_on_the_globe"),
    ],
)
def test_the_database_refuses_what_the_domain_would(ana, columns, constraint):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(**columns)


def test_the_stages_name_the_carrying_out_of_what_has_a_plan_and_nothing_passed_over(ana):
    gathering = thread.of(ProposalFactory(author=ana)).stages
    planned = thread.of(PlanFactory().proposal).stages

    titles = [stage["title"] for stage in gathering]
    assert "Carrying out" not in titles
    assert "Council decision" in titles
    assert [stage["title"] for stage in planned if stage["state"] == "done"] == titles[:3]
    assert [stage["title"] for stage in planned if stage["state"] == "now"] == ["Carrying out"]
    assert "Council decision" not in [stage["title"] for stage in planned]


def test_the_thread_folds_housekeeping_under_the_step_before(ana, omar):
    proposal = ProposalFactory(author=ana, state=S.DEPT_REVIEW)
    for _ in range(3):
        clocks.reply_meanwhile(proposal, by=omar, text="Soon.")
    kept = registry.verbs["proposals.proposal:interim_replied"]
    minor = registry.Verb(kept.key, kept.text, kept.tone, minor=True)

    registry.verbs.add(minor)
    folded = thread.of(proposal).passages
    registry.verbs.add(kept)
    plain = thread.of(proposal).passages

    assert [len(passage.more) for passage in folded] == [3]
    assert [len(passage.more) for passage in plain] == [0, 0, 0, 0]
