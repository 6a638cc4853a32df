"""How the city examines a proposal: assignment, supplement, opinions, visits, later dates."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Department, Holiday
from portal.deadlines import KST
from portal.notifications.models import Note
from portal.proposals import step_views
from portal.proposals.domain import assignments, clocks, opinions, reviews, supplements, thread
from portal.proposals.forms import ReasonForm
from portal.proposals.models import (
    ComplaintKind,
    Extension,
    ExtensionGround,
    Pause,
    Proposal,
    ProposalState,
)
from portal.refusals import Refused
from tests.factories.answers import OpinionRequestFactory, VisitFactory
from tests.factories.portal import ProposalFactory

S = ProposalState
START = date(2026, 9, 1)


@pytest.fixture
def proposal(ana):
    return ProposalFactory(author=ana, state=S.ANSWER_DUE)


@pytest.fixture
def welfare(db):
    return Department.objects.get(code="welfare")


@pytest.fixture
def at(monkeypatch):
    """Let today be another day for the domain."""

    def be(day):
        monkeypatch.setattr(timezone, "localdate", lambda value=None: day)

    return be


def kinds_for(person):
    return list(Note.objects.for_person(person).order_by("pk").values_list("kind", flat=True))


def test_assign_names_an_official_of_the_department(proposal, ana, omar, petra):
    assignments.assign(proposal, by=petra, official=omar)

    assert Proposal.objects.get().official == omar
    assert kinds_for(ana) == ["proposal_assigned"]
    assert kinds_for(omar) == ["answer_assigned"]


def test_assign_is_refused_for_strangers_and_authors_and_twice(proposal, omar, petra, wendy):
    own = ProposalFactory(author=omar, state=S.ANSWER_DUE)

    with pytest.raises(Refused, match="department in charge"):
        assignments.assign(proposal, by=petra, official=wendy)
    with pytest.raises(Refused, match="own proposal"):
        assignments.assign(own, by=petra, official=omar)
    assignments.assign(proposal, by=petra, official=omar)
    with pytest.raises(Refused, match="already"):
        assignments.assign(proposal, by=petra, official=omar)


def test_a_second_transfer_is_refused(proposal, omar, petra, welfare, transport):
    assignments.assign(proposal, by=petra, official=omar)
    assignments.transfer(proposal, by=omar, department=welfare, reason="Theirs.")
    handed = Proposal.objects.get()

    with pytest.raises(Refused, match="once already"):
        assignments.transfer(handed, by=omar, department=transport, reason="Back.")

    assert (handed.department, handed.official, handed.transfers) == (welfare, None, 1)


def test_the_database_refuses_a_second_transfer(proposal):
    with pytest.raises(IntegrityError, match="transferred_once"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(transfers=2)


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (ComplaintKind.LAW_QUERY, datetime(2026, 10, 13, 23, 59, tzinfo=KST)),
        (ComplaintKind.SUGGESTION, datetime(2026, 10, 13, 23, 59, tzinfo=KST)),
        (ComplaintKind.SYSTEM_QUERY, datetime(2026, 9, 30, 23, 59, tzinfo=KST)),
        (ComplaintKind.GRIEVANCE, datetime(2026, 9, 30, 23, 59, tzinfo=KST)),
        (ComplaintKind.OTHER, datetime(2026, 9, 18, 14, 0, tzinfo=KST)),
    ],
)
def test_a_complaint_has_the_clock_of_its_kind(db, kind, due):
    assert assignments.complaint_due(kind, datetime(2026, 9, 18, 10, tzinfo=KST)) == due


def test_convert_tells_the_kind_the_deadline_and_the_reason(proposal, ana, omar):
    assignments.convert(proposal, by=omar, kind="suggestion", reason="It asks for a repair.")

    note = Note.objects.for_person(ana).get()
    assert (proposal.state, proposal.complaint_kind) == (S.CONVERTED, "suggestion")
    assert "Suggestion" in note.body
    assert "It asks for a repair." in note.body
    assert str(timezone.localtime(proposal.complaint_due_at).year) in note.body


def test_convert_is_refused_for_an_unknown_kind_or_without_a_reason(proposal, omar):
    with pytest.raises(Refused, match="which complaint"):
        assignments.convert(proposal, by=omar, kind="whim", reason="Because.")
    with pytest.raises(Refused, match="reason"):
        assignments.convert(proposal, by=omar, kind="other", reason=" ")


def test_a_supplement_is_asked_for_within_seven_days_of_receipt_only(ana, omar, at):
    at(START)
    first = ProposalFactory(author=ana, state=S.ANSWER_DUE, clock_started_on=START)
    second = ProposalFactory(author=ana, state=S.ANSWER_DUE, clock_started_on=START)

    at(START + timedelta(7))
    supplements.ask(first, by=omar, reason="Which streets?")
    at(START + timedelta(8))

    with pytest.raises(Refused, match="within 7 days"):
        supplements.ask(second, by=omar, reason="Which streets?")


def test_what_is_too_late_is_not_offered_and_its_page_says_why(client, ana, omar):
    long_ago = timezone.localdate() - timedelta(60)
    late = ProposalFactory(
        author=ana,
        state=S.PRELIM_REVIEW,
        clock_started_on=long_ago,
        due_on=long_ago + timedelta(30),
    )
    client.force_login(omar)
    links = [reverse(f"proposals:{act}", args=[late.pk]) for act in ("ask_supplement", "extend")]

    page = client.get(late.get_absolute_url()).text
    told = [client.get(link).text for link in links]

    assert [link in page for link in links] == [False, False]
    assert "within 7 days of receipt only" in told[0]
    assert "can no longer be moved" in told[1]
    assert not any("<textarea" in text for text in told)


def test_nobody_deals_again_with_what_they_decided(ana, omar):
    again = ProposalFactory(author=ana, state=S.ANSWER_DUE, round=2, answered_by=omar)

    with pytest.raises(Refused, match="Other people"):
        assignments.assign(again, by=omar, official=omar)


@pytest.mark.parametrize("typed", ["", "  \n", "\ufeff\u200b", "\u3164\u3164", "\x00", "\u202e"])
def test_a_reason_that_shows_nothing_is_none(typed):
    form = ReasonForm({"reason": typed})

    assert form.errors["reason"] == ["This field is required."]


def test_what_is_typed_keeps_its_signs_and_loses_what_turns_the_line_round():
    form = ReasonForm({"reason": " \u202e가족 👩\u200d👩\u200d👧\x00 <b>\u200f "})

    assert form.is_valid()
    assert form.cleaned_data["reason"] == "가족 👩\u200d👩\u200d👧 <b>"


def test_the_desk_dates_a_supplement_by_its_own_day(client, ana, omar):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    supplements.ask(proposal, by=omar, reason="Which streets?")
    lapse(proposal, days=2)
    client.force_login(omar)

    page = client.get(reverse("desk:show")).text
    table = client.get(reverse("delivery:matters")).text

    assert "Supplements that did not come (1)" in page
    assert "2 days late" in page
    assert "Clock stopped" in table


def test_a_supplement_is_asked_for_on_a_ground_of_the_rules(proposal, omar):
    with pytest.raises(Refused, match="ground"):
        supplements.ask(proposal, by=omar, reason="Which streets?", ground="curiosity")


def test_a_supplement_is_put_off_twice_and_not_a_third_time(proposal, ana, omar):
    supplements.ask(proposal, by=omar, reason="Which streets?")
    first = Pause.objects.get().due_on

    supplements.put_off(proposal, by=ana, reason="I am ill.")
    supplements.put_off(proposal, by=ana, reason="Still.")

    assert Pause.objects.get().due_on > first
    with pytest.raises(Refused, match="twice"):
        supplements.put_off(proposal, by=ana, reason="Still.")
    with pytest.raises(IntegrityError, match="put_off_twice"), transaction.atomic():
        Pause.objects.update(extensions=3)


def test_put_off_needs_a_question_and_a_reason(proposal, ana, omar):
    with pytest.raises(Refused, match="Nothing"):
        supplements.put_off(proposal, by=ana, reason="I am ill.")
    supplements.ask(proposal, by=omar, reason="Which streets?")
    with pytest.raises(Refused, match="reason"):
        supplements.put_off(proposal, by=ana, reason=" ")


def test_a_lapsed_supplement_is_closed_by_a_person_with_a_reason(ana, omar):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    supplements.ask(proposal, by=omar, reason="Which streets?")
    with pytest.raises(Refused, match="still has time"):
        supplements.close_lapsed(proposal, by=omar, reason="Too late.")
    lapse(proposal, days=1)

    supplements.close_lapsed(proposal, by=omar, reason="Without it nothing can be examined.")

    assert proposal.state == S.LAPSED
    assert kinds_for(ana)[-1] == "proposal_lapsed"


@pytest.mark.parametrize(("days", "closed"), [(0, 0), (14, 1)])
def test_the_task_closes_what_was_forgotten_only_where_it_is_so_set(
    proposal, omar, settings, days, closed
):
    settings.SUPPLEMENT_CLOSE_DAYS = days
    supplements.ask(proposal, by=omar, reason="Which streets?")
    lapse(proposal, days=20)

    assert supplements.close_forgotten() == closed
    assert (Proposal.objects.get().state == S.LAPSED) == bool(closed)


def lapse(proposal, *, days):
    today = timezone.localdate()
    Pause.objects.filter(proposal=proposal).update(
        asked_on=today - timedelta(days + 7), due_on=today - timedelta(days)
    )


def test_each_department_is_asked_for_itself(ana, omar, wendy, welfare):
    proposal = ProposalFactory(author=ana, state=S.PRELIM_REVIEW)
    health = Department.objects.get(code="health")

    asked = opinions.ask(proposal, by=omar, reason="Can you?", departments=[welfare, health])

    assert proposal.state == S.DEPT_REVIEW
    assert [request.whom for request in asked] == [welfare.name, health.name]
    assert kinds_for(wendy) == ["opinion_asked"]
    assert kinds_for(ana) == ["departments_asked"]


def test_ask_is_refused_for_nobody_for_too_long_and_twice(ana, omar, welfare, transport):
    proposal = ProposalFactory(author=ana, state=S.PRELIM_REVIEW)
    late = timezone.localdate() + timedelta(40)

    with pytest.raises(Refused, match="at least one"):
        opinions.ask(proposal, by=omar, reason="Can you?", departments=[transport])
    with pytest.raises(Refused, match="three weeks"):
        opinions.ask(proposal, by=omar, reason="?", departments=[welfare], due_on=late)
    opinions.ask(proposal, by=omar, reason="Can you?", departments=[welfare])
    with pytest.raises(Refused, match="asked already"):
        opinions.ask(proposal, by=omar, reason="Can you?", departments=[welfare])


def test_a_second_question_needs_a_reason_too(ana, omar, welfare):
    proposal = ProposalFactory(author=ana, state=S.DEPT_REVIEW)

    with pytest.raises(Refused, match="reason"):
        opinions.ask(proposal, by=omar, reason=" ", departments=[welfare])


def test_the_time_of_departments_counts_and_that_of_others_outside_does_not(ana, omar, welfare, at):
    at(START)
    due = date(2026, 10, 1)
    proposal = ProposalFactory(
        author=ana, state=S.PRELIM_REVIEW, clock_started_on=START, due_on=due
    )

    opinions.ask(proposal, by=omar, reason="Can you?", departments=[welfare])
    assert proposal.due_on == due
    asked = opinions.ask(
        proposal, by=omar, reason="Is it safe?", outside="Road Institute", due_on=date(2026, 9, 18)
    )
    assert proposal.due_on == date(2026, 10, 19)
    at(date(2026, 9, 4))
    opinions.give(asked[0], by=omar, opinion="It is.")

    # Four days, 1 to 4 September; the first of them is the day on which the clock started.
    assert Proposal.objects.get().due_on == date(2026, 10, 6)


def test_an_opinion_is_given_once_and_in_words(ana, omar, wendy, welfare):
    proposal = ProposalFactory(author=ana, state=S.DEPT_REVIEW)
    request = OpinionRequestFactory(proposal=proposal, department=welfare)

    with pytest.raises(Refused, match="opinion is needed"):
        opinions.give(request, by=wendy, opinion=" ")
    opinions.give(request, by=wendy, opinion="We help.")
    with pytest.raises(Refused, match="given already"):
        opinions.give(request, by=wendy, opinion="We do not.")

    assert proposal.reviews.get().opinion == "We help."
    assert "opinion_came" in kinds_for(omar)


def test_a_visit_is_announced_and_its_finding_told(proposal, ana, omar):
    soon = timezone.now() + timedelta(hours=1)
    visit = opinions.plan_visit(proposal, by=omar, at=soon, place="School", who="Traffic")
    with pytest.raises(Refused, match="not taken place"):
        opinions.tell_finding(visit, by=omar, finding="Dark.")
    made = VisitFactory(proposal=proposal)

    opinions.tell_finding(made, by=omar, finding="It is dark.")

    assert made.finding == "It is dark."
    assert kinds_for(ana) == ["visit_planned", "visit_made"]
    with pytest.raises(Refused, match="already"):
        opinions.tell_finding(made, by=omar, finding="Bright.")


def test_a_visit_is_planned_for_later_and_found_something(proposal, omar):
    with pytest.raises(Refused, match="time to come"):
        opinions.plan_visit(proposal, by=omar, at=timezone.now(), place="School", who="We")
    with pytest.raises(Refused, match="what was found"):
        opinions.tell_finding(VisitFactory(proposal=proposal), by=omar, finding=" ")


def extend(proposal, by, **words):
    asked = {"ground": ExtensionGround.INQUIRY, "days": 20, "reason": "The bridge is measured."}
    return clocks.extend(proposal, by=by, **{**asked, **words})


def test_an_answer_comes_later_once_after_an_interim_reply(ana, omar, at):
    at(START)
    proposal = ProposalFactory(
        author=ana, state=S.DEPT_REVIEW, clock_started_on=START, due_on=date(2026, 10, 1)
    )
    with pytest.raises(Refused, match="interim"):
        extend(proposal, omar)
    clocks.reply_meanwhile(proposal, by=omar, text="We measure the bridge.")

    extend(proposal, omar)

    assert Proposal.objects.get().due_on == date(2026, 10, 21)
    assert kinds_for(ana) == ["interim_reply", "answer_extended"]
    with pytest.raises(Refused, match="only once"):
        extend(proposal, omar)


@pytest.mark.parametrize("ground", ["workload", "absence", "", "업무과중"])
def test_workload_and_absence_are_no_grounds(proposal, omar, ground):
    clocks.reply_meanwhile(proposal, by=omar, text="Soon.")

    with pytest.raises(Refused, match="no ground for a later answer"):
        extend(proposal, omar, ground=ground)


@pytest.mark.parametrize("days", [0, -1, 31])
def test_an_extension_has_its_measure(proposal, omar, days):
    clocks.reply_meanwhile(proposal, by=omar, text="Soon.")

    with pytest.raises(Refused, match="30 days"):
        extend(proposal, omar, days=days)


def test_an_extension_needs_a_reason_and_comes_before_the_date(ana, omar, proposal):
    clocks.reply_meanwhile(proposal, by=omar, text="Soon.")
    late = ProposalFactory(
        author=ana, state=S.ANSWER_DUE, due_on=timezone.localdate() - timedelta(1)
    )
    clocks.reply_meanwhile(late, by=omar, text="Soon.")

    with pytest.raises(Refused, match="reason"):
        extend(proposal, omar, reason=" ")
    with pytest.raises(Refused, match="overdue"):
        extend(late, omar)


def test_an_interim_reply_has_words(proposal, omar):
    with pytest.raises(Refused, match="how far"):
        clocks.reply_meanwhile(proposal, by=omar, text=" ")


def test_a_local_holiday_of_the_city_moves_the_date(db):
    assert clocks.due_from(START, days=30) == date(2026, 10, 1)

    Holiday.objects.create(date=date(2026, 10, 1), kind="local", name_ko="시민의 날")

    assert clocks.due_from(START, days=30) == date(2026, 10, 2)


def test_the_page_tells_when_the_clock_stood_still(client, ana, omar):
    proposal = ProposalFactory(author=ana, state=S.DEPT_REVIEW)
    supplements.ask(proposal, by=omar, reason="Which streets?")

    page = client.get(proposal.get_absolute_url()).text

    assert "Clock stood still" in page
    assert "at the latest" in page


def test_every_step_asks_for_what_its_act_needs(proposal, omar, ana):
    things = {
        step_views.GIVE_OPINION: OpinionRequestFactory(proposal=proposal, outside="Expert"),
        step_views.TELL_FINDING: VisitFactory(proposal=proposal),
        step_views.REEXAMINE: ProposalFactory(author=ana, state=S.NOT_ADOPTED),
    }
    steps = [found for found in vars(step_views).values() if isinstance(found, step_views.Step)]

    forms = [step.form(**step.asks(things.get(step, proposal))) for step in steps]

    assert len(forms) > 12
    assert all(form.fields for form in forms)


def test_the_thread_tells_each_change_of_the_date_with_its_reason(client, ana, omar, at):
    proposal = ProposalFactory(author=ana, clock_started_on=None, due_on=None)
    at(START)
    reviews.become_due(proposal, by=None, support=300)
    at(START + timedelta(days=2))
    supplements.ask(proposal, by=omar, reason="Which streets?")
    at(START + timedelta(days=7))
    supplements.supply(proposal, by=ana, text="These.")
    asked = opinions.ask(proposal, by=omar, reason="The institute knows.", outside="Road Institute")
    at(START + timedelta(days=10))
    opinions.give(asked[0], by=omar, opinion="It can be done.")
    clocks.reply_meanwhile(proposal, by=omar, text="We measure.")
    extend(proposal, omar)
    steps = thread.of(proposal).steps

    told = [(s.was_due, s.due, s.entry.reason) for s in steps if s.due]
    stopped = [(s.until, s.entry.reason) for s in steps if s.until]

    days = [due for _was, due, _reason in told]
    assert [was for was, _due, _reason in told] == [None, *days[:-1]]
    assert [reason for _was, _due, reason in told] == [
        "",
        "These.",
        "The clock stands still for the opinion of Road Institute.",
        "The opinion of Road Institute came; the clock goes on.",
        Extension.objects.get().reason,
    ]
    assert days[-1] == Proposal.objects.get().due_on
    assert days[-1] == Extension.objects.get().due_after
    assert stopped == [(Pause.objects.get().due_on, "Which streets?")]
    page = client.get(proposal.get_absolute_url()).text
    assert page.count("now; before, it was due on") == len(days) - 1
    assert "The clock stands still until it comes," in page
