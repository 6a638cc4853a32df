"""A person's own data as a file: asked for, made, fetched by its owner alone, erased in time."""

import hashlib
from datetime import date, datetime, timedelta
from tempfile import TemporaryFile

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.domain import log
from portal.notifications.domain import notes
from portal.refusals import Refused
from portal.rights.domain import archive, periods
from portal.rights.models import Download, DownloadState

KIND = "downloads"
A_DAY = timedelta(days=1)
GIVEN_UP_AFTER = timedelta(hours=1)


@transaction.atomic
def ask(person: User) -> Download:
    """Let the worker make a file with all that is kept about ``person``.

    Raises ``Refused`` while one is being made, and after too many in one day.
    """
    give_up(person)
    now = timezone.now()
    if person.downloads.filter(asked_at__gt=now - A_DAY).count() >= settings.OWN_DATA_A_DAY:
        raise Refused(_("You have asked often enough today. Please come back tomorrow."))
    try:
        with transaction.atomic():
            download = Download.objects.create(person=person)
    except IntegrityError as error:
        raise Refused(_("A file is being made already. You are told when it is ready.")) from error
    log.record("asked", download, by=person, linked=False)
    return download


def give_up(person: User) -> int:
    """Let go of what a worker began long ago and did not end, so that another may be asked for."""
    long_ago = timezone.now() - GIVEN_UP_AFTER
    stuck = person.downloads.waiting().filter(asked_at__lt=long_ago)
    return stuck.update(state=DownloadState.FAILED)


def make(download: Download) -> Download:
    """Write the file and tell its owner; a download that is not waiting is left as it is."""
    person = download.person
    with TemporaryFile() as file, translation.override(person.language):
        with transaction.atomic():
            kinds = archive.write(file, person)
        kept = Download(size=file.tell(), kinds=kinds)
        file.seek(0)
        kept.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        kept.file.save("own-data.zip", File(file), save=False)
    return _deliver(download, kept)


@transaction.atomic
def _deliver(download: Download, kept: Download) -> Download:
    """Give the file to the download that still waits; a file that nobody waits for goes."""
    now = timezone.now()
    waiting = Download.objects.waiting().filter(pk=download.pk, person__is_active=True)
    claimed = waiting.update(
        state=DownloadState.READY,
        file=kept.file.name,
        size=kept.size,
        sha256=kept.sha256,
        kinds=kept.kinds,
        ready_at=now,
        expires_at=now + periods.length_of(KIND),
    )
    if claimed:
        notes.leave(download.person, "own_data_ready", url="/me/data/", until=expiry(now))
    else:
        kept.file.delete(save=False)
    download.refresh_from_db()
    return download


def expiry(ready_at: datetime) -> date:
    """The day on which a file that was ready at ``ready_at`` is erased."""
    return timezone.localdate(ready_at + periods.length_of(KIND))


@transaction.atomic
def fail(download: Download) -> None:
    """Say that the file could not be made, so that another may be asked for."""
    waiting = Download.objects.waiting().filter(pk=download.pk)
    if waiting.update(state=DownloadState.FAILED):
        notes.leave(download.person, "own_data_failed", url="/me/data/")


@transaction.atomic
def fetch(download: Download, *, by: User) -> Download:
    """Let the owner take the file. Raises ``Refused`` once its days are over."""
    if not download.is_ready:
        raise Refused(_("This file has been erased. Ask for a new one."))
    log.record("fetched", download, by=by, linked=False)
    return download


def erase_old(_before: object, most: int) -> int:
    """Erase at most ``most`` files whose days are over; each file was told its own last day."""
    over = Download.objects.ready().filter(expires_at__lte=timezone.now()).order_by("pk")
    return sum(erase(download) for download in over[:most])


@transaction.atomic
def erase(download: Download) -> bool:
    """Erase the file of a download, and keep that there was one."""
    name = download.file.name
    left = Download.objects.filter(pk=download.pk).exclude(state=DownloadState.ERASED)
    if not left.update(state=DownloadState.ERASED, file=""):
        return False
    if name:
        storage = download.file.storage
        transaction.on_commit(lambda: storage.delete(name))
    return True
