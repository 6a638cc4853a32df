"""Pages on which people judge, and where the department reads why."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.access import SignedInRequest, get_allowed
from portal.asking import attempt, done, form_page, posted
from portal.delivery.domain import marks
from portal.delivery.forms.marks import MarkForm
from portal.delivery.models import Mark, MarkKind
from portal.paging import page_of
from portal.proposals.models import Proposal

PROPOSALS = Proposal.objects.select_related("plan")
NEWEST_FIRST = ["given_at", "id"]


@login_required
@require_http_methods(["GET", "POST"])
def rate(request: SignedInRequest, proposal: int, kind: str) -> HttpResponse:
    """Take a person's mark, or show the one that was given."""
    if kind not in MarkKind.values:
        raise Http404
    found = get_allowed(request.user, f"delivery.rate_{kind}", PROPOSALS, pk=proposal)
    mine = marks.of(found, request.user).get(kind)
    form = MarkForm(posted(request), instance=mine)
    if attempt(form, lambda: marks.give(found, by=request.user, kind=kind, **form.cleaned_data)):
        return done(request, found, _("Thank you. Your rating is counted."))
    context = {
        "proposal": found,
        "kind": MarkKind(kind),
        "days": settings.RATING_CHANGE_DAYS,
        "is_closed": mine is not None and not marks.may_change(mine),
    }
    return form_page(request, "delivery/mark_give.html", form, **context)


@login_required
@require_GET
def comments(request: SignedInRequest, proposal: int) -> HttpResponse:
    """What people wrote with their marks, for the department alone and without names."""
    found = get_allowed(request.user, "delivery.read_ratings", PROPOSALS, pk=proposal)
    written = Mark.objects.filter(proposal=found).exclude(comment="")
    page = page_of(written, NEWEST_FIRST, after=request.GET.get("after", ""))
    return render(request, "delivery/mark_list.html", {"proposal": found, "page": page})
