"""What the check of files says in the trail, in notes and on the desk."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Role, User
from portal.quarantine.models import HeldFile
from portal.registry import DeskItem, DeskQueue, NoteKind, Verb

VERBS = [
    Verb("quarantine.heldfile:refused", _("A file was not taken after its check"), "danger"),
    Verb("quarantine.heldfile:deleted", _("A file that was not taken was deleted"), "gray"),
    Verb("quarantine.heldfile:personal_data_read", _("A file that was not taken was looked at")),
]
NOTES = [
    NoteKind(
        "file_refused",
        subject=_("Your file “{name}” was not taken"),
        body=_("{why} “{name}” is handed out to nobody. What you wrote beside it stays as it is."),
    )
]


def _items(person: User, most: int) -> list[DeskItem]:
    found = HeldFile.objects.refused().order_by("checked_at", "pk")[:most]
    return [
        DeskItem(
            title=held.name,
            url=reverse("quarantine:refused"),
            note=held.get_finding_display(),
            since=held.checked_at,
        )
        for held in found
    ]


QUEUE = DeskQueue(
    key="refused-files",
    title=_("Files that are not taken"),
    empty=_("No file was refused."),
    concerns=lambda person: person.holds(Role.OPERATOR),
    count=lambda person: HeldFile.objects.refused().count(),
    items=_items,
    order=90,
)
