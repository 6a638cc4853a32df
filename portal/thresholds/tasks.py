"""What the worker does with steps and duties."""

from celery import shared_task

from portal.thresholds.domain import duties, invitations, merges, panels, windows


@shared_task
def settle_duties() -> int:
    """Close duties that were met by an answer or a referral, every ten minutes."""
    return duties.settle()


@shared_task
def close_windows() -> int:
    """Tell the authors whose time to gather support has ended, every hour."""
    return windows.close_ended()


@shared_task
def finish_merges() -> int:
    """Ask who came later, and carry out the merges whose time to answer has ended, every hour."""
    return merges.finish_due()


@shared_task
def watch_panels() -> int:
    """Replace members who did not answer, and close the panels that are over, every hour."""
    return invitations.replace_silent() + panels.close_ended()
