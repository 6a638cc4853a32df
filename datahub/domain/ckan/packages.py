"""Datasets, departments, themes and licences as CKAN's dictionaries.

Times are UTC without a zone and with microseconds, because harvesters compare them as
strings. Every key that the strictest known harvester wants is there.
"""

import uuid
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from datahub.models import Column, Dataset, Licence, Theme, Version
from portal.accounts.models import Department

FIELD_TYPES = {
    Column.Kind.TEXT: "text",
    Column.Kind.INTEGER: "int",
    Column.Kind.NUMBER: "numeric",
    Column.Kind.DATE: "date",
    Column.Kind.DATETIME: "timestamp",
    Column.Kind.BOOLEAN: "bool",
}


def package(dataset: Dataset) -> dict[str, Any]:
    """One dataset, loaded by ``with_versions``."""
    licence = dataset.terms
    resources = [resource(version, dataset) for version in dataset.public_versions]
    return {
        "id": str(dataset.uuid),
        "name": dataset.name,
        "title": dataset.title_ko,
        "notes": dataset.notes_ko,
        "url": absolute(dataset.get_absolute_url()),
        "version": str(dataset.data.number),
        "author": None,
        "author_email": None,
        "maintainer": dataset.contact or dataset.publisher.name_ko,
        "maintainer_email": dataset.contact_email or None,
        "license_id": licence.code,
        "license_title": licence.name_ko,
        "license_url": licence.url,
        "isopen": licence.is_open,
        "owner_org": key_of("department", dataset.publisher.code),
        "organization": organization(dataset.publisher),
        "private": False,
        "state": "active",
        "type": "dataset",
        "creator_user_id": None,
        "metadata_created": stamp(dataset.created_at),
        "metadata_modified": stamp(dataset.modified_at),
        "num_resources": len(resources),
        "num_tags": len(dataset.keywords),
        "tags": [tag(word) for word in dataset.keywords],
        "groups": [group(dataset.theme)] if dataset.theme else [],
        "extras": _extras(dataset),
        "relationships_as_subject": [],
        "relationships_as_object": [],
        "resources": [{**one, "position": n} for n, one in enumerate(resources)],
    }


def resource(version: Version, dataset: Dataset) -> dict[str, Any]:
    """One public version as a file in UTF-8."""
    link = reverse("datahub:version_download", args=[dataset.name, version.number, "csv"])
    return {
        "id": str(version.uuid),
        "package_id": str(dataset.uuid),
        "position": 0,
        "name": f"{dataset.title_ko} ({version.number})",
        "description": version.note,
        "format": "CSV",
        "mimetype": "text/csv",
        "mimetype_inner": None,
        "size": version.text_size,
        "hash": version.text_sha256,
        "created": stamp(version.created_at),
        "last_modified": stamp(version.released_at),
        "metadata_modified": stamp(version.released_at),
        "url": absolute(link),
        "url_type": "upload",
        "resource_type": "file",
        "state": "active",
        "datastore_active": True,
        "cache_url": None,
        "cache_last_updated": None,
    }


def organization(department: Department) -> dict[str, Any]:
    return {
        "id": key_of("department", department.code),
        "name": department.code,
        "title": department.name_ko,
        "display_name": department.name_ko,
        "type": "organization",
        "description": department.name_en,
        "image_url": "",
        "image_display_url": "",
        "created": "2026-01-01T00:00:00.000000",
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def group(theme: Theme) -> dict[str, Any]:
    return {
        "id": key_of("theme", theme.code),
        "name": theme.code,
        "title": theme.name_ko,
        "display_name": theme.name_ko,
        "description": theme.name_en,
        "image_display_url": "",
        "type": "group",
        "is_organization": False,
        "state": "active",
    }


def tag(word: str) -> dict[str, Any]:
    return {
        "id": key_of("tag", word),
        "name": word,
        "display_name": word,
        "state": "active",
        "vocabulary_id": None,
    }


def licence(row: Licence) -> dict[str, Any]:
    conformance = "approved" if row.is_open else "not reviewed"
    return {
        "id": row.code,
        "title": row.name_ko,
        "url": row.url,
        "status": "active",
        "family": "",
        "maintainer": "",
        "od_conformance": conformance,
        "osd_conformance": "not reviewed",
        "is_okd_compliant": row.is_open,
        "is_osi_compliant": False,
        "is_generic": False,
        "domain_content": True,
        "domain_data": True,
        "domain_software": False,
    }


def field(column: Column) -> dict[str, Any]:
    """One column, as ``datastore_search`` describes it."""
    notes = " · ".join(filter(None, [column.description, column.unit]))
    return {
        "id": column.name,
        "type": FIELD_TYPES[Column.Kind(column.kind)],
        "info": {"label": column.title or column.name, "notes": notes},
    }


def key_of(kind: str, code: str) -> str:
    """The identifier of something that has none of its own: always the same for the same code."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.SITE_URL}/{kind}/{code}"))


def stamp(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") if moment else None


def absolute(path: str) -> str:
    return settings.SITE_URL + path


def _extras(dataset: Dataset) -> list[dict[str, str]]:
    """What CKAN has no key for; only texts, no key twice."""
    texts = {
        "title_en": dataset.title_en,
        "notes_en": dataset.notes_en,
        "frequency": dataset.frequency,
        "spatial-text": dataset.place,
        "temporal_start": dataset.covers_from.isoformat() if dataset.covers_from else "",
        "temporal_end": dataset.covers_until.isoformat() if dataset.covers_until else "",
    }
    return [{"key": key, "value": value} for key, value in texts.items() if value]
