"""What labs add to pages below: a motion's lab or the step to it, and the lab of a dataset."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import Motion, MotionState
from livinglabs.models import Lab, LabDataset
from portal.registry import Onward


def of_motion(motion: Motion, user: Any) -> list[Onward]:
    """Name the lab that tries ``motion`` out, or lead whoever may prepare one to the form."""
    labs = list(Lab.objects.visible_to(user).filter(mandate=motion))
    if not labs and motion.state == MotionState.CARRIED and user.has_perm("livinglabs.prepare_lab"):
        url = reverse("livinglabs:prepare", args=[motion.pk])
        return [Onward(_("Prepare a living lab"), url, is_step=True)]
    return [Onward(lab.title, lab.get_absolute_url(), _("Living lab")) for lab in labs]


def of_dataset(dataset: Any, _user: Any) -> list[Onward]:
    """Name the labs that ``dataset`` came from, and the proposals that these try out."""
    links = LabDataset.objects.filter(dataset=dataset).select_related("lab__mandate__proposal")
    found = []
    for lab in [link.lab for link in links.order_by("pk")]:
        proposal = lab.mandate.proposal
        found.append(Onward(lab.title, lab.get_absolute_url(), _("Living lab")))
        found.append(Onward(proposal.title, proposal.get_absolute_url(), _("Proposal")))
    return found
