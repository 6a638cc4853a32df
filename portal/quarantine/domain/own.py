"""What is kept here about a person: for their download, and what goes when an account is closed."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.quarantine.models import HeldFile
from portal.registry import OwnData


def held_files(person: User) -> Iterator[dict[str, Any]]:
    for held in HeldFile.objects.filter(owner=person).order_by("held_at", "pk"):
        yield {
            "name": held.name,
            "size": held.size,
            "sha256": held.sha256,
            "state": held.state,
            "finding": held.finding,
            "held_at": held.held_at.isoformat(),
        }


def forget(person: User) -> None:
    """Leave the findings without the person and without what they called their files."""
    HeldFile.objects.filter(owner=person).update(owner=None, name="")


DATA = [OwnData(key="checked-files", title=_("Files handed in, and their check"), rows=held_files)]
