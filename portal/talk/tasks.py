"""What the worker does for the talk."""

from celery import shared_task

from portal.talk.domain import cases


@shared_task
def release_holds() -> int:
    """Show again what only reports hold back and nobody has decided about within a day."""
    return cases.release_holds()
