from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from evaluation.domain import measurements
from evaluation.models import Evidence, Indicator, Measurement, MeasurementState
from portal.audit.models import Act
from portal.notifications.models import Note
from portal.refusals import Refused
from tests.factories.evaluation import MeasurementFactory, text_file

pytestmark = pytest.mark.django_db

S = MeasurementState


@pytest.fixture
def inflow(db):
    return Indicator.objects.get(code="traffic-inflow")


def facts(**changes):
    values = {
        "subject": "Street",
        "period_start": date(2026, 6, 1),
        "period_end": date(2026, 6, 30),
        "baseline": Decimal(1966),
        "result": Decimal(1757),
    }
    return values | changes


def verbs(measurement):
    acts = Act.objects.about(f"evaluation.measurement:{measurement.pk}").oldest_first()
    return [act.verb.partition(":")[2] for act in acts]


def test_record_keeps_the_figures_the_evidence_and_the_acts(inflow, omar, transport):
    evidence = {"title": "Table 4-11", "file": text_file()}

    found = measurements.record(inflow, by=omar, facts=facts(), evidence=evidence)

    assert (found.state, found.department, found.evidence_count) == (S.RECORDED, transport, 1)
    assert (found.evidence.get().name, len(found.evidence.get().sha256)) == ("table.txt", 64)
    assert verbs(found) == ["recorded"]
    assert Act.objects.of_verb("evaluation.evidence:added").count() == 1


def test_record_twice_for_the_same_days_is_refused(inflow, omar):
    measurements.record(inflow, by=omar, facts=facts())

    with pytest.raises(Refused, match="for these days already"):
        measurements.record(inflow, by=omar, facts=facts(result=Decimal(1)))

    assert Measurement.objects.count() == 1


def test_attach_refuses_a_file_of_another_kind(inflow, omar):
    found = measurements.record(inflow, by=omar, facts=facts())

    with pytest.raises(ValidationError), transaction.atomic():
        measurements.attach(found, by=omar, title="Virus", file=text_file("virus.exe"))

    found.refresh_from_db()
    assert (found.evidence_count, Evidence.objects.count()) == (0, 0)


def test_attach_to_a_verified_measurement_is_refused(omar):
    found = MeasurementFactory(author=omar, state=S.VERIFIED)

    with pytest.raises(Refused, match="takes no more evidence"):
        measurements.attach(found, by=omar, title="Late", url="https://example.org")


def test_verify_by_somebody_else_confirms_and_tells_the_author(omar, audrey):
    found = MeasurementFactory(author=omar)

    measurements.verify(found, by=audrey, note="Seen.")

    assert (found.state, found.verified_by) == (S.VERIFIED, audrey)
    assert Note.objects.get(recipient=omar).kind == "measurement_verified"
    assert verbs(found)[-1] == "verified"


def test_verify_by_the_author_is_refused(omar):
    with pytest.raises(Refused, match="Somebody else"):
        measurements.verify(MeasurementFactory(author=omar), by=omar)


def test_verify_by_the_same_department_is_refused(omar, petra):
    with pytest.raises(Refused, match="another department"):
        measurements.verify(MeasurementFactory(author=omar), by=petra)


def test_verify_without_evidence_is_refused(omar, audrey):
    found = MeasurementFactory(author=omar, evidence_count=0)

    with pytest.raises(Refused, match="Without evidence"):
        measurements.verify(found, by=audrey)


def test_verify_twice_is_refused(omar, audrey, wendy):
    found = MeasurementFactory(author=omar)
    same = Measurement.objects.get(pk=found.pk)
    measurements.verify(found, by=audrey)

    with pytest.raises(Refused, match="Someone else has just changed this"):
        measurements.verify(same, by=wendy)


def test_question_and_correct_lead_back_to_waiting(omar, audrey):
    found = MeasurementFactory(author=omar)

    measurements.question(found, by=audrey, reason="Which street?")
    assert Note.objects.get(recipient=omar).context["question"] == "Which street?"
    measurements.correct(found, by=omar, facts={"result": Decimal(1760)}, reason="All of them.")

    found.refresh_from_db()
    assert (found.state, found.result, found.question) == (S.RECORDED, 1760, "")
    assert verbs(found)[-2:] == ["questioned", "recorded"]


def test_correct_without_a_question_is_refused(omar):
    with pytest.raises(Refused):
        measurements.correct(MeasurementFactory(author=omar), by=omar, facts={}, reason="So.")


def test_the_database_refuses_the_author_as_verifier(omar):
    with pytest.raises(IntegrityError, match="nobody_verifies"), transaction.atomic():
        MeasurementFactory(
            author=omar, state=S.VERIFIED, verified_by=omar, verified_at=omar.date_joined
        )


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": S.VERIFIED, "evidence_count": 0}, "verified_measurements_have_evidence"),
        ({"subject": ""}, "measurement_has_a_subject"),
        ({"baseline": None, "result": None}, "measurement_says_something"),
        ({"numerator": 1, "denominator": 0}, "nothing_is_divided_by_zero"),
        ({"period_end": date(2026, 5, 1)}, "measurement_has_a_period"),
        ({"state": S.QUESTIONED, "question": ""}, "questioned_measurements_say_why"),
        ({"state": "draft"}, "measurement_state_known"),
    ],
)
def test_the_database_refuses_what_makes_no_sense(changes, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        MeasurementFactory(**changes)


def test_a_measurement_without_an_act_cannot_be_committed(omar, inflow):
    Measurement.objects.create(indicator=inflow, author=omar, **facts())

    with pytest.raises(IntegrityError, match="without an act"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_evidence_without_an_act_cannot_be_committed(omar):
    found = MeasurementFactory(author=omar, evidence_count=0)
    Evidence.objects.create(measurement=found, title="x", url="https://a.example", added_by=omar)

    with pytest.raises(IntegrityError, match="without an act"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
