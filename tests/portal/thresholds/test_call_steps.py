"""Steps of one call or one way in: proposed by who runs it, approved by another, and held."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal import bilingual
from portal.calls.domain import calls, entries
from portal.calls.models import Call, CallKind, CallState
from portal.proposals.models import Area, Channel
from portal.refusals import Refused
from portal.registry import known_calls
from portal.thresholds import exports, scopes
from portal.thresholds.domain import changes, crossings, simulator
from portal.thresholds.domain.simulator import Pool, Rule
from portal.thresholds.domain.steps import Rulebook
from portal.thresholds.forms import RuleForms
from portal.thresholds.models import Duty, Effect, RuleChange, Step
from portal.thresholds.scopes import Scope
from tests.factories.calls import CallFactory, track_of
from tests.factories.portal import ProposalFactory, UserFactory, support_by
from tests.factories.thresholds import make_step
from tests.portal.proposals.test_lists import change as change_proposal

PEOPLE = ["ana", "omar", "petra", "wendy", "eric", "olga", "clara"]
LOW = [Rule(2, Effect.ANSWER, 30)]


def scope_of(call):
    return scopes.of_call(next(card for card in known_calls() if card.key == str(call.pk)))


def days_on(n):
    return timezone.localdate() + timedelta(days=n)


def proposed(scope, by, *, steps=LOW, day=1, reason="The call is small."):
    return changes.propose(scope, by=by, steps=steps, valid_from=days_on(day), reason=reason)


def answered(call, ana):
    """A proposal that answers the call."""
    written = {
        "title": "골목 주차를 나누어요",
        "problem": "댈 곳이 없습니다.",
        "solution": "나누어 씁니다.",
        "area": Area.objects.get(code="housing-transport"),
    }
    return entries.propose(track_of(call), by=ana, written=written).proposal


def try_out(client, key, rules=LOW, **more):
    since, until = simulator.last_year()
    data = {**RuleForms.data_of(rules), "since": since, "until": until, "scope": key, **more}
    return client.get(reverse("thresholds:simulate"), data)


def test_nothing_holds_until_somebody_else_approves(ana, omar, petra):
    call = CallFactory()
    scope = scope_of(call)
    waiting = proposed(scope, omar)
    early = answered(call, ana)
    assert not Step.objects.of("", str(call.pk)).exists()

    changes.approve(waiting, by=petra, reason="Agreed.")

    own = Step.objects.get(call=str(call.pk))
    book = Rulebook.read()
    assert (own.supports, own.days, own.effect) == (2, 30, "answer")
    assert own not in book.of_proposal(early)
    assert book.of(Channel.CALL, str(call.pk), days_on(1)) == [own]
    assert book.of(Channel.WEB, "", days_on(1)) == list(Step.objects.always_open())


def test_what_a_proposal_has_passed_stays_passed_when_the_steps_change(ana, omar, petra):
    call = CallFactory()
    make_step(2, Effect.ANSWER, call=str(call.pk))
    passed, waiting = answered(call, ana), answered(call, UserFactory())
    support_by(passed, 2)
    crossings.follow()
    before = Duty.objects.get()

    high = proposed(scope_of(call), omar, steps=[Rule(4000, Effect.MAYOR)])
    changes.approve(high, by=petra, reason="Agreed.")
    support_by(waiting, 2)
    crossings.follow()

    assert list(Duty.objects.order_by("pk").values_list("step", flat=True)) == [before.step_id] * 2


def test_a_call_gives_its_own_steps_up_again(omar, petra):
    call = CallFactory()
    make_step(2, Effect.ANSWER, call=str(call.pk))

    changes.approve(proposed(scope_of(call), omar, steps=[]), by=petra, reason="Agreed.")

    held = Rulebook.read().of(Channel.CALL, str(call.pk), days_on(1))
    assert held == list(Step.objects.always_open())


def test_a_way_in_has_steps_of_its_own(ana, omar, petra):
    changes.approve(proposed(Scope("phone"), omar), by=petra, reason="Agreed.")
    book = Rulebook.read()

    assert [step.supports for step in book.of("phone", "", days_on(1))] == [2]
    assert [step.supports for step in book.of("web", "", days_on(1))] == [5, 300, 1000]


@pytest.mark.parametrize("state", [CallState.JUDGING, CallState.CLOSED, CallState.CANCELLED])
def test_the_steps_of_a_call_that_is_over_stay(omar, petra, state):
    call = CallFactory()
    waiting = proposed(scope_of(call), omar)
    over = CallFactory(state=state)
    with transaction.atomic():
        changes.log.record("staged", call, by=None)
        Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - timedelta(minutes=1))

    with pytest.raises(Refused, match="The call has closed"):
        proposed(scope_of(over), omar)
    with pytest.raises(Refused, match="The call has closed"):
        changes.approve(waiting, by=petra, reason="Agreed.")
    assert not Step.objects.exclude(call="").exists()


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"day": 0}, "tomorrow or later"),
        ({"day": 60}, "closes before that day"),
        ({"reason": " "}, "A reason"),
        ({"steps": []}, "at least one step"),
        ({"steps": [Rule(9, "answer"), Rule(9, "mayor")]}, "more people"),
    ],
)
def test_what_no_change_of_a_call_can_be_is_refused(omar, how, words):
    scope = scope_of(CallFactory())

    with pytest.raises(Refused, match=words):
        proposed(scope, omar, **how)


def test_two_changes_of_one_call_do_not_begin_on_one_day_but_two_calls_may(omar, petra):
    one, other = scope_of(CallFactory()), scope_of(CallFactory())
    first, second, elsewhere = (proposed(scope, omar) for scope in (one, one, other))
    changes.approve(first, by=petra, reason="Agreed.")
    changes.approve(elsewhere, by=petra, reason="Agreed.")

    with pytest.raises(Refused, match="approved already"):
        changes.approve(second, by=petra, reason="Agreed.")
    with pytest.raises(Refused, match="Somebody else"):
        changes.approve(proposed(one, petra, day=2), by=petra, reason="Agreed.")


def test_the_database_knows_no_steps_of_a_call_and_a_way_in_at_once(db):
    with pytest.raises(IntegrityError, match="way_in_or_a_call"):
        make_step(2, call="1", channel="web")


@pytest.mark.parametrize("state", list(CallState))
def test_who_may_propose_steps_of_a_call(request, state):
    people = {name: request.getfixturevalue(name) for name in PEOPLE}
    scope = scope_of(CallFactory(state=state))

    allowed = {n for n, p in people.items() if p.has_perm("thresholds.propose_change", scope)}
    offered = {n for n, p in people.items() if scope in scopes.offered_to(p)}

    running = state in {CallState.DRAFT, CallState.ANNOUNCED, CallState.OPEN}
    assert allowed == {"omar", "petra"}
    assert offered == ({"omar", "petra"} if running else set())


def test_a_rule_is_tried_out_on_the_nearest_proposals_that_there_are(ana, omar):
    call, scope = (made := CallFactory()), scope_of(made)
    support_by(ProposalFactory(), 2)
    since, until = simulator.last_year()

    def found(**how):
        made = simulator.compare(LOW, since=since, until=until, scope=scope, **how)
        return made.pool, made.total.then

    assert found() == (Pool.ALL, 1)
    change_proposal(support_by(ProposalFactory(), 2), channel=Channel.CALL)
    assert found() == (Pool.CHANNEL, 1)
    support_by(answered(call, ana), 2)
    assert found() == (Pool.CALL, 1)
    assert found(pool=Pool.CHANNEL) == (Pool.CHANNEL, 2)
    assert found(pool=Pool.ALL) == (Pool.ALL, 3)


def test_an_official_sets_the_steps_of_a_call_from_its_page(client, omar, petra):
    call = CallFactory()
    client.force_login(omar)
    page = client.get(call.get_absolute_url()).text
    key = f"call:{call.pk}"
    assert "Set the support steps of this call" in page
    assert "This call has no steps of its own." in page

    tried = try_out(client, key)
    assert "Tried out on" in tried.text
    assert not RuleChange.objects.exists()
    address = f"{reverse('thresholds:propose_change')}?{tried.context['query']}"
    past = client.post(address, {"valid_from": str(days_on(0)), "reason": "Small call."})
    client.post(address, {"valid_from": str(days_on(1)), "reason": "Small call."})
    change = RuleChange.objects.get()
    client.force_login(petra)
    decide = reverse("thresholds:decide_change", args=[change.pk])
    client.post(decide, {"act": "approve", "reason": "Agreed."})

    assert "tomorrow or later" in past.text
    assert "Small call." in past.text
    assert call.title in client.get(change.get_absolute_url()).text
    shown = client.get(call.get_absolute_url()).text
    assert f"For proposals published from {bilingual.day(days_on(1))} on:" in shown
    assert "With the support of 2 people within 30 days, the department answers." in shown


def test_others_do_not_set_the_steps_of_a_call(client, wendy, omar):
    call, over = CallFactory(), CallFactory(state=CallState.CLOSED)
    plan = CallFactory(state=CallState.DRAFT)
    event = CallFactory(kind=CallKind.HACKATHON, event_on=days_on(1), event_ends_on=days_on(2))
    address = reverse("thresholds:propose_change")
    query = RuleForms.data_of(LOW)

    def answer(key):
        return client.get(address, {**query, "scope": key}).status_code

    client.force_login(wendy)
    assert "Set the support steps" not in client.get(call.get_absolute_url()).text
    keys = [f"call:{call.pk}", f"call:{plan.pk}", f"call:{event.pk}", "call:0", "nonsense"]
    assert [answer(key) for key in keys] == [403, 404, 404, 404, 404]
    assert "Propose these steps" not in try_out(client, f"call:{call.pk}").text
    client.force_login(omar)
    assert "Propose these steps" not in try_out(client, f"call:{over.pk}").text
    assert "The call has closed" in try_out(client, f"call:{over.pk}").text
    posted = {"valid_from": str(days_on(1)), "reason": "Late."}
    key = f"call:{over.pk}"
    refused = client.post(f"{address}?scope={key}&form-TOTAL_FORMS=0&form-INITIAL_FORMS=0", posted)
    assert "The call has closed" in refused.text
    assert not RuleChange.objects.exists()


def test_steps_of_a_plan_are_no_news_yet(client, ana, omar, petra):
    plan = CallFactory(state=CallState.DRAFT)
    call = CallFactory()
    change = proposed(scope_of(plan), omar)
    changes.approve(change, by=petra, reason="Agreed.")
    make_step(7, call=str(call.pk))

    def read(**asked):
        return [s["supports"] for s in client.get("/api/v1/steps/", asked).json()["results"]]

    client.force_login(ana)
    assert client.get(change.get_absolute_url()).status_code == 404
    assert read(call=str(plan.pk)) == read(for_call=str(plan.pk)) == []
    assert str(plan.pk) not in {row[2] for row in exports.steps()}
    assert read(for_call=str(call.pk)) == [7]
    other = CallFactory()
    assert read(for_call=str(other.pk), effect="answer") == [5]


def test_steps_of_a_plan_that_was_given_up_are_not_approved(omar, petra):
    plan = CallFactory(state=CallState.DRAFT)
    waiting = proposed(scope_of(plan), omar)
    calls.drop(plan, by=omar)

    with pytest.raises(Refused, match="The call has closed"):
        changes.approve(waiting, by=petra, reason="Agreed.")

    changes.reject(waiting, by=petra, reason="It was given up.")


def test_the_page_of_steps_lists_the_calls_that_have_their_own(client, omar):
    call, plan = CallFactory(), CallFactory(state=CallState.DRAFT)
    over = CallFactory(state=CallState.CLOSED)
    for one in (call, plan, over):
        make_step(7, call=str(one.pk), department=call.department)
    client.force_login(omar)

    text = client.get(reverse("thresholds:show")).text

    assert f"Proposals to the call: {call.title}" in text
    assert f"Proposals to the call: {plan.title}" not in text
    assert f"Proposals to the call: {over.title}" not in text
    assert f'<option value="call:{call.pk}">' in text
    assert f'<option value="call:{plan.pk}">' in text
