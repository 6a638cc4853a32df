"""Councils, their meetings, and the motions that they decide."""

from governance.models.bodies import (
    Body,
    CompositionRule,
    Council,
    CouncilQuerySet,
    Seat,
    SeatQuerySet,
    Sector,
)
from governance.models.meetings import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingQuerySet,
    MeetingState,
    Minutes,
    Presence,
    chairs,
    secretaries,
)
from governance.models.motions import (
    Choice,
    Motion,
    MotionQuerySet,
    MotionState,
    Recusal,
    Vote,
)

__all__ = [
    "AgendaItem",
    "Attendance",
    "Body",
    "Choice",
    "CompositionRule",
    "Council",
    "CouncilQuerySet",
    "Meeting",
    "MeetingQuerySet",
    "MeetingState",
    "Minutes",
    "Motion",
    "MotionQuerySet",
    "MotionState",
    "Presence",
    "Recusal",
    "Seat",
    "SeatQuerySet",
    "Sector",
    "Vote",
    "chairs",
    "secretaries",
]
