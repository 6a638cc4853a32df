"""What the worker does for public data."""

from celery import shared_task

from portal.exports.domain import releases


@shared_task
def make_release() -> str:
    """Write all exports every night, and take the oldest away; return the day."""
    releases.forget_old()
    return str(releases.make())
