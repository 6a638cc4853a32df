"""What the worker does for those who follow."""

from celery import shared_task

from portal.following.domain import spreading


@shared_task
def spread_news() -> int:
    """Run ``spreading.spread`` every minute."""
    return spreading.spread()


@shared_task
def send_digests(rhythm: str) -> int:
    """Run ``spreading.send_digests`` every morning, and on Mondays for the week."""
    return spreading.send_digests(rhythm)


@shared_task
def forget_old_news() -> int:
    """Run ``spreading.forget_old`` every night."""
    return spreading.forget_old()
