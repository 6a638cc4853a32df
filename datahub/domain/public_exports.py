"""The nightly files of public data as datasets: a new version of each that has changed.

They are published by the department that ``OPEN_DATA_DEPARTMENT`` names, in the name of the
official who holds office there longest; where nobody does, nothing is registered.
"""

import logging
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import translation

from datahub.domain import datasets, versions
from datahub.models import Dataset, DatasetState, Licence, Version
from portal import registry
from portal.accounts.models import Appointment, Role, User
from portal.exports.models import ExportFile, Release
from portal.refusals import Refused
from portal.registry import OpenDataExport

logger = logging.getLogger(__name__)

PREFIX = "hamkke-"


def register() -> int:
    """Bring the catalogue up to the newest release; return how many datasets got new data."""
    release = Release.objects.first()
    steward = _steward()
    if release is None or steward is None:
        logger.warning("No public data registered: no release, or nobody to publish it")
        return 0
    files = release.files.filter(format=ExportFile.Format.CSV, rows__gt=0).select_related("release")
    return sum(_register_one(file, steward) for file in files if file.key in _exports())


def _register_one(file: ExportFile, steward: Appointment) -> bool:
    try:
        return _take_up(file, steward)
    except Refused as refusal:
        logger.warning("The export %s was not taken up: %s", file.key, refusal)
        return False


@transaction.atomic
def _take_up(file: ExportFile, steward: Appointment) -> bool:
    """Hand in the file as the next version of its dataset, unless it is the same as the last."""
    export = _exports()[file.key]
    dataset = Dataset.objects.filter(name=PREFIX + file.key).first() or _draft(export, steward)
    newest = dataset.versions.order_by("-number").first()
    if newest is not None and newest.sha256 == file.sha256:
        return _publish(dataset, steward.user)
    with file.path.open("rb") as content:
        version = versions.add_version(
            dataset, File(content, name=file.name), by=steward.user, note=str(file.release)
        )
    _describe(version, export, steward.user)
    dataset.refresh_from_db()
    _publish(dataset, steward.user)
    return True


def _publish(dataset: Dataset, by: User) -> bool:
    """Publish a dataset whose file has been read and that nobody has to look at first."""
    current = dataset.current
    if dataset.state == DatasetState.DRAFT and current is not None and not current.is_held:
        datasets.publish(dataset, by=by)
    return False


def _draft(export: OpenDataExport, steward: Appointment) -> Dataset:
    said: dict[str, Any] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[f"title_{language}"] = str(export.title)
            said[f"notes_{language}"] = str(export.text)
    return datasets.draft(
        PREFIX + export.key,
        by=steward.user,
        publisher=steward.department,
        licence=Licence.objects.filter(code="kogl-1").first(),
        frequency="daily",
        **said,
    )


def _describe(version: Version, export: OpenDataExport, by: User) -> None:
    """Say what each column means, in Korean as columns of the catalogue do."""
    with translation.override("ko"):
        meanings = {
            order: {"description": str(column.meaning)}
            for order, column in enumerate(export.columns, 1)
        }
    if version.is_ready:
        versions.describe_columns(version, by=by, texts=meanings)


def _exports() -> dict[str, OpenDataExport]:
    return {export.key: export for export in registry.open_data_exports}


def _steward() -> Appointment | None:
    offices = Appointment.objects.current().filter(
        role__in=[Role.OFFICIAL, Role.APPROVER], department__code=settings.OPEN_DATA_DEPARTMENT
    )
    return offices.select_related("user", "department").order_by("starts_on", "pk").first()
