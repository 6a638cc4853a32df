"""Steps: which hold, what passing one sets going, and that it happens once."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from portal import registry
from portal.audit.domain import trail
from portal.identity.models import Verification
from portal.notifications.models import Note
from portal.proposals.domain import proposals, supports
from portal.proposals.models import Proposal, ProposalStat
from portal.proposals.models import ProposalState as S
from portal.proposals.tasks import fold_supports
from portal.refusals import Refused
from portal.thresholds.domain import crossings, duties, ladder, steps, windows
from portal.thresholds.models import Closing, Duty, Effect, Step, Touched
from tests.at_once import at_once
from tests.factories.portal import ProposalFactory, UserFactory, support_by
from tests.factories.thresholds import make_step


def crowd(proposal, count):
    """Stage a count without its rows: what matters here is the number alone."""
    ProposalStat.objects.filter(pk=proposal.pk).update(support_count=count)
    return proposal


def first_step():
    return Step.objects.get(order=1)


def test_the_settings_make_the_first_steps(db):
    found = list(Step.objects.values_list("supports", "days", "effect"))

    assert found == [(5, 30, "answer"), (300, None, "discussion"), (1000, None, "council")]


def test_loading_the_steps_again_changes_nothing(db):
    steps.load()

    assert Step.objects.count() == 3


def test_the_fifth_support_raises_a_duty_and_starts_the_clock_once(ana):
    proposal = support_by(ProposalFactory(author=ana), 4)
    assert crossings.follow() == 0

    support_by(proposal, 1)

    assert crossings.follow() == 1
    assert crossings.follow() == 0
    proposal.refresh_from_db()
    duty = Duty.objects.get()
    assert (proposal.state, duty.step, duty.supports) == (S.ANSWER_DUE, first_step(), 5)
    assert (duty.department.code, duty.due_on) == ("traffic", proposal.due_on)


def test_the_task_folds_and_follows(ana):
    proposal = ProposalFactory(author=ana)
    for _ in range(5):
        supports.add(proposal, by=UserFactory())

    raised = fold_supports()

    assert raised == 1
    assert Duty.objects.get().proposal == proposal


def test_after_the_step_no_support_is_taken_back_and_nothing_flaps(ana, zoe):
    proposal = ProposalFactory(author=ana)
    supports.add(proposal, by=zoe)
    support_by(proposal, 4)
    crossings.follow()

    with pytest.raises(Refused, match="no longer be taken back"):
        supports.take_back(proposal, by=zoe)

    crowd(proposal, 3)
    crossings.follow()
    proposal.refresh_from_db()
    assert proposal.state == S.ANSWER_DUE
    assert Duty.objects.count() == 1


def test_later_steps_raise_duties_of_their_own(ana, omar):
    proposal = crowd(ProposalFactory(author=ana), 1000)

    crossings.follow()

    raised = list(Duty.objects.order_by("step__order").values_list("step__effect", flat=True))
    assert raised == [Effect.ANSWER, Effect.DISCUSSION, Effect.COUNCIL]
    assert Note.objects.filter(kind="duty_raised", recipient=omar).count() == 2
    assert Note.objects.filter(kind="step_passed", recipient=ana).count() == 2
    key = f"proposals.proposal:{proposal.pk}"
    assert {entry.verb for entry in trail.entries([key])} >= {
        "proposals.proposal:discussion_due",
        "proposals.proposal:council_due",
    }


def test_only_what_moved_is_measured(ana, django_assert_num_queries):
    ProposalFactory.create_batch(3, author=ana)
    crossings.follow()

    with django_assert_num_queries(4):
        crossings.follow()


def test_supports_after_the_window_raise_nothing(ana):
    late = timezone.now() - timedelta(days=30, minutes=1)
    crowd(ProposalFactory(author=ana, published_at=late), 5)

    assert crossings.follow() == 0


@pytest.mark.parametrize(("count", "raised"), [(5, 1), (4, 0)])
def test_the_last_minute_of_the_window_counts(ana, count, raised):
    just = timezone.now() - timedelta(days=30) + timedelta(minutes=1)
    crowd(ProposalFactory(author=ana, published_at=just), count)

    assert crossings.follow() == raised


def test_a_step_may_ask_for_supporters_of_several_districts(ana):
    step = make_step(2, Effect.MAYOR, districts=2)
    people = UserFactory.create_batch(3)
    for person, district in zip(people, ["wonmi", "wonmi", "sosa"], strict=True):
        Verification.objects.filter(user=person).update(district=district)
    proposal = ProposalFactory(author=ana)
    for person in people[:2]:
        supports.add(proposal, by=person)
    supports.fold()
    assert crossings.follow() == 0

    supports.add(proposal, by=people[2])
    supports.fold()

    assert crossings.follow() == 1
    assert Duty.objects.get().step == step


def test_hidden_proposals_raise_nothing_until_they_are_public_again(ana):
    proposal = ProposalFactory(author=ana, visibility="hidden")
    crowd(proposal, 5)
    assert crossings.follow() == 0

    proposal.visibility = "public"
    with transaction.atomic():
        proposals.note_step(proposal, "shown", by=None)
        proposal.save(update_fields=["visibility"])

    assert crossings.follow() == 1


def test_a_call_has_steps_of_its_own(ana, monkeypatch):
    proposal = ProposalFactory(author=ana)
    step = make_step(2, Effect.ANSWER, call="spring")
    monkeypatch.setattr(registry, "proposal_calls", [lambda keys: dict.fromkeys(keys, "spring")])

    support_by(proposal, 2)
    crossings.follow()

    assert Duty.objects.get().step == step


def test_steps_are_those_of_the_day_of_publication(ana):
    old = first_step()
    with transaction.atomic():
        Step.objects.filter(pk=old.pk).update(valid_until=date(2020, 1, 1))
        duties.log.record("ended", old, by=None)
    make_step(2, Effect.ANSWER, order=1, valid_from=date(2020, 1, 1))
    rules = steps.Rulebook.read()

    assert rules.of("web", "", date(2019, 12, 31))[0] == old
    assert rules.of("web", "", date(2020, 1, 1))[0].supports == 2


def test_below_the_step_the_end_is_told_once_and_the_proposal_stays(ana):
    ended = timezone.now() - timedelta(days=30, minutes=1)
    proposal = crowd(ProposalFactory(author=ana, published_at=ended), 3)

    assert (windows.close_ended(), windows.close_ended()) == (1, 0)

    closing = Closing.objects.get()
    note = Note.objects.get(kind="window_closed")
    assert (closing.supports, closing.proposal.state) == (3, S.SUBMITTED)
    assert note.body.startswith("3 people support it; 5 were needed.")
    assert Proposal.objects.public().filter(pk=proposal.pk).exists()


def test_windows_that_run_are_not_closed(ana):
    ProposalFactory(author=ana, published_at=timezone.now() - timedelta(days=29))

    assert windows.close_ended() == 0


def discussion(ana, **fields):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    step = Step.objects.get(effect=Effect.DISCUSSION)
    return duties.raise_for(proposal, step, by=None, supports=300, reason="supports", **fields)


def test_a_duty_is_done_once_with_what_was_done(ana, omar):
    duty = discussion(ana)

    duties.fulfil(duty, by=omar, what="Held on 3 December.")

    assert (duty.outcome, duty.done_by) == (Duty.Outcome.FULFILLED, omar)
    assert Note.objects.filter(kind="duty_done", recipient=ana).exists()
    with pytest.raises(Refused, match="done already"):
        duties.fulfil(duty, by=omar, what="Again.")


def test_a_duty_is_not_done_without_words_and_an_answer_has_its_own_page(ana, omar):
    duty = discussion(ana)

    with pytest.raises(Refused, match="Say what was done"):
        duties.fulfil(duty, by=omar, what=" ")

    answer = duties.raise_for(duty.proposal, first_step(), by=None, supports=300, reason="supports")
    with pytest.raises(Refused, match="on the page of the proposal"):
        duties.fulfil(answer, by=omar, what="Answered.")


def test_a_step_is_passed_once(ana):
    duty = discussion(ana)

    with pytest.raises(Refused, match="passed this step"):
        duties.raise_for(duty.proposal, duty.step, by=None, supports=1, reason="panel")


@pytest.mark.parametrize(
    ("state", "effect", "outcome"),
    [
        (S.NOT_ADOPTED, Effect.ANSWER, "answered"),
        (S.NOT_ADOPTED, Effect.COUNCIL, "answered"),
        (S.NOT_ADOPTED, Effect.DISCUSSION, ""),
        (S.REFERRED, Effect.COUNCIL, "referred"),
        (S.REFERRED, Effect.ANSWER, ""),
        (S.WITHDRAWN, Effect.DISCUSSION, "ended"),
        (S.ANSWER_DUE, Effect.ANSWER, ""),
    ],
)
def test_duties_are_settled_by_what_became_of_the_proposal(ana, state, effect, outcome):
    proposal = ProposalFactory(author=ana, state=state)
    step = Step.objects.get(effect=effect)
    duties.raise_for(proposal, step, by=None, supports=300, reason="supports")

    duties.settle()

    assert Duty.objects.get().outcome == outcome


def test_the_ladder_says_what_is_next_and_how_many_more(ana):
    proposal = support_by(ProposalFactory(author=ana), 2)

    found = ladder.of(proposal, 2)

    assert [rung.is_next for rung in found.rungs] == [True, False, False]
    assert (found.next.missing, found.next.ends_at.date()) == (
        3,
        (proposal.published_at + timedelta(days=30)).date(),
    )


def test_the_ladder_goes_on_after_the_first_step(ana):
    proposal = support_by(ProposalFactory(author=ana), 5)
    crossings.follow()
    proposal.refresh_from_db()

    found = ladder.of(proposal, 5)

    assert found.rungs[0].passed_on == timezone.localdate()
    assert (found.next.step.supports, found.next.missing) == (300, 295)


def test_two_workers_raise_a_duty_once(own_database):
    proposal = support_by(ProposalFactory(author=UserFactory()), 5)

    answers = at_once(*[crossings.follow] * 4)

    assert sum(answers) == 1
    assert Duty.objects.filter(proposal=proposal).count() == 1
    assert not Touched.objects.exists()
