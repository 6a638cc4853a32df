"""The plainest valid rows of support steps and what follows from them."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from portal.audit.domain import log
from portal.thresholds.models import Effect, Merge, Step
from tests.factories.portal import ProposalFactory


def make_step(supports, effect=Effect.DISCUSSION, **fields):
    """A step of the always-open way in, after those of the settings, that always held."""
    fields.setdefault("order", 10 + Step.objects.count())
    fields.setdefault("valid_from", date(2000, 1, 1))
    with transaction.atomic():
        step = Step.objects.create(supports=supports, effect=effect, **fields)
        log.record("staged", step, by=None)
    return step


def end_asking(merge, *, ago=timedelta(minutes=1)):
    """Let the time to answer be over, since ``ago``."""
    over = timezone.now() - ago
    with transaction.atomic():
        Merge.objects.filter(pk=merge.pk).update(answer_by=over)
        log.record("staged", merge, by=None)
    merge.refresh_from_db()
    return merge


def like_proposals(**fields):
    """Two proposals that ask for the same, the earlier first."""
    now = timezone.now()
    earlier = ProposalFactory(published_at=now - timedelta(days=2), **fields)
    later = ProposalFactory(published_at=now - timedelta(days=1))
    return earlier, later
