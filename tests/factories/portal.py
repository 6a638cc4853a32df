"""The plainest valid rows of the ground floor."""

import hashlib
from datetime import timedelta

import factory
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.accounts.models import Appointment, Department, User
from portal.audit.domain import log
from portal.identity.models import Verification
from portal.identity.rules import forget
from portal.proposals.domain import supports
from portal.proposals.models import DECIDED_STATES, Area, Ground, Proposal, ProposalState


class UserFactory(DjangoModelFactory):
    """A citizen who has confirmed the e-mail address and, unless ``resident=False``, lives here."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = "홍길동"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        password, resident = kwargs.pop("password", None), kwargs.pop("resident", True)
        user = model_class.objects.create_user(password=password, **kwargs)
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        return verify(user) if resident else user


def verify(user, person="", **fields):
    """Make ``user`` a verified resident: the one whose hash is made of ``person``."""
    now = timezone.now()
    fields = {"verified_at": now, "expires_at": now + timedelta(days=730)} | fields
    known = hashlib.sha256((person or user.email).encode()).digest()
    Verification.objects.create(user=user, provider="counter", person_hash=known, **fields)
    forget(user)
    return user


def appoint(user, role, department=None, **fields):
    """Appoint ``user`` to an office from today on."""
    Appointment.objects.create(user=user, role=role, department=department, **fields)
    user.__dict__.pop("current_appointments", None)
    return user


class ProposalFactory(DjangoModelFactory):
    """A proposal that others can support; other states are staged with what they need."""

    class Meta:
        model = Proposal

    title = factory.Sequence(lambda n: f"학교 운동장을 저녁에 열어 주세요 {n}")
    problem = "저녁에 운동할 곳이 없습니다."
    solution = "학교 운동장을 저녁 아홉 시까지 열어 주세요."
    author = factory.SubFactory(UserFactory)
    state = ProposalState.SUBMITTED

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        state = kwargs["state"]
        kwargs.setdefault("area", Area.objects.get(code="housing-transport"))
        if state != ProposalState.DRAFT:
            kwargs.setdefault("published_at", timezone.now())
        if state not in {ProposalState.DRAFT, ProposalState.SUBMITTED, ProposalState.WITHDRAWN}:
            today = timezone.localdate()
            kwargs.setdefault("department", Department.objects.get(code="traffic"))
            kwargs.setdefault("clock_started_on", today)
            kwargs.setdefault("due_on", today + timedelta(days=30))
        if state in DECIDED_STATES:
            kwargs.setdefault("answer", "이렇게 정했습니다.")
            kwargs.setdefault("decided_at", timezone.now())
        if state == ProposalState.NOT_ADOPTED:
            kwargs.setdefault("ground", Ground.NOT_FEASIBLE)
        if state == ProposalState.MERGED and "merged_into" not in kwargs:
            kwargs["merged_into"] = cls()
        with transaction.atomic():
            proposal = super()._create(model_class, *args, **kwargs)
            log.record("staged", proposal, by=None)
        return proposal


def support_by(proposal, count):
    """Let ``count`` new people support ``proposal``, and fold their supports into its count."""
    for _ in range(count):
        supports.add(proposal, by=UserFactory())
    supports.fold()
    return proposal
