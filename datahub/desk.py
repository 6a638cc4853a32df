"""What of the catalogue waits on an official's desk."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from datahub.models import Dataset, DatasetState, Version
from portal.accounts.models import Role, User
from portal.registry import DeskItem, DeskQueue


def is_concerned(user: User) -> bool:
    return user.holds(Role.OFFICIAL)


def drafts(user: User) -> Any:
    """Drafts of the person's departments, and those that the person began."""
    return Dataset.objects.kept_by(user).filter(state=DatasetState.DRAFT).order_by("created_at")


def stuck(user: User) -> Any:
    """The newest file of a dataset where it could not be read, or may hold personal data."""
    own = Version.objects.filter(dataset__in=Dataset.objects.kept_by(user)).newest()
    return own.stuck().select_related("dataset").order_by("created_at")


def draft_items(user: User, limit: int) -> list[DeskItem]:
    return [
        DeskItem(
            title=dataset.title,
            url=dataset.get_absolute_url(),
            note=_missing(dataset),
            since=dataset.created_at,
        )
        for dataset in drafts(user)[:limit]
    ]


def stuck_items(user: User, limit: int) -> list[DeskItem]:
    return [
        DeskItem(
            title=version.dataset.title,
            url=reverse("datahub:version", args=[version.dataset.name, version.number]),
            note=version.error or _("May hold personal data: please look."),
            since=version.created_at,
        )
        for version in stuck(user)[:limit]
    ]


def _missing(dataset: Dataset) -> str:
    """Say what a draft still needs."""
    if dataset.current_id is None:
        return _("A file with data is missing.")
    if dataset.licence_id is None:
        return _("A licence is missing.")
    return _("Ready to be published.")


QUEUES = (
    DeskQueue(
        key="dataset_drafts",
        title=_lazy("Data to be published"),
        empty=_lazy("No dataset of your department is waiting."),
        concerns=is_concerned,
        count=lambda user: drafts(user).count(),
        items=draft_items,
        order=60,
    ),
    DeskQueue(
        key="versions_stuck",
        title=_lazy("Files that need a look"),
        empty=_lazy("All files could be read."),
        concerns=is_concerned,
        count=lambda user: stuck(user).count(),
        items=stuck_items,
        order=61,
    ),
)
