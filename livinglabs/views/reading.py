"""Pages that everyone can read."""

from django.db.models import Prefetch, Q
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from livinglabs.domain.overview import overview, reported_figures
from livinglabs.forms.plans import FilterForm
from livinglabs.models import (
    BudgetLine,
    Evidence,
    Lab,
    Participation,
    ReportedCase,
    SelectionCriterion,
    Stage,
    SuccessFactor,
)
from livinglabs.models.lab import LabQuerySet
from livinglabs.models.records import Filed
from livinglabs.sections import sections_of
from portal.paging import page_of
from portal.quarantine.handing import hand_out

NEWEST_FIRST = ["created_at", "id"]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the labs, newest first."""
    form = FilterForm(request.GET)
    labs = _chosen(Lab.objects.visible_to(request.user).for_cards(), form)
    page = page_of(labs, NEWEST_FIRST, after=request.GET.get("after", ""))
    context = {"page": page, "form": form, "stages": list(Stage.objects.all())}
    return render(request, "livinglabs/lab_list.html", context)


def _chosen(labs: LabQuerySet, form: FilterForm) -> LabQuerySet:
    """Keep what the filter asks for; a filter that makes no sense filters nothing."""
    form.is_valid()
    wanted = form.cleaned_data
    columns = {key: wanted[key] for key in ("state", "stage", "district") if wanted.get(key)}
    if word := wanted.get("q"):
        labs = labs.filter(Q(title__icontains=word) | Q(place__icontains=word))
    return labs.filter(**columns)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one lab: why, with whom, how far, with what money, with which result."""
    lab = get_object_or_404(Lab.objects.visible_to(request.user).for_page(), pk=pk)
    mine = None
    if request.user.is_authenticated:
        mine = Participation.objects.present().of_person(request.user).filter(lab=lab).first()
    context = {"lab": lab, "mine": mine, "sections": sections_of(lab), **overview(lab)}
    return render(request, "livinglabs/lab_detail.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Explain what a living lab is, and what the report counted."""
    cases = ReportedCase.objects.prefetch_related(Prefetch("figures"))
    context = {
        "stages": Stage.objects.prefetch_related("asks"),
        "criteria": SelectionCriterion.objects.all(),
        "factors": SuccessFactor.objects.all(),
        "cases": [reported_figures(case) for case in cases],
    }
    return render(request, "livinglabs/lab_about.html", context)


@require_safe
def evidence_file(request: HttpRequest, pk: int, evidence_pk: int) -> HttpResponseBase:
    """Hand out the file of a piece of evidence."""
    public = Evidence.objects.visible_to(request.user).exclude(file="")
    return _download(request, get_object_or_404(public, pk=evidence_pk, lab_id=pk))


@require_safe
def budget_file(request: HttpRequest, pk: int, line_pk: int) -> HttpResponseBase:
    """Hand out the document of a budget line."""
    public = BudgetLine.objects.visible_to(request.user).exclude(file="")
    return _download(request, get_object_or_404(public, pk=line_pk, lab_id=pk))


def _download(request: HttpRequest, row: Filed) -> FileResponse:
    """Send the file under the name that it came with, never to be shown in place."""
    return hand_out(request, row.file, name=row.file_name, content_type=row.content_type)
