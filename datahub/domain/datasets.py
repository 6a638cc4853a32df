"""What people do with datasets: begin, describe, add data, publish, withdraw."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from datahub.domain.versions import add_version, refuse_if_held, release, tell
from datahub.models import RESERVED_NAMES, Dataset, DatasetState, Licence
from portal.accounts.models import User
from portal.audit.domain import log
from portal.page_cache import forget_pages
from portal.refusals import Refused

__all__ = ["add_version", "count_download", "describe", "draft", "publish", "tell", "withdraw"]


@transaction.atomic
def draft(name: str, *, by: User, **fields: Any) -> Dataset:
    """Begin a dataset called ``name`` (in addresses); ``fields`` describe it.

    Raises ``Refused`` where the name is taken or kept for the catalogue's own pages.
    """
    if name in RESERVED_NAMES or Dataset.objects.filter(name=name).exists():
        raise Refused(_("The name “%(name)s” is taken. Choose another one.") % {"name": name})
    dataset = Dataset(name=name, created_by=by, **fields)
    try:
        dataset.clean_fields()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    dataset.save()
    log.record("drafted", dataset, by=by, name=name)
    return dataset


@transaction.atomic
def describe(dataset: Dataset, *, by: User, **fields: Any) -> Dataset:
    """Change what is said about a dataset; its name and its data stay."""
    changed = {name: value for name, value in fields.items() if getattr(dataset, name) != value}
    if not changed:
        return dataset
    if dataset.state == DatasetState.PUBLISHED and "licence" in changed and not changed["licence"]:
        raise Refused(_("Published data keep a licence. Choose another one instead."))
    for name, value in changed.items():
        setattr(dataset, name, value)
    dataset.modified_at = timezone.now()
    dataset.save(update_fields=[*changed, "modified_at"])
    log.record("described", dataset, by=by, fields=", ".join(sorted(changed)))
    return dataset


@transaction.atomic
def publish(dataset: Dataset, *, by: User, licence: Licence | None = None) -> Dataset:
    """Open a dataset to everyone under ``licence`` (or the one that it has).

    Raises ``Refused`` without data, without a licence, while a file is still being read,
    and while signs of personal data wait for an official's look.
    """
    licence = licence or dataset.licence
    version = dataset.current
    if version is None:
        raise Refused(_("There are no data yet. Hand in a file first."))
    if licence is None:
        raise Refused(_("Choose a licence first, so that everyone knows what they may do."))
    refuse_if_held(version)
    now = timezone.now()
    release(version, now)
    first = dataset.published_at or now
    dataset.move(
        DatasetState.PUBLISHED,
        by=by,
        also={
            "licence": licence,
            "published_at": first,
            "modified_at": now,
            "withdrawn_reason": "",
        },
        licence=licence.code,
        version=version.number,
        sha256=version.sha256,
    )
    if by != dataset.created_by:
        tell(dataset, "dataset_published", dataset.created_by)
    transaction.on_commit(forget_pages)
    return dataset


@transaction.atomic
def withdraw(dataset: Dataset, *, by: User, reason: str) -> Dataset:
    """Take a dataset out of the catalogue; its page stays and says why."""
    if not reason.strip():
        raise Refused(_("Give a reason: everyone who used the data will read it."))
    dataset.move(
        DatasetState.WITHDRAWN,
        by=by,
        also={"withdrawn_reason": reason, "modified_at": timezone.now()},
        reason=reason,
    )
    transaction.on_commit(forget_pages)
    return dataset


def count_download(dataset: Dataset) -> None:
    """Add one to the number of downloads; a count that a machine keeps needs no act."""
    Dataset.objects.filter(pk=dataset.pk).update(download_count=F("download_count") + 1)
