"""The plainest valid rows of support steps and what follows from them."""

from datetime import date

from django.db import transaction

from portal.audit.domain import log
from portal.thresholds.models import Effect, Step


def make_step(supports, effect=Effect.DISCUSSION, **fields):
    """A step of the always-open way in, after those of the settings, that always held."""
    fields.setdefault("order", 10 + Step.objects.count())
    fields.setdefault("valid_from", date(2000, 1, 1))
    with transaction.atomic():
        step = Step.objects.create(supports=supports, effect=effect, **fields)
        log.record("staged", step, by=None)
    return step
