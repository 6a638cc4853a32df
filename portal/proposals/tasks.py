"""What the worker does with proposals."""

from celery import shared_task

from portal import registry
from portal.proposals.domain import reviews, supports


@shared_task
def fold_supports() -> int:
    """Count fresh supports and let follow what they set going, every few seconds."""
    supports.fold()
    return sum(follow() for follow in registry.after_fold)


@shared_task
def watch_clocks() -> int:
    """Remind officials of answers that fall due."""
    return reviews.remind()
