"""What the worker does for what the city promised."""

from celery import shared_task

from portal.delivery.domain import milestones


@shared_task
def watch_milestones() -> int:
    """Remind of milestones due today and mark those whose day has passed, once a day."""
    return milestones.watch()
