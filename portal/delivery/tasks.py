"""What the worker does for what the city promised."""

from celery import shared_task

from portal.delivery.domain import milestones, tallies


@shared_task
def watch_milestones() -> int:
    """Remind of milestones due today and mark those whose day has passed, once a day."""
    return milestones.watch()


@shared_task
def follow_tallies() -> int:
    """Count what has moved into the tallies of the scoreboard, every ten seconds."""
    return tallies.follow()


@shared_task
def check_tallies() -> int:
    """Count the tallies anew every night, and mend and tell of what differs."""
    return tallies.check().found
