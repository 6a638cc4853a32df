"""Proposals as the search finds them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.proposals.models import Proposal
from portal.registry import SearchSource

SOURCE = SearchSource(
    key="proposal",
    label=_("Proposals"),
    queryset=lambda: Proposal.objects.public(),
    changed_at="changed_at",
    to_document=lambda proposal: document(proposal),
)


def document(proposal: Proposal) -> dict[str, Any]:
    """The words of a proposal: its own, and the city's answer."""
    return {
        "title": proposal.title,
        "body": "\n".join([proposal.problem, proposal.solution, proposal.effect, proposal.answer]),
        "url": proposal.get_absolute_url(),
    }
