"""What the worker does with files that are handed in."""

from celery import shared_task

from datahub.domain import public_exports, versions
from datahub.models import Version


@shared_task
def read_waiting() -> int:
    """Read files that wait; a sweep, for whatever no worker was told of."""
    return versions.read_waiting()


@shared_task
def read_version(pk: int) -> bool:
    """Read one file soon after it was handed in."""
    version = (
        Version.objects.waiting().select_related("dataset", "created_by").filter(pk=pk).first()
    )
    return version is not None and versions.read_one(version)


@shared_task
def register_exports() -> int:
    """Take the nightly files of public data up into the catalogue."""
    return public_exports.register()
