"""What the worker does with calls."""

from celery import shared_task

from portal.calls.domain import calls


@shared_task
def follow_dates() -> int:
    """Open and close calls by their dates, and warn where none has been open for long."""
    return calls.open_due() + calls.judge_due() + calls.warn_officials()
