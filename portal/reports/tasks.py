"""What the worker does about reports."""

from celery import shared_task
from django.utils import timezone

from portal.refusals import Refused
from portal.reports.domain import runs
from portal.reports.models import Run, RunState

A_MINUTE = 60


@shared_task
def make_up_missed() -> int:
    """Have every due report made that is not published, every hour; return how many."""
    runs.give_up_stale()
    waiting = runs.missed(timezone.localdate())
    for run in waiting:
        build.delay(run.pk)
    return len(waiting)


@shared_task
def build(run_id: int) -> str:
    """Make one report; try again later where it failed. Return the state that it is in."""
    run = Run.objects.get(pk=run_id)
    try:
        runs.build(run)
    except Refused:
        return run.state
    if run.state == RunState.FAILED and run.attempts < runs.MOST_ATTEMPTS:
        runs.retry(run, by=None)
        build.apply_async([run.pk], countdown=A_MINUTE * run.attempts)
    return run.state
