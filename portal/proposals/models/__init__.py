"""What citizens ask of their city, who supports it, and until when the city must answer."""

from portal.proposals.models.counts import ProposalCount, ProposalStat, Support, SupportClick
from portal.proposals.models.places import Area, District, Issue
from portal.proposals.models.proposals import Proposal, ProposalQuerySet
from portal.proposals.models.reviews import Attachment, Follow, Pause, Review
from portal.proposals.models.states import (
    DECIDED_STATES,
    OPEN_STATES,
    WAITING_STATES,
    Channel,
    Ground,
    ProposalState,
    Visibility,
)

__all__ = [
    "DECIDED_STATES",
    "OPEN_STATES",
    "WAITING_STATES",
    "Area",
    "Attachment",
    "Channel",
    "District",
    "Follow",
    "Ground",
    "Issue",
    "Pause",
    "Proposal",
    "ProposalCount",
    "ProposalQuerySet",
    "ProposalStat",
    "ProposalState",
    "Review",
    "Support",
    "SupportClick",
    "Visibility",
]
