"""What the worker does with notes."""

from celery import shared_task

from portal.notifications.domain import notes


@shared_task
def deliver_waiting() -> int:
    """Mail what waits, every minute."""
    notes.settle_unwanted()
    return notes.deliver_waiting()


@shared_task
def send_digests() -> int:
    """Mail the daily digests, in the morning."""
    return notes.send_digests()
