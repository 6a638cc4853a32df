"""What councils add to the thread of a proposal: its motions and the meetings that heard them."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Meeting, Motion
from portal.audit.domain import log
from portal.proposals.domain.traces import lacks
from portal.proposals.models import Proposal
from portal.registry import Subject, ThreadSource, Upcoming


def subjects(proposal: Proposal) -> dict[str, Subject]:
    """The motions on the proposal, and the meetings in which they came to a vote."""
    found: dict[str, Subject] = {}
    if lacks(proposal, Motion):
        return found
    for motion in proposal.motions.select_related("council", "meeting__council"):
        label = _("Motion before {council}").format(council=motion.council.name)
        found[log.subject_key(motion)] = Subject(label, motion.get_absolute_url())
        if motion.meeting:
            key = log.subject_key(motion.meeting)
            found[key] = Subject(motion.meeting.title, motion.meeting.get_absolute_url())
    return found


def upcoming(proposal: Proposal) -> list[Upcoming]:
    """The next meetings with an undecided motion on the agenda, or that one is still to be set."""
    if lacks(proposal, Motion):
        return []
    waiting = Motion.objects.undecided().filter(proposal=proposal)
    found = Meeting.objects.coming().filter(items__motion__in=waiting).select_related("council")
    dated = [
        Upcoming(
            _("Next meeting: {meeting}").format(meeting=meeting.title),
            timezone.localdate(meeting.starts_at),
            meeting.get_absolute_url(),
        )
        for meeting in found.order_by("starts_at").distinct()[:3]
    ]
    if dated:
        return dated
    return [
        Upcoming(
            _("{council} announces the meeting that decides").format(council=motion.council.name),
            None,
            motion.get_absolute_url(),
        )
        for motion in waiting.select_related("council")
    ]


SOURCE = ThreadSource(
    key="governance",
    subjects=subjects,
    upcoming=upcoming,
    order=10,
    stage=gettext_lazy("Council decision"),
)
