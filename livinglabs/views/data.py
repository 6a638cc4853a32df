"""Publishing the data of a lab."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from datahub.models import DatasetState
from livinglabs.domain import publications
from livinglabs.forms.data import DataForm, LinkForm
from livinglabs.models import Lab, LabDataset
from portal.access import SignedInRequest, get_allowed
from portal.asking import Ask, ask, attempt, done, posted

PUBLISH = Ask(
    _lazy("Publish data of the lab"),
    _lazy(
        "The table goes into the open-data catalogue. Files saved by Excel in Korea (CP949) are "
        "read as they are. Columns that may hold personal data are held back."
    ),
    _lazy("Publish the data"),
)
LINK = Ask(
    _lazy("Link data from the catalogue"),
    _lazy("For data that came out of this lab and are in the catalogue already."),
    _lazy("Link the data"),
)


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand in a table and publish it."""
    lab = _lab(request, pk)
    form = DataForm(posted(request), request.FILES or None)
    if made := attempt(
        form, lambda: publications.publish(lab, by=request.user, **form.cleaned_data)
    ):
        return _done(request, lab, made)
    return ask(request, lab, PUBLISH, form)


@login_required
@require_http_methods(["GET", "POST"])
def link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Link data that are published already."""
    lab = _lab(request, pk)
    form = LinkForm(posted(request), lab=lab)
    if made := attempt(
        form, lambda: publications.link(lab, form.cleaned_data["dataset"], by=request.user)
    ):
        return _done(request, lab, made)
    return ask(request, lab, LINK, form)


def _lab(request: SignedInRequest, pk: int) -> Any:
    return get_allowed(request.user, "livinglabs.publish_data_lab", Lab.objects.for_page(), pk=pk)


def _done(request: SignedInRequest, lab: Lab, made: LabDataset) -> HttpResponse:
    """Say what became of the data, and lead to where the next step is."""
    if made.dataset.state == DatasetState.PUBLISHED:
        return done(request, lab, _("The data are in the catalogue and linked to the lab."))
    messages.warning(request, _("The data are handed in, but not public yet. See why below."))
    return redirect(made.dataset)
