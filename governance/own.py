"""What councils keep about a person, for the person's own download."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.models import Seat, Vote
from portal.accounts.models import User
from portal.registry import OwnData


def seats(person: User) -> Iterator[dict[str, Any]]:
    found = Seat.objects.filter(member=person).order_by("starts_on", "pk")
    names = ("council__name_ko", "sector__name_ko", "is_ex_officio", "is_chair")
    yield from found.values(*names, "starts_on", "ends_on").iterator()


def votes(person: User) -> Iterator[Mapping[str, Any]]:
    found = Vote.objects.filter(member=person).order_by("at", "seq")
    yield from found.values("motion_id", "motion__title", "seq", "choice", "at").iterator()


OWN = [
    OwnData(
        "seats",
        _("Seats in councils"),
        seats,
        60,
        columns={
            "council__name_ko": _("council"),
            "sector__name_ko": _("sector"),
            "is_ex_officio": _("sits by office"),
            "is_chair": _("chairs the council"),
        },
    ),
    OwnData("votes", _("Votes in councils"), votes, 61, columns={"choice": _("choice")}),
]
