"""What labs add to the thread of a proposal: their own acts, their conflicts', their data's."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.models import Motion, MotionState
from livinglabs.domain.gates import missing
from livinglabs.models import Conflict, Lab, LabDataset, LabState
from portal.audit.domain import log
from portal.proposals.domain.traces import lacks
from portal.proposals.models import ProposalState
from portal.registry import Subject, ThreadSource, Upcoming


def subjects(proposal: Any) -> dict[str, Subject]:
    """Name the labs of ``proposal`` and their conflicts, in two queries."""
    found: dict[str, Subject] = {}
    if lacks(proposal, Motion):
        return found
    for lab in Lab.objects.of_proposal(proposal):
        found[log.subject_key(lab)] = Subject(_("Living lab"), lab.get_absolute_url())
    for conflict in Conflict.objects.filter(lab__mandate__proposal=proposal).select_related("lab"):
        url = f"{conflict.lab.get_absolute_url()}#conflicts"
        found[log.subject_key(conflict)] = Subject(_("Living lab"), url)
    return found


def data(proposal: Any) -> dict[str, Subject]:
    """Name the public data of the labs of ``proposal``."""
    if lacks(proposal, Motion):
        return {}
    links = LabDataset.objects.filter(lab__mandate__proposal=proposal).public()
    return {
        log.subject_key(link.dataset): Subject(_("Data"), link.dataset.get_absolute_url())
        for link in links.select_related("dataset")
    }


def upcoming(proposal: Any) -> list[Upcoming]:
    """Say what each open lab of ``proposal`` waits for, and that one is to be prepared."""
    if lacks(proposal, Motion):
        return []
    labs = Lab.objects.of_proposal(proposal).open_to_people().select_related("stage")
    return [*_to_prepare(proposal), *(_next_of(lab) for lab in labs)]


def _to_prepare(proposal: Any) -> list[Upcoming]:
    if proposal.state != ProposalState.ADOPTED:
        return []
    carried = Motion.objects.filter(proposal=proposal, state=MotionState.CARRIED, labs=None)
    words = _("A department prepares the living lab")
    return [Upcoming(words, None, motion.get_absolute_url()) for motion in carried]


def _next_of(lab: Lab) -> Upcoming:
    url = lab.get_absolute_url()
    if lab.state == LabState.PREPARED:
        return Upcoming(_("The living lab starts"), lab.starts_on, url)
    lacking = ", ".join(kind.name for kind in missing(lab))
    if lacking:
        words = _("The lab's stage “{stage}” ends when this is there: {lacking}")
        return Upcoming(words.format(stage=lab.stage.name, lacking=lacking), lab.ends_on, url)
    words = _("The lab's stage “{stage}” can end: all evidence is there")
    return Upcoming(words.format(stage=lab.stage.name), lab.ends_on, url)


SOURCES = [
    ThreadSource(
        key="labs",
        subjects=subjects,
        upcoming=upcoming,
        order=40,
        stage=gettext_lazy("Living lab"),
    ),
    ThreadSource(
        key="lab-data",
        subjects=data,
        order=50,
        stage=pgettext_lazy("stage of the street", "Open data"),
    ),
]
