"""Trying out other steps, and changing them with four eyes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.identity.models import Verification
from portal.proposals.models import CountedSupport
from portal.refusals import Refused
from portal.thresholds.domain import changes, crossings, simulator
from portal.thresholds.domain.simulator import Rule
from portal.thresholds.forms import RuleForms
from portal.thresholds.models import ChangeState, Duty, Effect, RuleChange, Step
from portal.thresholds.scopes import ALWAYS_OPEN
from tests.factories.portal import ProposalFactory, support_by

LOW = [Rule(3, Effect.ANSWER, 30)]


def supported(days_after, published=100):
    """A proposal of ``published`` days ago with one support on each of ``days_after``."""
    at = timezone.now() - timedelta(days=published)
    proposal = support_by(ProposalFactory(published_at=at), len(days_after))
    rows = CountedSupport.objects.filter(proposal=proposal).order_by("person_id")
    for row, day in zip(rows, days_after, strict=True):
        CountedSupport.objects.filter(proposal=proposal, person_id=row.person_id).update(
            created_at=at + timedelta(days=day)
        )
    return proposal


def compared(rules):
    since, until = simulator.last_year()
    return simulator.compare(rules, since=since, until=until)


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def proposed(by):
    why = "Fewer should be enough."
    return changes.propose(ALWAYS_OPEN, by=by, steps=LOW, valid_from=tomorrow(), reason=why)


def test_the_simulator_counts_what_each_rule_would_have_raised(db):
    supported([1, 2, 3, 4, 5])
    supported([1, 2, 3])

    found = compared(LOW)

    assert (found.total.now, found.total.then, found.total.more) == (1, 2, 1)
    assert [(line.label, line.now, line.then) for line in found.by_effect] == [
        ("The department answers", 1, 2)
    ]
    assert [(line.now, line.then) for line in found.by_department] == [(1, 2)]


def test_the_window_and_the_month_are_those_of_the_support_that_passed(db):
    proposal = supported([1, 2, 29, 31, 32])

    found = compared(LOW)

    month = timezone.localdate(proposal.published_at + timedelta(days=29))
    assert (found.total.now, found.total.then) == (0, 1)
    assert [line.label for line in found.by_month] == [f"{month:%Y-%m}"]


def test_proposals_of_other_years_are_not_counted(db):
    supported([1, 2, 3], published=400)

    assert compared(LOW).total.then == 0


def test_districts_are_asked_for_too(db):
    proposal = supported([1, 2, 3])
    people = list(proposal.supports.order_by("created_at").values_list("person_id", flat=True))
    Verification.objects.filter(user__in=people).update(district="wonmi")
    two = [Rule(2, Effect.ANSWER, 30, 2)]
    assert compared(two).total.then == 0

    Verification.objects.filter(user=people[2]).update(district="sosa")

    assert compared(two).total.then == 1


def test_workload_is_told_in_hours_and_posts(db, settings):
    settings.DUTY_HOURS = {**settings.DUTY_HOURS, "answer": 18}
    settings.WORK_HOURS_A_YEAR = 1800
    supported([1, 2, 3])

    total = compared(LOW).total

    assert (total.hours_now, total.hours_then) == (0, 18)
    assert total.posts_then == pytest.approx(0.01)


def test_trying_out_keeps_nothing(client, omar):
    client.force_login(omar)
    data = RuleForms.data_of(LOW)
    since, until = simulator.last_year()
    supported([1, 2, 3])

    answer = client.get(reverse("thresholds:simulate"), {**data, "since": since, "until": until})

    assert "Propose these steps" in answer.text
    assert not RuleChange.objects.exists()
    assert Step.objects.count() == 3


def test_the_simulator_begins_with_the_rule_in_force(client, omar):
    client.force_login(omar)

    answer = client.get(reverse("thresholds:simulate"))

    assert answer.context["rules"].rules == simulator.in_force()
    assert "Propose these steps" not in answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"form-0-supports": "many"},
        {"form-0-supports": "99999999999999999999"},
        {"form-0-effect": "nothing"},
        {"since": "1900-01-01"},
        {"until": "yesterday"},
        {"form-TOTAL_FORMS": "1000000"},
        {"form-TOTAL_FORMS": "x"},
    ],
)
def test_nonsense_is_said_so_and_never_breaks(client, omar, wrong):
    client.force_login(omar)
    since, until = simulator.last_year()
    asked = {**RuleForms.data_of(LOW), "since": since, "until": until, **wrong}

    answer = client.get(reverse("thresholds:simulate"), asked)

    assert answer.status_code == 422
    assert "Please check what you have entered." in answer.text
    assert "found" not in answer.context


def test_a_change_is_proposed_from_the_simulator_and_approved_by_another(client, omar, petra):
    client.force_login(omar)
    url = reverse("thresholds:propose_change")
    query = "&".join(f"{k}={v}" for k, v in RuleForms.data_of(LOW).items())
    client.post(f"{url}?{query}", {"valid_from": str(tomorrow()), "reason": "Fewer."})
    change = RuleChange.objects.get()

    client.force_login(petra)
    client.post(
        reverse("thresholds:decide_change", args=[change.pk]),
        {"act": "approve", "reason": "Agreed."},
    )

    change.refresh_from_db()
    assert (change.state, change.decided_by) == (ChangeState.APPROVED, petra)
    held = Step.objects.in_force(tomorrow()).always_open()
    assert [(step.supports, step.days, step.effect) for step in held] == [(3, 30, "answer")]


def test_an_approved_change_holds_only_for_what_is_published_later(omar, petra):
    changes.approve(proposed(omar), by=petra, reason="Agreed.")
    support_by(ProposalFactory(), 3)

    assert crossings.follow() == 0

    later = ProposalFactory(published_at=timezone.now() + timedelta(days=1))
    support_by(later, 3)
    assert crossings.follow() == 1
    assert Duty.objects.get().proposal == later


def test_nobody_approves_their_own_change(petra):
    change = proposed(petra)

    with pytest.raises(Refused, match="Somebody else"):
        changes.approve(change, by=petra, reason="Agreed.")
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleChange.objects.filter(pk=change.pk).update(decided_by=petra)


def test_a_rejected_change_leaves_the_rule(omar, petra):
    changes.reject(proposed(omar), by=petra, reason="Too few.")

    assert Step.objects.count() == 3


@pytest.mark.parametrize(
    ("steps", "day", "reason", "words"),
    [
        ([], 1, "Why not.", "at least one step"),
        (LOW, 1, " ", "A reason"),
        ([Rule(9, "answer"), Rule(3, "mayor")], 1, "Why not.", "more people"),
        (LOW, 0, "Why not.", "tomorrow or later"),
    ],
)
def test_what_no_change_can_be_is_refused(omar, steps, day, reason, words):
    valid_from = timezone.localdate() + timedelta(days=day)

    with pytest.raises(Refused, match=words):
        changes.propose(ALWAYS_OPEN, by=omar, steps=steps, valid_from=valid_from, reason=reason)


def test_two_changes_do_not_begin_on_one_day(omar, petra):
    first, second = proposed(omar), proposed(omar)
    changes.approve(first, by=petra, reason="Agreed.")

    with pytest.raises(Refused, match="approved already"):
        changes.approve(second, by=petra, reason="Agreed.")


def test_a_decision_needs_a_reason(omar, petra):
    with pytest.raises(Refused, match="reason"):
        changes.reject(proposed(omar), by=petra, reason="")


def test_what_waits_is_seen_by_the_city_and_what_is_approved_by_all(client, ana, omar, petra):
    change = proposed(omar)
    client.force_login(ana)
    assert client.get(change.get_absolute_url()).status_code == 404

    changes.approve(change, by=petra, reason="Agreed.")

    assert client.get(change.get_absolute_url()).status_code == 200


def test_citizens_do_not_open_the_simulator(client, ana):
    client.force_login(ana)

    assert client.get(reverse("thresholds:simulate")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_simulator_costs_the_same_for_few_and_many(
    client, omar, count, django_assert_num_queries
):
    for _ in range(count):
        supported([1, 2, 3, 4, 5])
    client.force_login(omar)
    client.get(reverse("thresholds:simulate"))

    with django_assert_num_queries(9):
        client.get(reverse("thresholds:simulate"))
