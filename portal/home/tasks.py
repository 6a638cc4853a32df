"""The worker's sign of life."""

from celery import shared_task

from portal.home import health


@shared_task
def beat() -> None:
    """Run ``health.beat`` three times a minute."""
    health.beat()
