"""The plainest valid labs and their records, each with the act that its table asks for."""

from datetime import timedelta

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from governance.models import MotionState
from livinglabs.domain import evidence
from livinglabs.models import (
    Conflict,
    ConflictType,
    EvidenceKind,
    Lab,
    LabState,
    Stage,
    StageRecord,
)
from portal.accounts.models import Department, Role
from portal.audit.domain import log
from tests.factories.governance import MotionFactory
from tests.factories.portal import UserFactory, appoint

PDF = b"%PDF-1.4\n% a very small file\n"


def an_official():
    """An official of the department of traffic policy."""
    return appoint(UserFactory(), Role.OFFICIAL, Department.objects.get(code="traffic"))


class LabFactory(DjangoModelFactory):
    """A running lab of the department of traffic policy, in its first stage, until next month."""

    class Meta:
        model = Lab

    mandate = factory.SubFactory(MotionFactory, state=MotionState.CARRIED)
    title = factory.Sequence(lambda n: f"공유주차 리빙랩 {n}")
    problem = "저녁에 차를 댈 곳이 없습니다."
    goal = "낮에 비는 주차면을 나누어 씁니다."
    place = "상살미마을"
    department = factory.LazyFunction(lambda: Department.objects.get(code="traffic"))
    manager = factory.LazyFunction(an_official)
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=10))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    stage = factory.LazyFunction(lambda: Stage.objects.get(code="diagnose"))
    state = LabState.RUNNING
    outcome = factory.LazyAttribute(
        lambda o: "더 편해졌습니다." if o.state in {LabState.COMPLETED, LabState.STOPPED} else ""
    )
    learnings = factory.LazyAttribute(
        lambda o: "천천히 합니다." if o.state == LabState.STOPPED else ""
    )

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with transaction.atomic():
            lab = super()._create(model_class, *args, **kwargs)
            log.record("staged", lab, by=None)
            if lab.state != LabState.PREPARED:
                StageRecord.objects.create(lab=lab, stage=lab.stage)
        return lab


class ConflictFactory(DjangoModelFactory):
    """An open conflict between actors."""

    class Meta:
        model = Conflict

    lab = factory.SubFactory(LabFactory)
    type = factory.LazyFunction(lambda: ConflictType.objects.get(code="between-actors"))
    description = "누가 먼저 쓰는지 다툽니다."

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with transaction.atomic():
            conflict = super()._create(model_class, *args, **kwargs)
            log.record("staged", conflict, by=None)
        return conflict


def pdf(name="report.pdf"):
    """A file that begins as a PDF does."""
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def with_evidence(lab, *codes):
    """Lay evidence of the kinds ``codes`` on the table of the lab's present stage."""
    for code in codes:
        kind = EvidenceKind.objects.get(code=code)
        evidence.add(lab, by=lab.manager, kind=kind, title=code, text="See the text.")
    return lab
