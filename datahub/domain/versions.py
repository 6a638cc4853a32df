"""What happens to a file that is handed in: kept apart, checked, read, looked at, taken up.

Small files are checked and read at once; larger ones wait for the worker, and their row tells
how far it is. A version of a published dataset becomes public as soon as it is read, unless it may
hold personal data: then it waits until an official has looked.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from datahub.domain import intake
from datahub.models import Column, Dataset, DatasetState, Version, VersionStage
from portal.accounts.models import User
from portal.audit.domain import log
from portal.notifications.domain import notes
from portal.page_cache import forget_pages
from portal.quarantine.domain import files
from portal.quarantine.models import HeldState
from portal.refusals import Refused
from portal.uploads import check_upload

KINDS = ("csv", "txt", "xlsx")


@transaction.atomic
def add_version(dataset: Dataset, file: Any, *, by: User, note: str = "") -> Version:
    """Hand in ``file`` (an upload, or a ``File`` with a name) as the next version.

    A file below ``DATASET_INLINE_BYTES`` is read at once; a larger one waits for the worker,
    and so does any where a scanner is asked first. A file whose content is refused stays apart,
    and its version says why. Raises ``Refused`` with a sentence where the file cannot be taken
    or read; then nothing of it is kept.
    """
    if dataset.state == DatasetState.WITHDRAWN:
        raise Refused(_("The dataset is withdrawn. Publish it again before adding data."))
    version = _keep(dataset, file, by=by, note=note)
    if version.size >= settings.DATASET_INLINE_BYTES or not files.checks_by_itself():
        return version
    if not _passes(version):
        return version
    try:
        return _take_in(version, progress=int)
    except Refused:
        version.original.delete(save=False)
        raise


def read_waiting(limit: int = 5) -> int:
    """Read the files that wait, oldest first; return how many were read."""
    waiting = Version.objects.waiting().select_related("dataset", "created_by")
    return sum(read_one(version) for version in waiting.order_by("created_at")[:limit])


def read_one(version: Version) -> bool:
    """Check and read a waiting file unless another worker has claimed it.

    Says whether it became a table; one that cannot be checked yet goes on waiting.
    """
    rows = Version.objects.filter(pk=version.pk)
    with translation.override(version.created_by.language):
        if not _passes(version) or not rows.waiting().update(stage=VersionStage.READING):
            return False
        version.stage = VersionStage.READING
        try:
            _take_in(version, progress=lambda count: _show_progress(version.pk, count))
        except Refused as refusal:
            _fail(version, str(refusal))
            return False
    return True


@transaction.atomic
def confirm(version: Version, *, by: User, reason: str) -> Version:
    """Let a version pass although it looks as if it held personal data; ``reason`` is public."""
    if version.stage != VersionStage.READY or not version.is_held:
        raise Refused(_("There is nothing to confirm here."))
    if not settings.DATASET_PERSONAL_DATA_MAY_BE_CONFIRMED:
        raise Refused(_("Here no one may let such data pass. Remove them from the file."))
    if not reason.strip():
        raise Refused(_("Say why these data may be public; everyone can read the reason."))
    version.confirmed_by, version.confirmed_at = by, timezone.now()
    version.save(update_fields=["confirmed_by", "confirmed_at"])
    log.record(
        "personal_data_confirmed", version.dataset, by=by, version=version.number, reason=reason
    )
    if version.dataset.state == DatasetState.PUBLISHED:
        take_up(version)
    return version


@transaction.atomic
def describe_columns(version: Version, *, by: User, texts: dict[int, dict[str, str]]) -> Version:
    """Say what columns mean: ``texts`` by their place, with ``unit`` and ``description``."""
    columns = list(version.columns.filter(order__in=texts))
    for column in columns:
        column.unit = texts[column.order].get("unit", column.unit)
        column.description = texts[column.order].get("description", column.description)
    Column.objects.bulk_update(columns, ["unit", "description"])
    log.record("columns_described", version.dataset, by=by, version=version.number)
    return version


def take_up(version: Version) -> None:
    """Make a version that has been read the one that the dataset shows.

    The caller has recorded the act, in the same transaction.
    """
    dataset, now = version.dataset, timezone.now()
    if dataset.state == DatasetState.PUBLISHED:
        release(version, now)
        transaction.on_commit(forget_pages)
    Dataset.objects.filter(pk=dataset.pk).update(current=version, modified_at=now)
    dataset.current, dataset.modified_at = version, now


def tell(dataset: Dataset, kind: str, reader: User, **context: Any) -> None:
    """Leave ``reader`` a note of ``kind`` that leads to the dataset."""
    notes.leave(reader, kind, url=dataset.get_absolute_url(), title=dataset, **context)


def release(version: Version, now: datetime) -> None:
    """Make a version public; the caller records the act in the same transaction."""
    if version.released_at is None:
        version.released_at = now
        version.save(update_fields=["released_at"])


def refuse_if_held(version: Version) -> None:
    """Raise ``Refused`` while signs of personal data wait for an official's look."""
    if version.is_held:
        first = version.findings[0]
        raise Refused(
            _(
                "Column “%(column)s” may hold personal data (line %(line)s). Remove it and hand "
                "the file in again, or let an official confirm that it may be public."
            )
            % {"column": first["column"], "line": first["line"]}
        )


def _keep(dataset: Dataset, file: Any, *, by: User, note: str) -> Version:
    """Check the file and keep it under the next number."""
    try:
        checked = check_upload(file, kinds=KINDS, max_bytes=settings.DATASET_MAX_BYTES)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    Dataset.objects.select_for_update().get(pk=dataset.pk)
    newest = dataset.versions.order_by("-number").first()
    version = Version.objects.create(
        dataset=dataset,
        number=newest.number + 1 if newest else 1,
        note=note,
        original=File(file, name=checked.name),
        original_name=checked.name,
        size=checked.size,
        sha256=checked.sha256,
        created_by=by,
    )
    files.hold(version.original, by=by, name=checked.name, url=version.get_absolute_url())
    return version


@transaction.atomic
def _passes(version: Version) -> bool:
    """Have the content looked at now; a version whose file is refused says why."""
    state = files.check(version.original)
    if state not in {HeldState.PASSED, HeldState.WAITING}:
        version.stage = VersionStage.FAILED
        version.error, version.original = files.why_refused(version.original), ""
        # Who handed it in has been told by the check; the file stays apart for its days.
        version.save(update_fields=["stage", "error", "original"])
    return state == HeldState.PASSED


def _take_in(version: Version, *, progress: Callable[[int], Any]) -> Version:
    """Read the file, keep its table and its columns, and let the dataset show it."""
    with intake.scratch() as folder:
        table, text = Path(folder) / "table.parquet", Path(folder) / "table.csv"
        with version.original.open("rb") as file:
            reading = intake.read(
                cast("BinaryIO", file.file),
                version.original_name,
                table_path=table,
                text_path=text,
                progress=progress,
            )
        _settle(version, reading, table, text)
    return version


@transaction.atomic
def _settle(version: Version, reading: intake.Reading, table: Path, text: Path) -> None:
    """Keep what was read, record the act and let the dataset show it."""
    _keep_reading(version, reading, table, text)
    log.record(
        "version_added",
        version.dataset,
        by=version.created_by,
        version=version.number,
        sha256=version.sha256,
        rows=version.rows,
    )
    if version.is_held and version.dataset.state == DatasetState.PUBLISHED:
        tell(version.dataset, "version_held", version.created_by, number=version.number)
    else:
        take_up(version)


def _keep_reading(version: Version, reading: intake.Reading, table: Path, text: Path) -> None:
    version.format, version.encoding = reading.format, reading.encoding
    version.remarks, version.rows = reading.remarks, reading.rows
    version.findings = [finding.as_dict() for finding in reading.findings]
    version.rows_read, version.read_at = reading.rows, timezone.now()
    version.text_size, version.text_sha256 = reading.text_size, reading.text_sha256
    version.stage = VersionStage.READY
    with table.open("rb") as one, text.open("rb") as other:
        version.table.save("table", File(one), save=False)
        version.text.save("text", File(other), save=False)
    version.save()
    before = _meanings(version)
    Column.objects.bulk_create(
        Column(
            version=version,
            order=order,
            name=column.name,
            title=column.title,
            kind=column.kind,
            nulls=column.missing,
            distinct=None if column.distinct is None else len(column.distinct),
            lowest=column.range[0],
            highest=column.range[1],
            example=column.example,
            **before.get(column.name, {}),
        )
        for order, column in enumerate(reading.columns, 1)
    )


def _meanings(version: Version) -> dict[str, dict[str, str]]:
    """What the columns of the version before were said to mean, by name."""
    earlier = version.dataset.current
    columns = earlier.columns.all() if earlier else []
    return {c.name: {"unit": c.unit, "description": c.description} for c in columns}


def _show_progress(pk: int, count: int) -> None:
    Version.objects.filter(pk=pk).update(rows_read=count)


@transaction.atomic
def _fail(version: Version, sentence: str) -> None:
    """Keep the sentence, not the file, and tell who handed it in."""
    files.drop([version.original])
    Version.objects.filter(pk=version.pk).update(
        stage=VersionStage.FAILED, error=sentence, original=""
    )
    tell(version.dataset, "version_failed", version.created_by, reason=sentence)
