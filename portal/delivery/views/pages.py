"""Pages that everyone can read: what the city is carrying out, and how far it is."""

from typing import Any

from django.db.models import Sum
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from portal.access import get_allowed
from portal.delivery.models import Plan
from portal.paging import page_of
from portal.quarantine.handing import hand_out

NEWEST_FIRST = ["begun_at", "id"]
PLANS = Plan.objects.for_page()


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the plans, newest first."""
    plans = Plan.objects.visible_to(request.user).for_page()
    page = page_of(plans, NEWEST_FIRST, after=request.GET.get("after", ""))
    return render(request, "delivery/plan_list.html", {"page": page})


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one plan with its steps, its money and its evidence."""
    plan = get_allowed(request.user, "delivery.view_plan", PLANS, pk=pk)
    keeps = request.user.has_perm("delivery.keep_plan", plan)
    context = {"plan": plan, "keeps": keeps, **papers_of(plan)}
    return render(request, "delivery/plan_detail.html", context)


@require_GET
def evidence_file(request: HttpRequest, pk: int, evidence: int) -> FileResponse:
    """Hand out a file of evidence, never to be run in the page."""
    plan = get_allowed(request.user, "delivery.view_plan", Plan.objects, pk=pk)
    found = get_object_or_404(plan.evidence.exclude(file=""), pk=evidence)
    return hand_out(request, found.file, name=found.name, content_type=found.content_type)


def papers_of(plan: Plan) -> dict[str, Any]:
    """The money of a plan with its sums, its slips and its evidence: four queries."""
    sums = plan.budget_lines.aggregate(planned=Sum("planned"), spent=Sum("spent"))
    planned, spent = sums["planned"] or 0, sums["spent"] or 0
    return {
        "money": list(plan.budget_lines.all()),
        "sums": {"planned": planned, "spent": spent, "remaining": planned - spent},
        "slips": list(plan.slips.select_related("milestone")),
        "evidence": list(plan.evidence.with_file_state().select_related("milestone")),
    }
