"""Versions of a published proposal: what supporters signed stays readable for good."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import discretion
from portal.accounts.models import User
from portal.proposals.domain import proposals, supports
from portal.proposals.models import Proposal, ProposalState
from portal.refusals import Refused
from portal.writing.models import AMENDABLE, ProposalVersion

TEXTS = ("title", "problem", "solution", "effect", "place")
WRITTEN = (*TEXTS, "district", "latitude", "longitude")


def keep_first(proposal: Proposal, by: User) -> None:
    """Keep the text that is being published as version 1."""
    _keep(proposal, by=by, number=1, reason="")


def is_still_free(proposal: Proposal) -> bool:
    """Whether nobody has supported or reviewed the text yet, so that a change needs no reason."""
    return proposal.state == ProposalState.SUBMITTED and not supports.count_now(proposal)


@transaction.atomic
def amend(
    proposal: Proposal, *, by: User, written: Mapping[str, Any], reason: str = ""
) -> ProposalVersion:
    """Publish a new version of a proposal; every earlier one stays public beside it.

    ``written`` has texts, the district and the point; what it does not name stays. Raises
    ``Refused`` once the city has decided, where nothing changes, and for a change without a
    reason after somebody has supported or reviewed the text.
    """
    known = Proposal.objects.select_related("district")
    locked = known.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.state not in AMENDABLE:
        raise Refused(_("This proposal can no longer be changed: it has been decided or closed."))
    changes = {
        name: written[name]
        for name in WRITTEN
        if name in written and written[name] != getattr(locked, name)
    }
    if not changes:
        raise Refused(_("Nothing has changed."))
    if not reason.strip() and not is_still_free(locked):
        raise Refused(_("Others have supported or reviewed this text. Say why it changes."))
    discretion.refuse_numbers_of_residents(
        reason, *(str(changes.get(name, "")) for name in proposals.TEXTS)
    )
    for name, value in changes.items():
        setattr(proposal, name, value)
    Proposal.objects.filter(pk=proposal.pk).update(**changes, changed_at=timezone.now())
    number = proposal.versions.count() + 1
    version = _keep(proposal, by=by, number=number, reason=reason.strip())
    because = {"reason": reason.strip()} if reason.strip() else {}
    proposals.note_step(proposal, "amended", by=by, version=number, **because)
    proposals.tell(proposal, "proposal_amended", reason=reason.strip())
    return version


def _keep(proposal: Proposal, *, by: User, number: int, reason: str) -> ProposalVersion:
    texts: dict[str, Any] = {name: getattr(proposal, name) for name in WRITTEN}
    return ProposalVersion.objects.create(
        proposal=proposal, number=number, written_by=by, reason=reason, **texts
    )
