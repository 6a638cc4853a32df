"""Carrying the retention periods out: nightly, in small batches, and an act says how many.

What a law keeps is not touched: rules erase drafts and traces of use, never what was published
or decided (Public Records Act; Personal Information Protection Act, article 21).
"""

import logging
from datetime import datetime, timedelta

from django.db import Error, transaction
from django.utils import timezone

from portal import registry
from portal.audit.domain import log
from portal.registry import RetentionRule
from portal.rights.models import Period, RetentionRun

logger = logging.getLogger(__name__)

BATCH = 200
MOST_BATCHES = 50


def carry_out() -> RetentionRun:
    """Erase what is over its period, kind by kind; one kind that fails does not stop the others."""
    started, lengths = timezone.now(), _lengths()
    counts: dict[str, int] = {}
    unfinished, failed = [], []
    for rule in registry.retention_rules:
        if rule.key not in lengths:
            continue
        try:
            counts[rule.key], is_done = _erase(rule, started - lengths[rule.key])
        except Error:
            logger.exception("The period of %s could not be carried out", rule.key)
            failed.append(rule.key)
            continue
        unfinished += [] if is_done else [rule.key]
    return _keep(started, counts, unfinished, failed)


def _lengths() -> dict[str, timedelta]:
    rows = Period.objects.filter(days__isnull=False).values_list("code", "days")
    return {code: timedelta(days=days or 0) for code, days in rows}


def _erase(rule: RetentionRule, before: datetime) -> tuple[int, bool]:
    """Erase batch by batch; give how many went, and whether none was left."""
    count = 0
    for _batch in range(MOST_BATCHES):
        with transaction.atomic():
            gone = rule.erase(before, BATCH)
        count += gone
        if gone < BATCH:
            return count, True
    return count, False


@transaction.atomic
def _keep(
    started: datetime, counts: dict[str, int], unfinished: list[str], failed: list[str]
) -> RetentionRun:
    run = RetentionRun.objects.create(
        started_at=started, counts=counts, unfinished=unfinished, failed=failed
    )
    log.record("carried_out", run, by=None, linked=False, counts=counts, failed=len(failed))
    return run
