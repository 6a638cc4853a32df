"""What citizens ask of their city, who supports it, and until when the city must answer."""

from portal.proposals.models.answers import (
    Announcement,
    Answer,
    AnswerState,
    Reexamination,
    ReflectedIn,
    Reflection,
)
from portal.proposals.models.counts import ProposalCount, ProposalStat, Support, SupportClick
from portal.proposals.models.examinations import (
    Extension,
    FieldVisit,
    InterimReply,
    OpinionRequest,
    Reminder,
)
from portal.proposals.models.follows import LATER, Follow, HeldNote, Rhythm
from portal.proposals.models.places import Area, BoundaryRing, District, Issue
from portal.proposals.models.proposals import NOT_SHOWN, Proposal, ProposalQuerySet
from portal.proposals.models.reviews import Attachment, Pause, Review
from portal.proposals.models.states import (
    ACCEPTING,
    DECIDED_STATES,
    OPEN_STATES,
    REFUSING,
    WAITING_STATES,
    Channel,
    ComplaintKind,
    Decision,
    ExtensionGround,
    Ground,
    ProposalState,
    SupplementGround,
    Visibility,
)

__all__ = [
    "ACCEPTING",
    "DECIDED_STATES",
    "LATER",
    "NOT_SHOWN",
    "OPEN_STATES",
    "REFUSING",
    "WAITING_STATES",
    "Announcement",
    "Answer",
    "AnswerState",
    "Area",
    "Attachment",
    "BoundaryRing",
    "Channel",
    "ComplaintKind",
    "Decision",
    "District",
    "Extension",
    "ExtensionGround",
    "FieldVisit",
    "Follow",
    "Ground",
    "HeldNote",
    "InterimReply",
    "Issue",
    "OpinionRequest",
    "Pause",
    "Proposal",
    "ProposalCount",
    "ProposalQuerySet",
    "ProposalStat",
    "ProposalState",
    "Reexamination",
    "ReflectedIn",
    "Reflection",
    "Reminder",
    "Review",
    "Rhythm",
    "SupplementGround",
    "Support",
    "SupportClick",
    "Visibility",
]
