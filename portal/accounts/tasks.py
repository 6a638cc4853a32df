"""What the worker does with accounts."""

from celery import shared_task

from portal.accounts.domain import sign_ins


@shared_task
def forget_sign_ins() -> int:
    """Run ``sign_ins.forget_old`` every night."""
    return sign_ins.forget_old()
