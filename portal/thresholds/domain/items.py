"""What a panel looks at: proposals with little support, by lot and from districts heard least."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from portal.proposals.models import Proposal, ProposalState
from portal.thresholds.domain import sortition
from portal.thresholds.models import Duty, Panel, PanelItem

# Proposals of the month and of the one before it, whose time to gather support is ending.
RECENT = timedelta(days=62)
YEAR = timedelta(days=365)


def choose(panel: Panel) -> list[PanelItem]:
    """Draw what the panel looks at: three of four by lot, the rest from districts heard least."""
    recent = Proposal.objects.public().filter(
        state=ProposalState.SUBMITTED, published_at__gte=timezone.now() - RECENT, duties=None
    )
    where = dict(recent.values_list("pk", "district__code"))
    by_lot = sortition.order(map(str, where), panel.seed)
    often = _heard()
    total = min(settings.PANEL_ITEMS, len(by_lot))
    lot = by_lot[: total - total // 4]
    # Python's sort is stable: within a district the order of the lot stays.
    rest = sorted(by_lot[len(lot) :], key=lambda pk: often.get(where[int(pk)], 0))
    chosen = [(pk, PanelItem.Why.LOT) for pk in lot]
    chosen += [(pk, PanelItem.Why.DISTRICT) for pk in rest[: total - len(lot)]]
    return PanelItem.objects.bulk_create(
        PanelItem(panel=panel, proposal_id=int(pk), why=why) for pk, why in chosen
    )


def _heard() -> dict[str | None, int]:
    """How many proposals of each district passed a step in the last year."""
    raised = Duty.objects.filter(raised_at__gte=timezone.now() - YEAR)
    return dict(
        raised.values_list("proposal__district__code").annotate(n=Count("proposal", distinct=True))
    )
