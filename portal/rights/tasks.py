"""What the worker does for people's rights: files, reminders, and the nightly erasures."""

from celery import shared_task

from portal.rights.domain import downloads, requests, retention, sweeps
from portal.rights.models import Download, DownloadState

WARNINGS_A_NIGHT = 1000


@shared_task
def make_download(download_id: int) -> str:
    """Make the file that somebody asked for; return where it then stands."""
    download = Download.objects.select_related("person").get(pk=download_id)
    if download.state != DownloadState.WAITING:
        return download.state
    try:
        return downloads.make(download).state
    except Exception:
        downloads.fail(download)
        raise


@shared_task
def remind() -> int:
    """Remind operators of requests that fall due, every morning."""
    return requests.remind()


@shared_task
def carry_out_periods() -> int:
    """Warn of what will go, and erase what is over its period, every night."""
    sweeps.warn_of_drafts(WARNINGS_A_NIGHT)
    return retention.carry_out().total
