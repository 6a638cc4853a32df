"""Comments as the search finds them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.registry import SearchSource
from portal.talk.models import Comment


def public() -> QuerySet[Comment]:
    return Comment.objects.public().select_related("proposal")


def document(comment: Comment) -> dict[str, Any]:
    """The words of a comment under the title of its proposal."""
    return {
        "title": comment.proposal.title,
        "body": comment.text,
        "url": comment.get_absolute_url(),
        "thing": comment.proposal_id,
    }


SOURCE = SearchSource(
    key="comment",
    label=_("Comments"),
    queryset=public,
    changed_at="changed_at",
    to_document=document,
)
