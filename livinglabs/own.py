"""What living labs keep about a person, for the person's own download."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from livinglabs.models import Participation
from portal.accounts.models import User
from portal.registry import OwnData


def participations(person: User) -> Iterator[dict[str, Any]]:
    found = Participation.objects.of_person(person).order_by("joined_at", "pk")
    names = ("lab_id", "lab__title", "kind", "consent_version", "joined_at", "left_at")
    yield from found.values(*names).iterator()


OWN = [
    OwnData(
        "participations",
        _("Living labs that you take part in"),
        participations,
        70,
        columns={"consent_version": _("version of the consent")},
    )
]
