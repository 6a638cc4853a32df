"""What people say about proposals, and what is done where it breaks the rules."""

from portal.talk.models.comments import (
    LEVELS,
    Comment,
    CommentQuerySet,
    CommentState,
    CommentVersion,
    Helpful,
    Mention,
    Stance,
    TalkCount,
)
from portal.talk.models.moderation import (
    OPEN_CASES,
    Case,
    CaseQuerySet,
    CaseState,
    Report,
    Rule,
)

__all__ = [
    "LEVELS",
    "OPEN_CASES",
    "Case",
    "CaseQuerySet",
    "CaseState",
    "Comment",
    "CommentQuerySet",
    "CommentState",
    "CommentVersion",
    "Helpful",
    "Mention",
    "Report",
    "Rule",
    "Stance",
    "TalkCount",
]
