"""The operators' work list of requests about personal data."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Role, User
from portal.registry import DeskItem, DeskQueue
from portal.rights.models import DataRequest


def waiting(person: User) -> list[DeskItem]:
    """The requests without names: a name is shown where it is needed, and the look remembered."""
    found = DataRequest.objects.open().exclude(person=person).soonest_due()
    return [
        DeskItem(
            title=f"{request.get_kind_display()} · {request.get_about_display()}",
            url=request.get_absolute_url(),
            due=request.due_on,
            since=request.state_since,
        )
        for request in found[:10]
    ]


QUEUES = [
    DeskQueue(
        key="rights-requests",
        title=_("Requests about personal data"),
        empty=_("No request waits."),
        concerns=lambda person: person.holds(Role.OPERATOR),
        count=lambda person: DataRequest.objects.open().exclude(person=person).count(),
        items=lambda person, most: waiting(person)[:most],
        order=12,
    )
]
