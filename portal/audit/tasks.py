"""The trail's clockwork: sealing every few seconds, a letter and two looks every day."""

from celery import shared_task

from portal.audit.domain import heads, sealer, shape, watch


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


@shared_task
def check_trail() -> int:
    """Run ``watch.record_damage`` every night."""
    return watch.record_damage()
