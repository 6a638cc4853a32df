"""The pages of the trail, and the plain files that other people's programs read."""

from tempfile import TemporaryFile

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.access import SignedInRequest, require
from portal.audit.domain import export as exports
from portal.audit.domain import log, proofs, trail, waiting
from portal.audit.domain.disclosure import shown_to
from portal.audit.forms import FilterForm
from portal.audit.models import Act, Head
from portal.paging import page_of

TEXT = "text/plain; charset=utf-8"
FEED_LENGTH = 50
PUBLIC_DAYS = 400


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    acts = Act.objects.visible_to(request.user).with_leaf()
    if form.is_valid():
        acts = form.narrow(acts)
    page = page_of(acts, ["id"], after=request.GET.get("after", ""))
    context = {
        "form": form,
        "page": page,
        "entries": trail.told(page.rows, {}),
        "head": proofs.latest_head(),
        "waiting": waiting.count(),
        "is_late": waiting.is_too_long(),
    }
    return render(request, "audit/act_list.html", context)


@require_safe
def act(request: HttpRequest, uid: str) -> HttpResponse:
    found = get_object_or_404(Act.objects.visible_to(request.user).with_leaf(), uid=uid)
    head = proofs.latest_head()
    context = {
        "act": found,
        "entry": trail.told([found], {})[0],
        "subject": trail.subject_name(found.subject),
        "before": Act.objects.link_before(found),
        "after": Act.objects.link_after(found),
        "shown": shown_to(request.user, found),
        "head": head if found.index is not None else None,
        "proof": proofs.readable(found, head),
    }
    return render(request, "audit/act_detail.html", context)


@require_safe
def proof(request: HttpRequest, uid: str) -> HttpResponse:
    found = get_object_or_404(Act.objects.visible_to(request.user).sealed().with_leaf(), uid=uid)
    response = HttpResponse(proofs.proof_file(found, sealed_head()), content_type=TEXT)
    response["Content-Disposition"] = f'attachment; filename="{found.uid}.tlog-proof"'
    return response


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    return HttpResponse(sealed_head().checkpoint, content_type=TEXT)


@require_safe
def checkpoints(request: HttpRequest) -> HttpResponse:
    head = proofs.latest_head()
    text = exports.daily_heads(PUBLIC_DAYS, head) if head else ""
    return HttpResponse(text, content_type=TEXT)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    link = request.build_absolute_uri(reverse("audit:checkpoint"))
    atom = Atom1Feed(title=_("Heads of the audit trail"), link=link, description=None)
    for head in Head.objects.visible_to(request.user).newest_first()[:FEED_LENGTH]:
        title = _("Head of the audit trail: {size} acts").format(size=head.tree_size)
        place = f"{link}#{head.tree_size}"
        atom.add_item(title, link, head.checkpoint, updateddate=head.sealed_at, unique_id=place)
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


@require_safe
def consistency(request: HttpRequest, old: int, new: int) -> HttpResponse:
    if not old <= new <= sealed_head().tree_size:
        raise Http404(_("The trail has no such sizes."))
    return HttpResponse(proofs.lines(proofs.consistency(old, new)), content_type=TEXT)


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{sealed_head().vkey}\n", content_type=TEXT)


@login_required
@require_http_methods(["GET", "POST"])
def export(request: SignedInRequest) -> HttpResponse | FileResponse:
    require(request.user, "audit.export_trail")
    head = proofs.latest_head()
    if request.method != "POST" or head is None:
        return render(request, "audit/trail_export.html", {"head": head})
    log.record("exported", "audit.head:export", by=request.user, size=head.tree_size)
    file = TemporaryFile()  # noqa: SIM115  the response closes it
    exports.write_export(file, head)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"audit-{head.tree_size}.zip")


@require_safe
def verifier(request: HttpRequest) -> FileResponse:
    file = TemporaryFile()  # noqa: SIM115  the response closes it
    exports.write_verifier(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="audit-verifier.zip")


def sealed_head() -> Head:
    """Give the latest head, or 404 while nothing is sealed."""
    head = proofs.latest_head()
    if head is None:
        raise Http404(_("Nothing has been sealed yet."))
    return head
