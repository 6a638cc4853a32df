"""Keeping a file apart until its content is checked; letting it through, or refusing it."""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.domain import log
from portal.notifications.domain import notes
from portal.quarantine.domain import contents, scanners
from portal.quarantine.models import Finding, HeldFile, HeldState

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 100


@transaction.atomic
def hold(file: FieldFile, *, by: User | None, name: str, url: str = "") -> HeldFile:
    """Keep a file that was just stored apart, until ``check_waiting`` has looked at it.

    ``name`` is what its owner calls it; ``url`` is the page of what it was handed in for.
    """
    held = HeldFile(path=str(file.name), name=name, size=file.size, owner=by, url=url)
    held.save()
    _move(held.path, held.apart)
    return held


def check_waiting() -> int:
    """Look at the files that wait, the oldest first; return how many have been looked at.

    Stops where the scanner does not answer: all of them wait then.
    """
    waiting = HeldFile.objects.waiting().order_by("held_at", "pk")
    checked = 0
    for pk in waiting.values_list("pk", flat=True)[:MOST_AT_ONCE]:
        try:
            checked += _check(pk)
        except scanners.Unavailable:
            logger.exception("The scanner of files gives no verdict; they are tried again")
            break
    return checked


def check(file: FieldFile) -> HeldState:
    """Look at one file now, rather than in its turn; return what is known of it then.

    It goes on waiting where the scanner does not answer, or where a worker is at it already.
    """
    held = HeldFile.objects.filter(path=str(file.name)).first()
    if held is None:
        return HeldState.PASSED
    try:
        _check(held.pk)
    except scanners.Unavailable:
        logger.exception("The scanner of files gives no verdict; it is tried again")
    held.refresh_from_db()
    return HeldState(held.state)


def checks_by_itself() -> bool:
    """Whether a check needs nothing but the file, so that a page need not wait for a worker."""
    return not settings.UPLOAD_SCANNER


def why_refused(file: FieldFile) -> str:
    """Why a file is not taken, as a sentence; empty for one that is, or that waits."""
    held = HeldFile.objects.filter(path=str(file.name)).first()
    return str(held.get_finding_display()) if held else ""


@transaction.atomic
def _check(pk: int) -> bool:
    """Look at one file, unless somebody else is at it."""
    held = HeldFile.objects.waiting().select_for_update(skip_locked=True).filter(pk=pk).first()
    if held is None:
        return False
    try:
        with default_storage.open(held.apart) as file:
            held.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            finding, detail = _look(file, held.name)
    except FileNotFoundError:
        # It went with what it belonged to.
        held.delete()
        return False
    if finding:
        _refuse(held, finding, detail)
    else:
        _pass(held)
    return True


def _look(file: Any, name: str) -> tuple[Finding | None, str]:
    finding = contents.look(file, name)
    if finding:
        return finding, ""
    harm = scanners.scan(file)
    return (Finding.MALWARE, harm[:200]) if harm else (None, "")


def _pass(held: HeldFile) -> None:
    _move(held.apart, held.path)
    held.state, held.checked_at = HeldState.PASSED, timezone.now()
    held.save(update_fields=["state", "checked_at", "sha256"])


def _refuse(held: HeldFile, finding: Finding, detail: str) -> None:
    held.state, held.finding, held.detail = HeldState.REFUSED, finding, detail
    held.checked_at = timezone.now()
    held.save(update_fields=["state", "finding", "detail", "checked_at", "sha256"])
    log.record("refused", held, by=None, finding=str(finding), sha256=held.sha256)
    if held.owner and held.owner.is_active:
        notes.leave(held.owner, "file_refused", url=held.url, name=held.name, why=finding.label)


def delete_refused() -> int:
    """Delete refused files whose days are over; what is known of them stays. Return how many."""
    before = timezone.now() - timedelta(days=settings.REFUSED_FILE_DAYS)
    over = HeldFile.objects.refused().filter(checked_at__lt=before).order_by("checked_at")
    return sum(_delete(held) for held in over[:MOST_AT_ONCE])


@transaction.atomic
def _delete(held: HeldFile) -> bool:
    deleted = HeldFile.objects.refused().filter(pk=held.pk).update(state=HeldState.DELETED)
    if deleted:
        log.record("deleted", held, by=None, sha256=held.sha256)
        transaction.on_commit(partial(default_storage.delete, held.apart))
    return bool(deleted)


@dataclass(frozen=True)
class Place:
    """Where a file lies now, to be opened."""

    name: str

    def open(self, mode: str = "rb") -> Any:
        return default_storage.open(self.name, mode)


def place_of(file: FieldFile) -> Place | None:
    """Where a file lies, also while it is apart; nothing once it was deleted."""
    path = str(file.name)
    held = HeldFile.objects.filter(path=path).first()
    if held is None or held.state == HeldState.PASSED:
        return Place(path)
    return None if held.state == HeldState.DELETED else Place(held.apart)


@transaction.atomic
def drop(files: Iterable[FieldFile]) -> None:
    """Take files away for good once the change is committed, but those that are not taken.

    These stay apart for their days, so that the finding can be looked at.
    """
    paths = [str(file.name) for file in files if file]
    held = HeldFile.objects.filter(path__in=paths, state__in=[HeldState.WAITING, HeldState.PASSED])
    for place in [*paths, *(row.apart for row in held)]:
        transaction.on_commit(partial(default_storage.delete, place))
    held.delete()


def _move(here: str, there: str) -> None:
    """Move a file within the storage; where it was moved already, nothing is done."""
    if default_storage.exists(here):
        with default_storage.open(here) as file:
            default_storage.save(there, file)
        default_storage.delete(here)
