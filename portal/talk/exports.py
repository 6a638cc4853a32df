"""Public tables of the talk, without persons."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.registry import Column, OpenDataExport
from portal.talk.domain import statistics
from portal.talk.models import Comment

COLUMNS = (
    Column("id", "integer", _("Number of the comment")),
    Column("proposal_id", "integer", _("Number of the proposal")),
    Column("parent_id", "integer", _("Number of the comment that is answered; empty for none")),
    Column("level", "integer", _("1 for a comment, 2 and 3 for answers")),
    Column("stance", "text", _("for, neutral or against")),
    Column("text", "text", _("The text as it is shown")),
    Column("written_at", "time", _("When it was written")),
    Column("edited", "yes_no", _("Whether it was changed afterwards")),
    Column("helpful_count", "integer", _("How many people marked it as helpful")),
    Column("office", "text", _("Code of the department for which it speaks; empty for citizens")),
)


def comments() -> Iterator[tuple[Any, ...]]:
    """Every comment that everyone reads, without its writer."""
    found = Comment.objects.public().order_by("pk").select_related("office__department")
    found = found.select_related("office__department")
    for c in found.iterator(chunk_size=2000):
        department = c.office.department.code if c.office and c.office.department else ""
        yield (
            *(c.pk, c.proposal_id, c.parent_id, c.level, c.stance, c.text),
            *(c.created_at, c.edited_at is not None, c.helpful_count, department),
        )


EXPORTS = [
    OpenDataExport(
        "comments",
        _("Comments on proposals"),
        _("Every public comment with its stance, without persons."),
        COLUMNS,
        comments,
    ),
    OpenDataExport(
        "moderation",
        _("Moderation by half-year"),
        _("Reports, decisions, appeals and how long they took."),
        tuple(
            Column(name, "number" if "hours" in name else "integer", name.replace("_", " "))
            for name in statistics.HEAD
        ),
        statistics.rows,
    ),
]
