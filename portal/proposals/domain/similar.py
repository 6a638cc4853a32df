"""Proposals that resemble a title, so that people support instead of repeating."""

from portal.proposals.models import Proposal
from portal.search.domain import find

SHORTEST = 3


def to_title(title: str, *, but: int | None = None) -> list[Proposal]:
    """The public proposals whose titles are nearest to ``title``, nearest first, at most five."""
    if len(title.strip()) < SHORTEST:
        return []
    hits = find.similar_titles(title.strip(), kind="proposal", limit=6)
    keys = [int(hit.object_id) for hit in hits]
    rows = Proposal.objects.public().for_lists().in_bulk([key for key in keys if key != but])
    return [rows[key] for key in keys if key in rows][:5]
