"""Making a release: every registered export into files, one archive and a list with hashes."""

import json
import shutil
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from portal import registry
from portal.exports.domain import readme, tables
from portal.exports.domain.tables import Written
from portal.exports.models import ExportFile, Release, folder_of

ARCHIVE, README, MANIFEST = "hamkke-open-data.zip", "README.md", "manifest.json"
Format = ExportFile.Format
LOCK = 0x0BEDA7A


@transaction.atomic
def make(day: date | None = None) -> Release:
    """Write all exports of ``day`` (today), replacing an earlier release of the same day.

    The files are written beside and take their place at once, so nobody meets half a file.
    Of two makers the second waits for the first, and then makes them anew.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    day = day or timezone.localdate()
    folder = folder_of(day)
    fresh, former = (folder.with_name(f"{folder.name}.{name}") for name in ("new", "old"))
    for left_behind in (fresh, former):
        shutil.rmtree(left_behind, ignore_errors=True)
    fresh.mkdir(parents=True)
    release = _keep(day, _write_all(fresh))
    if folder.exists():
        folder.rename(former)
    fresh.rename(folder)
    shutil.rmtree(former, ignore_errors=True)
    return release


def forget_old() -> int:
    """Take away releases of more than ``EXPORT_KEEP_DAYS`` ago; return how many."""
    last = timezone.localdate() - timedelta(days=settings.EXPORT_KEEP_DAYS)
    old = list(Release.objects.filter(day__lt=last))
    for release in old:
        release.delete()
        shutil.rmtree(folder_of(release.day), ignore_errors=True)
    return len(old)


def _write_all(folder: Path) -> list[tuple[str, str, Written]]:
    """Write everything; return key, format and what was written of each file."""
    found: list[tuple[str, str, Written]] = []
    with transaction.atomic():  # one snapshot of each table, and cursors that stay on the server
        for export in registry.open_data_exports:
            as_csv, as_json = tables.write(export, folder)
            found += [(export.key, Format.CSV, as_csv), (export.key, Format.JSON, as_json)]
    rows = {key: written.rows or 0 for key, _format, written in found}
    text = readme.write(registry.open_data_exports, rows)
    found.append(("", Format.README, tables.write_text(text, folder, README)))
    manifest = json.dumps(_manifest(found), ensure_ascii=False, indent=2)
    found.append(("", Format.MANIFEST, tables.write_text(manifest, folder, MANIFEST)))
    return [*found, ("", Format.ZIP, _archive(folder, [w.name for *_key, w in found]))]


def _manifest(found: list[tuple[str, str, Written]]) -> dict[str, Any]:
    return {
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "source": settings.SITE_URL,
        "licence": readme.LICENCE,
        "files": [
            {"name": w.name, "rows": w.rows, "bytes": w.size, "sha256": w.sha256}
            for *_key, w in found
        ],
    }


def _archive(folder: Path, names: list[str]) -> Written:
    path = folder / ARCHIVE
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.write(folder / name, name)
    return Written(ARCHIVE, None, path.stat().st_size, tables.hash_of(path))


def _keep(day: date, found: list[tuple[str, str, Written]]) -> Release:
    Release.objects.filter(day=day).delete()
    release = Release.objects.create(day=day)
    ExportFile.objects.bulk_create(
        ExportFile(
            release=release,
            key=key,
            format=form,
            name=written.name,
            rows=written.rows,
            size=written.size,
            sha256=written.sha256,
        )
        for key, form, written in found
    )
    return release
