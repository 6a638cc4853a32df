"""What this room adds to the page of a proposal."""

from typing import Any

from django.http import HttpRequest

from portal.proposals.domain import supports
from portal.proposals.models import Proposal
from portal.thresholds.domain import ladder


def steps_of(_request: HttpRequest, proposal: Proposal) -> dict[str, Any] | None:
    """Which step comes next, how many more, until when, and which are passed."""
    found = ladder.of(proposal, supports.count_now(proposal))
    if not found.rungs:
        return None
    context = {"proposal": proposal, "ladder": found}
    return {"template": "thresholds/_ladder.html", "context": context}
