"""What this room adds to the page of a proposal and to what people may know of themselves."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.proposals.domain.traces import lacks
from portal.proposals.models import Proposal
from portal.registry import Onward
from portal.writing.domain import joint
from portal.writing.domain.versions import TEXTS
from portal.writing.models import ImportedText, JointAuthor, ProposalVersion


def history(request: HttpRequest, proposal: Proposal) -> dict[str, Any] | None:
    """Who wrote it, how often it changed, and where it came from."""
    if lacks(proposal, ProposalVersion, JointAuthor, ImportedText):
        return None
    versions = proposal.versions.count()
    authors = joint.authors_of(proposal)
    imported = proposal.imported_from.order_by("pk").first()
    if versions < 2 and len(authors) < 2 and not imported:  # noqa: PLR2004  one is no history
        return None
    context = {
        "proposal": proposal,
        "versions": versions,
        "authors": authors if len(authors) > 1 else [],
        "imported": imported,
    }
    return {"template": "writing/_history.html", "context": context}


def steps(proposal: Proposal, user: Any) -> list[Onward]:
    """The links for who may change the text or ask others to join."""
    found = []
    if user.has_perm("writing.amend_proposal", proposal):
        found.append(Onward(_("Change the text"), reverse("writing:amend", args=[proposal.pk])))
    if user.has_perm("writing.invite_author", proposal):
        url = reverse("writing:invite", args=[proposal.pk])
        found.append(Onward(_("Ask somebody to be a joint author"), url))
    return found


def own_versions(person: User) -> Iterable[Mapping[str, Any]]:
    rows = ProposalVersion.objects.filter(written_by=person).order_by("pk")
    return rows.values("number", *TEXTS, "latitude", "longitude", "reason", "written_at").annotate(
        proposal=F("proposal__reference"), district=F("district__code")
    )


def joint_works(person: User) -> list[int]:
    """The numbers of the proposals that a person wrote together with others."""
    found = JointAuthor.objects.accepted().filter(person=person)
    return list(found.values_list("proposal_id", flat=True))


def own_joint_work(person: User) -> Iterable[Mapping[str, Any]]:
    rows = JointAuthor.objects.filter(person=person).order_by("pk")
    return rows.values("share", "invited_at", "answered_at", "accepted").annotate(
        proposal=F("proposal__title")
    )


def forget(person: User) -> None:
    """Drop invitations that were never accepted; joint authorship stays, without a name."""
    JointAuthor.objects.filter(person=person, accepted=False).delete()
