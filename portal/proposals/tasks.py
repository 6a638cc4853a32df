"""What the worker does with proposals."""

from celery import shared_task

from portal import registry
from portal.proposals.domain import reminders, supplements, supports


@shared_task
def fold_supports() -> int:
    """Count fresh supports and let follow what they set going, every few seconds."""
    supports.fold()
    return sum(follow() for follow in registry.after_fold)


@shared_task
def watch_clocks() -> int:
    """Remind of what falls due, tell those above of what is late, close what was forgotten."""
    return reminders.remind() + supplements.close_forgotten()


@shared_task
def tell_supporters() -> int:
    """Tell supporters of an answer, some hundreds at a time."""
    return reminders.tell_supporters()
