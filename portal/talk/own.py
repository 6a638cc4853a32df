"""What is kept about a person here: for their download, and what goes when they leave."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.registry import OwnData
from portal.talk.models import Case, Comment, CommentVersion, Helpful, Mention, Report


def _rows(found: QuerySet[Any], *names: str) -> Iterator[dict[str, Any]]:
    return iter(found.order_by("pk").values(*names))


def comments(person: User) -> Iterator[dict[str, Any]]:
    return _rows(
        Comment.objects.filter(author=person),
        *("id", "proposal_id", "parent_id", "stance", "text", "state", "created_at", "edited_at"),
    )


def versions(person: User) -> Iterator[dict[str, Any]]:
    found = CommentVersion.objects.filter(comment__author=person)
    return _rows(found, "comment_id", "text", "stance", "replaced_at")


def marks(person: User) -> Iterator[dict[str, Any]]:
    return _rows(Helpful.objects.filter(person=person), "comment_id", "marked_at")


def mentions(person: User) -> Iterator[dict[str, Any]]:
    return _rows(Mention.objects.filter(person=person), "comment_id")


def reports(person: User) -> Iterator[dict[str, Any]]:
    found = Report.objects.filter(reporter=person)
    return _rows(found, "comment_id", "proposal_id", "rule", "text", "reported_at")


def cases(person: User) -> Iterator[dict[str, Any]]:
    """Decisions about the person's own words."""
    found = Case.objects.filter(comment__author=person) | Case.objects.filter(
        proposal__author=person
    )
    return _rows(
        found,
        *("id", "comment_id", "proposal_id", "state", "opened_at", "rule", "reason", "decided_at"),
        *("appeal", "appealed_at", "appeal_reason", "appeal_decided_at"),
    )


def leave(person: User) -> None:
    """Let comments stay without a name; earlier texts, mentions and what was reported go."""
    CommentVersion.objects.filter(comment__author=person).delete()
    Mention.objects.filter(person=person).delete()
    Report.objects.filter(reporter=person).update(text="")


KINDS = [
    OwnData("comments", _("Comments"), comments),
    OwnData("comment-versions", _("Earlier texts of comments"), versions),
    OwnData("comment-marks", _("Comments marked as helpful"), marks),
    OwnData("comment-mentions", _("Comments that turn to you"), mentions),
    OwnData("reports", _("Reports to moderators"), reports),
    OwnData("moderation", _("Decisions of moderators about your words"), cases),
]
