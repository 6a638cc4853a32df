"""Which proposals a list shows, in which order, and how many there are."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, Sum

from portal.paging import Page, page_of
from portal.proposals.models import Area, District, Proposal, ProposalCount, ProposalState

PAGE_SIZE = 20
ORDERS = {
    "newest": ["stat__published_at", "stat__proposal_id"],
    "supported": ["stat__support_count", "stat__proposal_id"],
}


def page(chosen: Mapping[str, Any], *, order: str, after: str) -> Page:
    """One page of public proposals, by keyset on the narrow table of counts."""
    found = Proposal.objects.for_lists().filter(_wanted(chosen, "stat__"))
    return page_of(found.exclude(stat=None), ORDERS[order], after=after, size=PAGE_SIZE)


def total(chosen: Mapping[str, Any]) -> int:
    """How many there are, from the maintained counts."""
    return ProposalCount.objects.filter(_wanted(chosen, "")).aggregate(n=Sum("n"))["n"] or 0


def facets(chosen: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Numbers per state, area and district, each under the other choices."""
    columns = {"state": "state", "area": "area_id", "district": "district_id"}
    return {
        name: dict(
            ProposalCount.objects.filter(_wanted({**chosen, name: None}, ""))
            .values_list(column)
            .annotate(n=Sum("n"))
            .filter(n__gt=0)
        )
        for name, column in columns.items()
    }


def _wanted(chosen: Mapping[str, Any], prefix: str) -> Q:
    wanted = Q()
    state, area, district = (chosen.get(name) for name in ("state", "area", "district"))
    if state:
        wanted &= Q(**{f"{prefix}state": ProposalState(state)})
    if isinstance(area, Area):
        wanted &= Q(**{f"{prefix}area_id": area.pk})
    if isinstance(district, District):
        wanted &= Q(**{f"{prefix}district_id": district.pk})
    return wanted
