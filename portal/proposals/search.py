"""Proposals as the search finds them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.proposals.models import Proposal
from portal.registry import SearchSource

# What the list counts what it found by, in this order.
CELL = ("state", "area_id", "district_id", "department_id", "call_id")


def document(proposal: Proposal) -> dict[str, Any]:
    """The words of a proposal: its own, and the city's answer."""
    texts = (proposal.problem, proposal.solution, proposal.effect, proposal.answer)
    return {
        "title": proposal.title,
        "body": "\n".join(texts),
        "url": proposal.get_absolute_url(),
        "created_at": proposal.published_at,
        "cell": [_known(getattr(proposal, column)) for column in CELL],
    }


def _known(value: Any) -> str:
    return "" if value is None else str(value)


SOURCE = SearchSource(
    key="proposal",
    label=_("Proposals"),
    queryset=Proposal.objects.public,
    changed_at="changed_at",
    to_document=document,
)
