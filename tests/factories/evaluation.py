"""The plainest valid measurements, each with the act that its table asks for."""

from datetime import date
from decimal import Decimal

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from factory.django import DjangoModelFactory

from evaluation.models import Evidence, Indicator, Measurement, MeasurementState
from portal.accounts.models import Department, Role
from portal.audit.domain import log
from tests.factories.portal import UserFactory, appoint


def an_official():
    """An official of the department of traffic policy."""
    return appoint(UserFactory(), Role.OFFICIAL, Department.objects.get(code="traffic"))


def text_file(name="table.txt", content=b"Table 4-11, line 1."):
    """A small file that is taken as evidence."""
    return SimpleUploadedFile(name, content, content_type="text/plain")


class MeasurementFactory(DjangoModelFactory):
    """Vehicles entering a street, before and after, with one piece of evidence; not verified."""

    class Meta:
        model = Measurement

    indicator = factory.LazyFunction(lambda: Indicator.objects.get(code="traffic-inflow"))
    subject = factory.Sequence(lambda n: f"Street {n}")
    period_start = date(2026, 6, 1)
    period_end = date(2026, 6, 30)
    baseline = Decimal(1966)
    result = Decimal(1757)
    author = factory.LazyFunction(an_official)
    department = factory.LazyFunction(lambda: Department.objects.get(code="traffic"))
    state = MeasurementState.RECORDED
    evidence_count = 1
    question = factory.LazyAttribute(
        lambda o: "How so?" if o.state == MeasurementState.QUESTIONED else ""
    )

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if kwargs["state"] == MeasurementState.VERIFIED and "verified_by" not in kwargs:
            kwargs["verified_by"] = appoint(UserFactory(), Role.AUDITOR)
            kwargs["verified_at"] = kwargs["verified_by"].date_joined
        with transaction.atomic():
            measurement = super()._create(model_class, *args, **kwargs)
            log.record("staged", measurement, by=None)
            for number in range(measurement.evidence_count):
                evidence = Evidence.objects.create(
                    measurement=measurement,
                    title=f"Evidence {number}",
                    url="https://example.org/table",
                    added_by=measurement.author,
                )
                log.record("staged", evidence, by=None)
        return measurement
