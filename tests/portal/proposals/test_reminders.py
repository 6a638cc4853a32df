"""Reminders in time and each once; what is late goes up; what each notice must contain."""

from datetime import date, timedelta
from string import Formatter

import pytest
from django.utils import timezone

from portal import registry
from portal.accounts.models import Department
from portal.notifications.models import Note
from portal.proposals import words
from portal.proposals.domain import reminders, reviews, supplements
from portal.proposals.models import Pause, ProposalState
from tests.factories.answers import OpinionRequestFactory
from tests.factories.portal import ProposalFactory

S = ProposalState
START = date(2026, 9, 1)
DUE = date(2026, 10, 1)


def kinds_for(person):
    return list(Note.objects.for_person(person).order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def owed(ana):
    return ProposalFactory(author=ana, state=S.ANSWER_DUE, clock_started_on=START, due_on=DUE)


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        (date(2026, 9, 15), []),
        (date(2026, 9, 16), ["answer_half"]),
        (date(2026, 9, 27), ["answer_half"]),
        (date(2026, 9, 28), ["answer_soon"]),
        (date(2026, 9, 30), ["answer_soon"]),
        (date(2026, 10, 1), ["answer_soon"]),
        (date(2026, 10, 2), ["answer_late"]),
    ],
)
def test_officials_are_reminded_in_time(owed, omar, day, kinds):
    reminders.remind(day)

    assert kinds_for(omar) == kinds


def test_each_reminder_goes_out_once(owed, omar):
    for number in range(40):
        reminders.remind(START + timedelta(number))
        reminders.remind(START + timedelta(number))

    assert kinds_for(omar) == ["answer_half", "answer_soon", "answer_soon", "answer_late"]


def test_a_new_date_is_reminded_of_anew(owed, omar):
    reminders.remind(date(2026, 9, 28))
    owed.__class__.objects.filter(pk=owed.pk).update(due_on=date(2026, 10, 20))

    reminders.remind(date(2026, 10, 17))

    assert kinds_for(omar) == ["answer_soon", "answer_soon"]


def test_what_is_late_goes_to_the_approver_and_then_to_the_auditor(owed, omar, petra, audrey):
    reminders.remind(DUE + timedelta(1))
    assert [kind for kind in kinds_for(petra) if "late" in kind] == ["answer_late_approver"]
    reminders.remind(DUE + timedelta(7))
    assert kinds_for(audrey) == []

    reminders.remind(DUE + timedelta(8))

    assert kinds_for(audrey) == ["answer_late_audit"]


def test_the_official_who_deals_with_it_is_reminded_alone(owed, omar, petra):
    owed.__class__.objects.filter(pk=owed.pk).update(official=petra)

    reminders.remind(date(2026, 9, 28))

    assert (kinds_for(omar), kinds_for(petra)) == ([], ["answer_soon"])


def test_a_stopped_clock_is_not_reminded_of(ana, omar):
    ProposalFactory(author=ana, state=S.SUPPLEMENT, clock_started_on=START, due_on=DUE)

    assert reminders.remind(DUE + timedelta(30)) == 0


def test_supplements_are_reminded_of_and_told_when_they_lapse(ana, omar):
    proposal = ProposalFactory(author=ana, state=S.ANSWER_DUE)
    supplements.ask(proposal, by=omar, reason="Which streets?")
    until = Pause.objects.get().due_on

    reminders.remind(until - timedelta(2))
    reminders.remind(until + timedelta(1))

    assert kinds_for(ana)[-1] == "supplement_soon"
    assert kinds_for(omar)[-1] == "supplement_lapsed"


def test_departments_are_reminded_of_opinions(ana, wendy):
    proposal = ProposalFactory(author=ana, state=S.DEPT_REVIEW)
    today = timezone.localdate()
    OpinionRequestFactory(
        proposal=proposal,
        department=Department.objects.get(code="welfare"),
        due_on=today + timedelta(2),
    )

    reminders.remind(today)
    reminders.remind(today)

    assert kinds_for(wendy) == ["opinion_soon"]


OFFICER = {"office", "officer", "phone"}
# What each notice must contain by law; the sources stand in the domain beside each step.
CONTAINS = {
    "proposal_published": {"number", "received", "where"},
    "proposal_answer_due": OFFICER | {"number", "received", "due", "where"},
    "supplement_asked": OFFICER | {"ground", "reason", "until"},
    "supplement_soon": OFFICER | {"until"},
    "proposal_lapsed": OFFICER | {"reason"},
    "proposal_assigned": OFFICER | {"due"},
    "proposal_transferred": OFFICER | {"department", "reason", "on", "due"},
    "proposal_converted": OFFICER | {"complaint", "due", "reason"},
    "departments_asked": OFFICER | {"whom", "until", "reason", "due"},
    "visit_planned": OFFICER | {"at", "place", "who"},
    "interim_reply": OFFICER | {"text", "expected"},
    "answer_extended": OFFICER | {"ground", "reason", "due"},
    "answer_accepted": OFFICER | {"decision", "planned", "reason", "where"},
    "answer_refused": OFFICER | {"decision", "reason", "days", "where"},
    "answer_not_the_citys": OFFICER | {"decision", "agency", "reason", "on", "days", "where"},
    "proposal_not_adopted": OFFICER | {"reason", "days", "where"},
    "proposal_referred": OFFICER | {"reason"},
    "reexamination_asked": OFFICER | {"due"},
}


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("kind", sorted(CONTAINS))
def test_a_notice_contains_what_the_rules_demand(kind, language):
    from django.utils import translation

    with translation.override(language):
        body = str(registry.note_kinds[kind].body)

    assert {name for _text, name, *_rest in Formatter().parse(body) if name} >= CONTAINS[kind]


@pytest.mark.parametrize("kind", ["proposal_published", "proposal_answer_due", "supplement_asked"])
def test_a_receipt_tells_of_the_rights(kind):
    body = str(registry.note_kinds[kind].body)

    assert "withdraw" in body or "more time twice" in body


def test_every_note_of_proposals_is_known():
    assert {note.key for note in words.NOTES} >= set(CONTAINS)


def test_a_receipt_is_wholly_filled_in(ana, omar):
    proposal = ProposalFactory(author=ana)

    reviews.become_due(proposal)

    body = Note.objects.for_person(ana).get().body
    assert "{" not in body
    assert "032-000-1100" in body
    assert proposal.get_absolute_url() in body
