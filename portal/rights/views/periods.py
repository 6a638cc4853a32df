"""How long data are kept, for everyone; and how that was carried out, for operators."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.access import SignedInRequest, require
from portal.paging import page_of
from portal.rights.models import Period, RetentionRun


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "rights/period_list.html", {"periods": Period.objects.all()})


@login_required
@require_GET
def runs(request: SignedInRequest) -> HttpResponse:
    require(request.user, "rights.see_runs")
    found = RetentionRun.objects.visible_to(request.user)
    page = page_of(found, ["started_at", "id"], after=request.GET.get("after", ""), size=14)
    names = {period.code: period.name for period in Period.objects.all()}
    told = [
        (run, [(names.get(code, code), count) for code, count in run.counts.items() if count])
        for run in page.rows
    ]
    return render(request, "rights/run_list.html", {"page": page, "told": told})
