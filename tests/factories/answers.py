"""Rows of an examination: answers, questions to others, visits."""

from datetime import timedelta

import factory
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.accounts.models import Department
from portal.audit.domain import log
from portal.proposals.models import (
    Answer,
    AnswerState,
    Decision,
    FieldVisit,
    Ground,
    OpinionRequest,
    ProposalState,
)
from tests.factories.portal import ProposalFactory, UserFactory


class AnswerFactory(DjangoModelFactory):
    """An answer that refuses; other conclusions are staged with what they need."""

    class Meta:
        model = Answer

    proposal = factory.SubFactory(ProposalFactory, state=ProposalState.PRELIM_REVIEW)
    state = AnswerState.PROPOSED
    decision = Decision.NOT_FEASIBLE
    reason = "법령이 허용하지 않습니다."
    drafted_by = factory.SubFactory(UserFactory)
    phone = "032-000-1100"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kwargs.setdefault("office", kwargs["proposal"].department or _any_department())
        if kwargs["decision"] in {Decision.ACCEPTED, Decision.PARTLY}:
            kwargs.setdefault("planned_on", timezone.localdate() + timedelta(days=90))
            kwargs.setdefault("reflection", "full")
            kwargs.setdefault("reflected_in", "plan")
        if kwargs["decision"] == Decision.NOT_FEASIBLE:
            kwargs.setdefault("ground", Ground.NOT_FEASIBLE)
        if kwargs["state"] == AnswerState.PUBLISHED:
            kwargs.setdefault("approved_by", UserFactory())
            kwargs.setdefault("published_at", timezone.now())
        with transaction.atomic():
            answer = super()._create(model_class, *args, **kwargs)
            log.record("staged", answer, by=None)
        return answer


def _any_department():
    return Department.objects.get(code="traffic")


class OpinionRequestFactory(DjangoModelFactory):
    """A question that waits; name a department or somebody outside."""

    class Meta:
        model = OpinionRequest

    question = "이 일을 함께 할 수 있습니까?"
    asked_by = factory.SubFactory(UserFactory)
    asked_on = factory.LazyFunction(timezone.localdate)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))


class VisitFactory(DjangoModelFactory):
    """A visit that took place yesterday and whose finding is not told yet."""

    class Meta:
        model = FieldVisit

    at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    place = "상살미마을"
    who = "교통정책과"
    planned_by = factory.SubFactory(UserFactory)
