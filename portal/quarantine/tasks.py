"""What the worker does for files that were handed in."""

from celery import shared_task

from portal.quarantine.domain import files


@shared_task
def check_waiting() -> int:
    """Look at files that wait for their check; return how many."""
    return files.check_waiting()


@shared_task
def delete_refused() -> int:
    """Delete refused files whose days are over; return how many."""
    return files.delete_refused()
