"""What the evaluation tells the rooms below: threads, desks, search, labs, reports, demo."""

import json
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from evaluation import desk, search
from evaluation.domain import overview, reference, thread
from evaluation.models import Framework, Indicator, Measurement, MeasurementState
from livinglabs.models import LabState
from portal import registry
from portal.refusals import Refused
from portal.reports import periods, schedule
from portal.reports.domain import runs, snapshots
from portal.reports.models import RunState
from tests.factories.evaluation import MeasurementFactory
from tests.factories.livinglabs import LabFactory

pytestmark = pytest.mark.django_db

S = MeasurementState


def test_reference_is_loaded_once():
    before = Indicator.objects.count()

    reference.load()

    assert (Framework.objects.count(), before, Indicator.objects.count()) == (3, 57, 57)
    assert Indicator.objects.filter(group__framework__code="bucheon-trial").count() == 16


def test_thread_names_the_measurements_of_the_labs(omar):
    lab = LabFactory()
    found = MeasurementFactory(lab=lab, author=omar)

    subjects = thread.subjects(lab.mandate.proposal)

    assert list(subjects) == [f"evaluation.measurement:{found.pk}"]
    assert "1 to go" in thread.upcoming(lab.mandate.proposal)[0].title


def test_thread_names_the_report_of_the_month_and_the_one_to_come(omar):
    found = MeasurementFactory(lab=LabFactory(), author=omar)
    last = periods.last_ended(timezone.localdate(), periods.MONTH)
    run = runs.build(runs.request("monitoring-month", last))
    proposal = found.lab.mandate.proposal

    assert thread.reports(proposal) == {}
    assert thread.coming_report(proposal)[0].due == last.next().end
    Measurement.objects.filter(pk=found.pk).update(
        recorded_at=timezone.make_aware(datetime.combine(last.last_day, time.min))
    )
    assert list(thread.reports(proposal)) == [f"reports.run:{run.pk}"]


def test_desk_offers_what_others_measured(omar, wendy, petra, audrey):
    found = MeasurementFactory(author=omar)

    assert list(desk.to_verify(wendy)) == [found]
    assert list(desk.to_verify(audrey)) == [found]
    assert not desk.to_verify(omar)
    assert not desk.to_verify(petra)


def test_desk_offers_questions_to_the_author(omar, wendy):
    found = MeasurementFactory(author=omar, state=S.QUESTIONED)
    queue = registry.desk_queues["measurements-questioned"]

    assert (queue.count(omar), queue.count(wendy)) == (1, 0)
    assert queue.items(omar, 5)[0].url == found.get_absolute_url()
    assert queue.items(omar, 5)[0].note == "How so?"


def test_search_document_has_both_names():
    document = search.document(search.SOURCE.queryset().get(code="traffic-inflow"))

    assert document["title"] == "차량유입"
    assert "Vehicles entering the village" in document["body"]


def test_section_of_a_lab_without_measurements_is_nothing():
    assert overview.section_of(LabFactory(state=LabState.PREPARED)) is None


def test_lab_page_shows_its_measurements(client, omar):
    lab = LabFactory()
    MeasurementFactory(lab=lab, author=omar, state=S.VERIFIED)

    text = client.get(lab.get_absolute_url()).content.decode()

    assert "1 of 1 measurements have been verified" in text


def test_front_page_has_a_tile():
    MeasurementFactory(state=S.VERIFIED)

    assert registry.tiles["evaluation"].news() == "1"


@pytest.mark.parametrize("key", ["activity-week", "monitoring-month", "executive-quarter"])
def test_reports_are_built_from_real_rows(key):
    MeasurementFactory(lab=LabFactory())
    every = registry.report_kinds[key].every
    period = periods.last_ended(timezone.localdate(), every)

    run = runs.build(runs.request(key, period))

    assert run.state == RunState.DONE
    titles = [section["title"] for section in run.content["sections"]]
    assert titles[:3] == ["한눈에 보기", "상태별 제안", "부서별 답변"]


def test_the_report_of_a_day_tells_of_it_before_it_ends(settings):
    MeasurementFactory(lab=LabFactory(), state=S.VERIFIED)
    today = timezone.localdate()

    run = runs.build(runs.request("monitoring-day", today.isoformat()))

    assert run.state == RunState.DONE
    assert run.content["period"]["key"] == today.isoformat()
    with pytest.raises(Refused, match="has not ended"):
        runs.request("monitoring-day", (today + timedelta(days=1)).isoformat())
    with pytest.raises(Refused, match="has not ended"):
        runs.request("activity-week", periods.containing(today, periods.WEEK))
    settings.REPORTS_SINCE = (today - timedelta(days=3)).isoformat()
    assert "monitoring-day" not in {missed.kind for missed in runs.missed(today)}
    assert "monitoring-day" not in {line.kind.key for line in schedule.lines(today)}


def content_of(key):
    """What the report would say of a period that ends after today."""
    today = timezone.localdate()
    found = registry.report_kinds[key].snapshot(
        today - timedelta(days=7), today + timedelta(days=1)
    )
    sections = {section["key"]: section for section in found["sections"]}
    assert json.loads(snapshots.canonical(snapshots._sections(found)))
    return sections


def test_report_counts_what_is_there(omar):
    lab = LabFactory()
    MeasurementFactory(lab=lab, author=omar, state=S.VERIFIED)
    MeasurementFactory(author=omar, subject="Another street")

    sections = content_of("monitoring-month")

    measured = sections["measurements"]["table"]["rows"]
    assert [row[7] for row in measured] == ["Independently verified", "Waiting for verification"]
    assert [str(cell) for cell in measured[0][3:7]] == ["1966", "1757", "-209", "-10.6"]
    waiting = sections["unverified"]["table"]["rows"]
    assert [row[1] for row in waiting] == ["Another street"]
    trial = sections["not-reported"]["table"]["rows"][0]
    assert trial[1:] == [16, 1, 1, 15]


def test_report_counts_the_answers_of_departments():
    from portal.proposals.models import Proposal, ProposalState
    from tests.factories.portal import ProposalFactory

    proposal = ProposalFactory(state=ProposalState.ANSWER_DUE)
    Proposal.objects.filter(pk=proposal.pk).update(due_on=timezone.localdate() - timedelta(days=2))

    rows = content_of("monitoring-month")["answers"]["table"]["rows"]

    assert [row[1:] for row in rows] == [[0, 0, 0, 1, 1]]


def test_recipients_are_the_auditors_and_the_members(audrey, ana):
    found = list(registry.report_kinds["monitoring-month"].recipients())

    assert (audrey in found, ana in found) == (True, False)
