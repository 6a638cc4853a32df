"""The pages of the catalogue."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from datahub import tasks
from datahub.domain import catalogue, datasets, downloads, presentation, versions
from datahub.forms import (
    CatalogueForm,
    ColumnsForm,
    ConfirmForm,
    DatasetForm,
    PublishForm,
    RowsForm,
    VersionForm,
    WithdrawForm,
)
from datahub.models import Dataset, Version
from datahub.rdf import answer_rdf_instead
from portal import registry
from portal.access import SignedInRequest, get_allowed, require
from portal.asking import attempt, done, form_page, posted
from portal.paging import page_of
from portal.refusals import Refused

SHOWN = 50
SHOWN_AT_FIRST = 10
# Two fields for each column; a form of more would be refused as a whole.
DESCRIBED = 500


@require_safe
def list_datasets(request: HttpRequest) -> HttpResponse:
    form = CatalogueForm(request.GET)
    wishes = form.wishes
    found = catalogue.search(wishes["q"])
    form.offer(catalogue.facets(found, wishes))
    narrowed = catalogue.narrowed(found, wishes)
    order = catalogue.ORDERS[wishes["order"]]
    page = page_of(narrowed.for_pages(), order, after=request.GET.get("after", ""))
    context = {"form": form, "page": page, "count": narrowed.count(), "wishes": wishes}
    return render(request, "datahub/dataset_list.html", context)


@answer_rdf_instead
@require_safe
def detail(request: HttpRequest, name: str) -> HttpResponse:
    found = Dataset.objects.visible_to(request.user).with_versions()
    dataset = get_object_or_404(found, name=name)
    context = presentation.page(dataset, request.user, rows=SHOWN_AT_FIRST)
    ways = registry.ways_on(registry.dataset_links, dataset, request.user)
    return render(request, "datahub/dataset_detail.html", {**context, "ways": ways})


@require_safe
def version(request: HttpRequest, name: str, number: int) -> HttpResponse:
    found = _version(request, name, number)
    form = RowsForm(request.GET)
    after = (form.cleaned_data.get("after") or 0) if form.is_valid() else 0
    words = form.cleaned_data.get("q", "") if form.is_valid() else ""
    preview = presentation.preview(found, rows=SHOWN, after=after, words=words)
    context = {"dataset": found.dataset, "version": found, "preview": preview, "form": form}
    return render(request, "datahub/version_detail.html", context)


@require_safe
def download(request: HttpRequest, name: str, number: int, shape: str) -> HttpResponse:
    """Send a version as a file; open to other sites' pages, counted once per request."""
    found = _version(request, name, number)
    if not found.is_ready:
        raise Refused(_("This version has not been read yet. Try again in a minute."))
    after = request.GET.get("after", "0")
    if not after.isdecimal() or len(after) > 12:  # noqa: PLR2004  more rows than any table has
        raise BadRequest
    options = {"after": int(after)} if shape == "json" else {}
    file = downloads.SHAPES[shape](found, **options)
    if request.method == "GET":
        datasets.count_download(found.dataset)
    return _send(file)


@require_safe
def download_newest(request: HttpRequest, name: str, shape: str) -> HttpResponse:
    """Lead to the newest public version."""
    dataset = get_object_or_404(Dataset.objects.published().for_pages(), name=name)
    return redirect("datahub:version_download", name, dataset.data.number, shape)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    require(request.user, "datahub.add_dataset")
    form = DatasetForm(posted(request), user=request.user)
    if dataset := attempt(form, lambda: datasets.draft(by=request.user, **form.cleaned_data)):
        said = _("The draft is kept. Now hand in the file with the data.")
        return done(request, "datahub:add_version", said, name=dataset.name)
    return form_page(request, "datahub/dataset_add.html", form)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, name: str) -> HttpResponse:
    dataset = get_allowed(request.user, "datahub.edit_dataset", Dataset.objects, name=name)
    form = DatasetForm(posted(request), instance=dataset, user=request.user)
    if attempt(form, lambda: datasets.describe(dataset, by=request.user, **form.cleaned_data)):
        return done(request, dataset, _("The description is changed."))
    return form_page(request, "datahub/dataset_edit.html", form, dataset=dataset)


@login_required
@require_http_methods(["GET", "POST"])
def add_version(request: SignedInRequest, name: str) -> HttpResponse:
    dataset = get_allowed(request.user, "datahub.add_version", Dataset.objects, name=name)
    form = VersionForm(posted(request), request.FILES or None)
    if made := attempt(form, lambda: _hand_in(request, dataset, form), field="file"):
        if not made.is_ready:
            tasks.read_version.delay_on_commit(made.pk)
        return redirect(made)
    return form_page(request, "datahub/version_add.html", form, dataset=dataset)


@login_required
@require_http_methods(["GET", "POST"])
def edit_columns(request: SignedInRequest, name: str) -> HttpResponse:
    own = Dataset.objects.select_related("current").filter(current__isnull=False)
    dataset = get_object_or_404(own.visible_to(request.user), name=name)
    require(request.user, "datahub.edit_dataset", dataset)
    columns = list(dataset.data.columns.all()[:DESCRIBED])
    form = ColumnsForm(posted(request), columns=columns)
    if attempt(
        form, lambda: versions.describe_columns(dataset.data, by=request.user, texts=form.texts)
    ):
        return done(request, dataset, _("The columns are described."))
    return form_page(request, "datahub/column_edit.html", form, dataset=dataset)


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: SignedInRequest, name: str) -> HttpResponse:
    dataset = get_allowed(request.user, "datahub.publish_dataset", Dataset.objects, name=name)
    form = PublishForm(posted(request), initial={"licence": dataset.licence_id})
    if attempt(
        form,
        lambda: datasets.publish(dataset, by=request.user, licence=form.cleaned_data["licence"]),
    ):
        return done(request, dataset, _("The data are published. Everyone can use them now."))
    return form_page(request, "datahub/dataset_publish.html", form, dataset=dataset)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, name: str) -> HttpResponse:
    dataset = get_allowed(request.user, "datahub.withdraw_dataset", Dataset.objects, name=name)
    form = WithdrawForm(posted(request))
    if attempt(
        form,
        lambda: datasets.withdraw(dataset, by=request.user, reason=form.cleaned_data["reason"]),
    ):
        return done(request, dataset, _("The dataset is withdrawn. Its page says why."))
    return form_page(request, "datahub/dataset_withdraw.html", form, dataset=dataset)


@login_required
@require_http_methods(["GET", "POST"])
def confirm(request: SignedInRequest, name: str, number: int) -> HttpResponse:
    found = _version(request, name, number)
    require(request.user, "datahub.confirm_version", found.dataset)
    form = ConfirmForm(posted(request))
    if attempt(
        form, lambda: versions.confirm(found, by=request.user, reason=form.cleaned_data["reason"])
    ):
        return done(request, found, _("You have confirmed that these data may be public."))
    context = {"dataset": found.dataset, "version": found}
    return form_page(request, "datahub/version_confirm.html", form, **context)


def _version(request: HttpRequest, name: str, number: int) -> Version:
    """Fetch a version that the visitor may see, with its dataset, or 404."""
    found = Version.objects.visible_to(request.user).select_related("dataset__publisher")
    return get_object_or_404(found.prefetch_related("columns"), dataset__name=name, number=number)


def _hand_in(request: SignedInRequest, dataset: Dataset, form: VersionForm) -> Version:
    file, note = form.cleaned_data["file"], form.cleaned_data["note"]
    return datasets.add_version(dataset, file, by=request.user, note=note)


def _send(file: downloads.Download) -> HttpResponse:
    response: Any = StreamingHttpResponse(file.chunks, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Access-Control-Allow-Origin"] = "*"
    if file.size is not None:
        response["Content-Length"] = file.size
    return response
