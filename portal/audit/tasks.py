"""The trail's clockwork: sealing every few seconds, a letter and a look every day."""

from celery import shared_task

from portal.audit.domain import heads, sealer, shape


@shared_task
def seal() -> int:
    """Run ``sealer.seal_waiting``."""
    return sealer.seal_waiting()


@shared_task
def mail_heads() -> int:
    """Run ``heads.mail_latest`` every morning."""
    return heads.mail_latest()


@shared_task
def check_shape() -> int:
    """Run ``shape.record_faults`` every night."""
    return shape.record_faults()
