"""What is kept here about a person: for their download, and what goes when an account is closed."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.delivery.models import Mark, Remark, SavedFilter
from portal.registry import OwnData


def marks(person: User) -> Iterator[dict[str, Any]]:
    for mark in Mark.objects.filter(person=person).order_by("given_at"):
        yield {
            "proposal": mark.proposal_id,
            "kind": mark.kind,
            "score": mark.score,
            "comment": mark.comment,
            "given_at": mark.given_at.isoformat(),
            "changed_at": mark.changed_at.isoformat(),
        }


def remarks(person: User) -> Iterator[dict[str, Any]]:
    for remark in Remark.objects.filter(author=person).order_by("written_at"):
        yield {
            "proposal": remark.proposal_id,
            "text": remark.text,
            "written_at": remark.written_at.isoformat(),
        }


def filters(person: User) -> Iterator[dict[str, Any]]:
    for saved in SavedFilter.objects.filter(person=person).order_by("pk"):
        yield {"name": saved.name, "query": saved.query}


def forget(person: User) -> None:
    """Leave the marks counted, without words; drop filters; notes belong to the matter."""
    Mark.objects.filter(person=person).update(comment="")
    SavedFilter.objects.filter(person=person).delete()


OWN_DATA = [
    OwnData(key="ratings", title=_("Ratings of answers and results"), rows=marks),
    OwnData(key="official-notes", title=_("Notes to other officials"), rows=remarks),
    OwnData(key="saved-filters", title=_("Saved filters of the work list"), rows=filters),
]
