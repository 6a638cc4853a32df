"""What this room adds to a proposal's page and to the clerks' work list."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.accounts.rules import is_clerk
from portal.assisted.models import CHANNELS, Sheet
from portal.proposals.models import Proposal
from portal.registry import DeskItem, DeskQueue, Onward

ENTERED = {value for value, _label in CHANNELS}


def entered_for(_request: Any, proposal: Proposal) -> dict[str, Any] | None:
    """Say on the page of a proposal that a clerk entered it."""
    if proposal.channel not in ENTERED:
        return None
    return {
        "template": "assisted/_entered_for.html",
        "context": {"channel": proposal.get_channel_display()},
    }


def steps(proposal: Proposal, user: Any) -> list[Onward]:
    """What a clerk may enter for others at a proposal that gathers support."""
    if not user.has_perm("assisted.enter_support", proposal):
        return []
    return [
        Onward(_("Enter a support for a citizen"), reverse("assisted:support", args=[proposal.pk])),
        Onward(
            _("Enter a sheet of signatures"), reverse("assisted:begin_sheet", args=[proposal.pk])
        ),
    ]


def _unfinished(_person: User) -> Any:
    return Sheet.objects.unfinished().select_related("proposal").order_by("received_on", "pk")


def _items(person: User, most: int) -> list[DeskItem]:
    return [
        DeskItem(
            title=sheet.proposal.title,
            url=sheet.get_absolute_url(),
            note=_("{entered} of {lines} lines entered").format(
                entered=sheet.entered, lines=sheet.lines_on_paper
            ),
            since=sheet.entered_at,
        )
        for sheet in _unfinished(person)[:most]
    ]


QUEUE = DeskQueue(
    key="assisted-sheets",
    title=gettext_lazy("Signature sheets not yet typed in"),
    empty=gettext_lazy("Every signature sheet is typed in."),
    concerns=is_clerk,
    count=lambda person: _unfinished(person).count(),
    items=_items,
    order=35,
)
