"""The plainest valid calls and local problems, each with the act that its table asks for."""

from datetime import timedelta

import factory
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.accounts.models import Department
from portal.audit.domain import log
from portal.calls.models import (
    Call,
    CallKind,
    CallState,
    Entry,
    EntryForm,
    Juror,
    Prize,
    Problem,
    ProblemState,
    Team,
    Track,
)
from portal.proposals.models import District
from tests.factories.portal import UserFactory

# Days from today until a call opens and until it closes, by its state.
SPANS = {
    CallState.DRAFT: (10, 30),
    CallState.ANNOUNCED: (10, 30),
    CallState.OPEN: (-5, 20),
    CallState.CANCELLED: (10, 30),
}
PAST = (-30, -2)


class CallFactory(DjangoModelFactory):
    """A call of the traffic department with one track for citizens; open unless told otherwise."""

    class Meta:
        model = Call

    kind = CallKind.OPEN
    title = factory.Sequence(lambda n: f"골목 주차 아이디어 공모 {n}")
    text = "골목 주차를 나아지게 할 생각을 구합니다."
    department = factory.LazyFunction(lambda: Department.objects.get(code="traffic"))
    created_by = factory.SubFactory(UserFactory)
    state = CallState.OPEN

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        applicants = kwargs.pop("applicants", ["citizen"])
        opens, closes = SPANS.get(kwargs["state"], PAST)
        now = timezone.now()
        kwargs.setdefault("opens_at", now + timedelta(days=opens))
        kwargs.setdefault("closes_at", now + timedelta(days=closes))
        kwargs.setdefault("judged_by", timezone.localdate(kwargs["closes_at"] + timedelta(days=10)))
        kwargs.setdefault("results_by", kwargs["judged_by"] + timedelta(days=10))
        if kwargs["state"] in {CallState.PUBLISHED, CallState.CLOSED}:
            kwargs.setdefault("results", "세 가지를 쓰기로 했습니다.")
            kwargs.setdefault("published_at", now)
        if kwargs["state"] == CallState.CANCELLED:
            kwargs.setdefault("reason", "예산이 없어졌습니다.")
        if kwargs["state"] != CallState.DRAFT:
            kwargs.setdefault("announced_at", kwargs["opens_at"] - timedelta(days=10))
        with transaction.atomic():
            call = super()._create(model_class, *args, **kwargs)
            log.record("staged", call, by=None)
            for applicant in applicants:
                Track.objects.create(call=call, applicant=applicant)
        return call


def track_of(call, applicant="citizen"):
    return Track.objects.select_related("call").get(call=call, applicant=applicant)


class EntryFactory(DjangoModelFactory):
    """An idea handed in by a citizen."""

    class Meta:
        model = Entry

    track = factory.LazyFunction(lambda: track_of(CallFactory()))
    author = factory.SubFactory(UserFactory)
    form = EntryForm.IDEA
    title = factory.Sequence(lambda n: f"낮에 빈 주차면을 나눕니다 {n}")
    text = "이웃이 함께 씁니다."

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with transaction.atomic():
            entry = super()._create(model_class, *args, **kwargs)
            log.record("staged", entry, by=None)
        return entry


def seat(track, person=None):
    """Put someone on the jury of a track."""
    return Juror.objects.create(track=track, person=person or UserFactory())


def prize(track, place=1, amount=3_000_000):
    return Prize.objects.create(track=track, place=place, amount=amount)


def team_of(track, founder, name="골목친구"):
    """A team with its founder in it."""
    team = Team.objects.create(track=track, name=name, founder=founder)
    team.memberships.create(call=track.call, person=founder)
    return team


class ProblemFactory(DjangoModelFactory):
    """A problem that everyone sees and the traffic department cares for."""

    class Meta:
        model = Problem

    title = factory.Sequence(lambda n: f"가로등이 꺼져 있습니다 {n}")
    text = "학교 앞 골목이 밤에 어둡습니다."
    place = "상살미마을 앞"
    district = factory.LazyFunction(lambda: District.objects.get(code="wonmi"))
    reporter = factory.SubFactory(UserFactory)
    state = ProblemState.SHARED

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if kwargs["state"] != ProblemState.RECEIVED:
            kwargs.setdefault("department", Department.objects.get(code="traffic"))
            kwargs.setdefault("reason", "살펴보았습니다.")
            kwargs.setdefault("shared_at", timezone.now())
        with transaction.atomic():
            problem = super()._create(model_class, *args, **kwargs)
            log.record("staged", problem, by=None)
        return problem
