"""The demo's measurements: every figure of table 4-11, and where the table contradicts itself."""

import pytest

from evaluation.domain import demo, figures
from evaluation.models import Indicator, Measurement
from livinglabs.domain.demo import TITLE
from portal.accounts.models import Department, Role
from portal.reports.models import Run, RunState
from tests.factories.livinglabs import LabFactory
from tests.factories.portal import UserFactory, appoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab(db):
    """The demo's lab, and those of the cast who measure."""
    smart = Department.objects.get(code="smart-city")
    appoint(UserFactory(email="official.smart@demo.hamkke"), Role.OFFICIAL, smart)
    appoint(UserFactory(email="auditor@demo.hamkke"), Role.AUDITOR)
    return LabFactory(title=TITLE)


def test_demo_measures_the_whole_table_once(lab):
    demo.load()
    demo.load()

    assert Measurement.objects.of_lab(lab).count() == 16
    assert Measurement.objects.verified().count() == 15
    assert set(Measurement.objects.values_list("indicator__code", flat=True)) == set(
        Indicator.objects.filter(group__framework__code="bucheon-trial").values_list(
            "code", flat=True
        )
    )


def test_demo_differs_from_the_report_in_two_figures(lab):
    demo.load()

    rows = [figures.row_of(found) for found in Measurement.objects.of_lab(lab).with_indicator()]

    differing = {row["indicator"].code for row in rows if row["differences"]}
    assert differing == {"resident-satisfaction", "benefit-cost"}


def test_demo_publishes_last_months_report_and_one_on_its_own_day(lab):
    demo.load()

    month, day = Run.objects.order_by("period_start")
    assert (month.kind, month.state) == ("monitoring-month", RunState.DONE)
    assert (day.kind, day.state) == ("monitoring-day", RunState.DONE)
    measured = {part["key"]: len(part["table"]["rows"]) for part in day.content["sections"]}
    assert measured["measurements"]
