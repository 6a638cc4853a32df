"""The plainest valid plans, each with the act that its table asks for."""

from datetime import timedelta

import factory
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.audit.domain import log
from portal.delivery.models import Milestone, Plan, PlanState
from portal.proposals.models import ProposalState
from tests.factories.portal import ProposalFactory


class PlanFactory(DjangoModelFactory):
    """A running plan of the department of traffic policy: two halves, due in 10 and 40 days.

    ``due_in`` gives other days; ``percent`` is how far both milestones are.
    """

    class Meta:
        model = Plan

    proposal = factory.SubFactory(ProposalFactory, state=ProposalState.ADOPTED)
    summary = "운동장을 저녁에 엽니다."
    state = PlanState.RUNNING
    ended_at = factory.LazyAttribute(
        lambda o: None if o.state == PlanState.RUNNING else timezone.now()
    )
    outcome = factory.LazyAttribute(lambda o: "" if o.state == PlanState.RUNNING else "열었습니다.")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        due_in, percent = kwargs.pop("due_in", (10, 40)), kwargs.pop("percent", 0)
        today = timezone.localdate()
        with transaction.atomic():
            plan = super()._create(model_class, *args, **kwargs)
            for number, days in enumerate(due_in, 1):
                Milestone.objects.create(
                    plan=plan,
                    title=f"단계 {number}",
                    weight=100 // len(due_in),
                    planned_on=today + timedelta(days),
                    due_on=today + timedelta(days),
                    percent=percent,
                    done_on=today if percent == 100 else None,
                )
            log.record("staged", plan, by=None)
        return Plan.objects.get(pk=plan.pk)


def milestones_typed(*rows, initial=0):
    """What a browser sends of the form of milestones: rows of (title, due_on, weight)."""
    sent = {"milestones-TOTAL_FORMS": len(rows), "milestones-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        title, due_on, weight, *key = row
        sent |= {
            f"milestones-{number}-title": title,
            f"milestones-{number}-due_on": due_on,
            f"milestones-{number}-weight": weight,
            f"milestones-{number}-id": key[0] if key else "",
        }
    return sent
