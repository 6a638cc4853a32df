"""The pages of the reports, their files, and the counter where a file is checked."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.access import SignedInRequest, get_allowed, require
from portal.asking import attempt, done, form_page, posted
from portal.paging import page_of
from portal.reports import schedule
from portal.reports.domain import checks, runs
from portal.reports.domain.formats import facts
from portal.reports.forms import FilterForm, ReasonForm, RunForm, VerifyForm
from portal.reports.models import Artefact, Run
from portal.reports.tasks import build

CONTENT_TYPES = {
    Artefact.Format.PDF: "application/pdf",
    Artefact.Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Artefact.Format.CSV: "application/zip",
    Artefact.Format.JSON: "application/json",
    Artefact.Format.MANIFEST: "application/json",
}


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """Show the schedule and the reports, newest period first."""
    form = FilterForm(request.GET)
    found = Run.objects.visible_to(request.user).for_lists()
    if form.is_valid() and form.cleaned_data["kind"]:
        found = found.of_kind(form.cleaned_data["kind"])
    page = page_of(found, ["period_start", "id"], after=request.GET.get("after", ""))
    lines = schedule.lines(timezone.localdate())
    return render(request, "reports/run_list.html", {"page": page, "form": form, "schedule": lines})


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(Run.objects.visible_to(request.user), pk=pk)
    editions = Run.objects.of_kind(run.kind).of_period(run.span).defer("snapshot")
    context = {
        "run": run,
        "newest": editions.done().order_by("-edition").first(),
        "sections": [facts.for_page(section) for section in run.content.get("sections", [])],
        "about": facts.about(run.content) if run.content else [],
    }
    return render(request, "reports/run_detail.html", context)


@require_GET
def download(request: HttpRequest, pk: int, kind: str) -> FileResponse:
    """Hand out one file of a published report."""
    run = get_object_or_404(Run.objects.visible_to(request.user).done(), pk=pk)
    artefact = get_object_or_404(run.artefacts, format=kind)
    response = FileResponse(
        artefact.file.open("rb"),
        as_attachment=True,
        filename=artefact.name,
        content_type=CONTENT_TYPES[Artefact.Format(artefact.format)],
    )
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Ask for a report now."""
    require(request.user, "reports.request_run")
    form = RunForm(posted(request))
    if run := attempt(form, lambda: _request(request, form)):
        build.delay_on_commit(run.pk)
        return done(request, run, _("The report is being made. It appears here when it is done."))
    return form_page(request, "reports/run_new.html", form)


def _request(request: SignedInRequest, form: RunForm) -> Run:
    return runs.request(form.cleaned_data["kind"], form.cleaned_data["period"], by=request.user)


@login_required
@require_POST
def retry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Try again to make a report that failed."""
    run = get_allowed(request.user, "reports.retry_run", Run.objects, pk=pk)
    runs.retry(run, by=request.user)
    build.delay_on_commit(run.pk)
    return done(request, run, _("The report will be tried again."))


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for a new edition of a published report."""
    run = get_allowed(request.user, "reports.correct_run", Run.objects, pk=pk)
    form = ReasonForm(posted(request))
    if edition := attempt(form, lambda: runs.correct(run, by=request.user, **form.cleaned_data)):
        build.delay_on_commit(edition.pk)
        return done(request, edition, _("A new edition is being made. The old one stays readable."))
    return form_page(request, "reports/run_correct.html", form, run=run)


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Say whether a file is one of ours; nothing that is sent here is kept."""
    asked = request.GET if "sha256" in request.GET else None
    form = VerifyForm(asked)
    if request.method == "POST":
        form = VerifyForm(request.POST, request.FILES)
    answer = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        answer = (
            checks.by_file(file, file.name) if file else checks.by_hash(form.cleaned_data["sha256"])
        )
    return form_page(request, "reports/verify.html", form, answer=answer)
