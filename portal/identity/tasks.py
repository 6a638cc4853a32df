"""What the worker does about verifications."""

from celery import shared_task

from portal.identity.domain import reminders


@shared_task
def remind_of_end() -> int:
    """Run ``reminders.remind`` every morning."""
    return reminders.remind()
