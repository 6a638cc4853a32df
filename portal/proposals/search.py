"""Proposals as the search finds them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.proposals.models import Proposal
from portal.registry import SearchSource


def document(proposal: Proposal) -> dict[str, Any]:
    """The words of a proposal: its own, and the city's answer."""
    texts = (proposal.problem, proposal.solution, proposal.effect, proposal.answer)
    return {
        "title": proposal.title,
        "body": "\n".join(texts),
        "url": proposal.get_absolute_url(),
    }


SOURCE = SearchSource(
    key="proposal",
    label=_("Proposals"),
    queryset=Proposal.objects.public,
    changed_at="changed_at",
    to_document=document,
)
