"""The notes that those who follow receive, and what is told of them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.following.models import Told, Watch
from portal.proposals.models import HeldNote
from portal.registry import NoteKind, OwnData

NOTES = (
    NoteKind(
        "followed_published",
        subject=_("A new proposal: {title}"),
        body=_("It fits what you follow as “{name}”."),
    ),
    NoteKind(
        "followed_answered",
        subject=_("The city has answered: {title}"),
        body=_("It fits what you follow as “{name}”. The answer and its reasons are on the page."),
    ),
    NoteKind(
        "followed_digest",
        subject=_("What is new for you: {n} in all"),
        body=_("New among what you follow:\n{titles}"),
    ),
)
KEPT = ("name", "words", "area_id", "district_id", "department_id", "call_id")
PLACED = ("latitude", "longitude", "radius", "tells")


def _rows(person: Any) -> Iterator[dict[str, Any]]:
    for watch in Watch.objects.filter(person=person).order_by("created_at", "pk"):
        row = {name: getattr(watch, name) for name in (*KEPT, *PLACED)}
        yield row | {"created_at": watch.created_at, "paused_at": watch.paused_at}


OWN = OwnData("following", title=_("What you follow"), rows=_rows, order=60)


def erase(person: Any) -> None:
    """Follow nothing any more, and forget what was told: nobody else needs it."""
    Watch.objects.filter(person=person).delete()
    Told.objects.filter(person=person).delete()
    HeldNote.objects.filter(person=person).delete()
