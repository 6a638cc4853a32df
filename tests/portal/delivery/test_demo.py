"""The demo city carries out something, and loading it twice changes nothing."""

import pytest
from django.core.management import call_command

from portal.accounts.domain import cast
from portal.deadlines import KST
from portal.delivery.domain import demo, scoreboard, spans
from portal.delivery.models import Mark, Plan, PlanState, Wording
from portal.identity.domain import demo as identities
from tests.factories.portal import ProposalFactory


@pytest.fixture
def played(db, settings):
    settings.DEMO_PASSWORD = "a-password-for-tests"
    call_command("load_reference")
    cast.load()
    identities.load()
    demo.load()


def test_the_demo_has_a_plan_on_its_way_and_one_that_is_done(played):
    found = {plan.proposal.title: plan for plan in Plan.objects.all()}

    running, done = found[demo.RUNNING.title], found[demo.DONE.title]
    assert (running.state, running.percent, running.slips.count()) == (PlanState.RUNNING, 40, 1)
    assert (done.state, done.percent, done.evidence.count()) == (PlanState.COMPLETED, 100, 1)
    assert Mark.objects.count() == 7


def test_loading_the_demo_twice_changes_nothing(played):
    before = (Plan.objects.count(), Mark.objects.count(), Wording.objects.count())

    demo.load()

    assert (Plan.objects.count(), Mark.objects.count(), Wording.objects.count()) == before


def test_the_demo_is_on_the_scoreboard(played, django_assert_num_queries):
    ProposalFactory(state="answer_due")
    today = spans.year_of(Plan.objects.first().begun_at.astimezone(KST).date())

    with django_assert_num_queries(1):
        lines = scoreboard.of(today)

    assert lines[0].now.answered == 2
    assert lines[0].now.satisfaction == 4.2
