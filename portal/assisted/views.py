"""The counter: pages on which a clerk enters things for citizens, and the receipts they take."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.access import SignedInRequest, get_allowed, require
from portal.asking import Ask, ask, attempt, done, form_page, posted
from portal.assisted.domain import entries, papers, receipts, sheets
from portal.assisted.forms import (
    LinesForm,
    ReceiptForm,
    SheetForm,
    VerificationForm,
    VisitForm,
    WrittenForm,
)
from portal.assisted.models import Entry, Outcome, Sheet
from portal.audit.domain import log
from portal.errors import too_many_requests
from portal.identity.domain import codes
from portal.identity.forms import IssueForm
from portal.identity.models import VerificationCode
from portal.proposals.models import Proposal
from portal.quarantine.handing import hand_out

MOST = 50
SUPPORT = Ask(_lazy("Enter a support for a citizen"), "", _lazy("Enter the support"))
VERIFY = Ask(
    _lazy("Verify a person at the counter"),
    _lazy("The person stands before you, has an account and shows who they are."),
    _lazy("Verify the person"),
)
CODE = Ask(
    _lazy("Make a verification code"),
    _lazy(
        "The person shows an identity card at the counter, or asks for a letter to the address "
        "in the register."
    ),
    _lazy("Make the code"),
)
SHEET = Ask(_lazy("Enter a sheet of signatures"), "", _lazy("Go on to the lines"))


@login_required
@require_GET
def counter(request: SignedInRequest) -> HttpResponse:
    """What a clerk can enter, and what this clerk has entered today."""
    require(request.user, "assisted.open_counter")
    today = timezone.localdate()
    mine = Entry.objects.visible_to(request.user).filter(clerk=request.user)
    context = {
        "entries": mine.entered_on(today).select_related("proposal")[:MOST],
        "codes": VerificationCode.objects.filter(
            issued_by=request.user, issued_at__date=today
        ).order_by("-issued_at")[:MOST],
        "sheets": Sheet.objects.visible_to(request.user)
        .unfinished()
        .select_related("proposal")[:MOST],
    }
    return render(request, "assisted/counter.html", context)


def _entered(request: SignedInRequest, entry: Entry) -> HttpResponse:
    """Lead to the receipt of what was entered."""
    return done(request, entry, _("It is entered. Print the receipt for the citizen."))


@login_required
@require_http_methods(["GET", "POST"])
def enter_proposal(request: SignedInRequest) -> HttpResponse:
    require(request.user, "assisted.enter_proposal")
    form = VisitForm(posted(request))
    written = WrittenForm(posted(request), prefix="proposal")
    if written.is_valid() and (entry := attempt(form, lambda: _enter(request, form, written))):
        return _entered(request, entry)
    return form_page(request, "assisted/proposal_enter.html", form, written=written)


def _enter(request: SignedInRequest, form: VisitForm, written: WrittenForm) -> Entry:
    return entries.enter_proposal(form.visit, by=request.user, written=written.cleaned_data)


@login_required
@require_http_methods(["GET", "POST"])
def enter_support(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "assisted.enter_support", Proposal.objects, pk=pk)
    form = VisitForm(posted(request))
    if entry := attempt(
        form, lambda: entries.enter_support(form.visit, by=request.user, proposal=proposal)
    ):
        return _entered(request, entry)
    return ask(request, proposal, SUPPORT, form)


@login_required
@require_http_methods(["GET", "POST"])
def verify(request: SignedInRequest) -> HttpResponse:
    require(request.user, "assisted.enter_verification")
    form = VerificationForm(posted(request))
    if entry := attempt(form, lambda: _verify(request, form)):
        return _entered(request, entry)
    return ask(request, None, VERIFY, form)


def _verify(request: SignedInRequest, form: VerificationForm) -> Entry:
    account = form.cleaned_data["account"]
    return entries.enter_verification(form.visit, by=request.user, account=account)


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def issue_code(request: SignedInRequest) -> HttpResponse:
    """Make a code, and show it this once, to be printed and handed over or sent."""
    require(request.user, "identity.issue_code")
    form = IssueForm(posted(request))
    if issued := attempt(form, lambda: _issue(request, form)):
        made, typed = issued
        slip = {"code": made, "words": typed, "name": form.cleaned_data["name"]}
        return render(request, "assisted/code_slip.html", slip)
    return ask(request, None, CODE, form)


def _issue(request: SignedInRequest, form: IssueForm) -> tuple[VerificationCode, str]:
    way, account = form.cleaned_data["way"], form.cleaned_data["account"]
    return codes.issue(form.facts, by=request.user, way=way, account=account)


@login_required
@require_GET
@never_cache
def receipt(request: SignedInRequest, pk: int) -> HttpResponse:
    """The receipt of an entry, to be printed; the citizen's own page of it has no code."""
    entry, code = _entry_and_code(request, pk)
    facts, subject = receipts.facts_of(entry), receipts.subject_of(entry)
    context = {"entry": entry, "code": code, "facts": facts, "subject": subject}
    return render(request, "assisted/receipt.html", context)


@login_required
@require_GET
@never_cache
def receipt_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The receipt as a document in the citizen's language, with the code for who entered it."""
    entry, code = _entry_and_code(request, pk)
    try:
        document = papers.receipt(entry, code=code)
    except papers.CannotBeSet as error:
        messages.error(request, str(error))
        return redirect("assisted:receipt", pk)
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="receipt-{entry.pk}.pdf"'
    return response


def _entry_and_code(request: SignedInRequest, pk: int) -> tuple[Entry, str]:
    """An entry that the person may see, and its code where the person entered it."""
    chosen = Entry.objects.select_related("proposal", "citizen", "clerk")
    entry = get_allowed(request.user, "assisted.view_entry", chosen, pk=pk)
    return entry, receipts.code_of(entry) if entry.clerk_id == request.user.pk else ""


@require_http_methods(["GET", "POST"])
@never_cache
def look_up(request: HttpRequest) -> HttpResponse:
    """How that stands for which somebody has a receipt; no account is needed."""
    form = ReceiptForm(posted(request))
    if request.method == "POST" and not _may_look(request):
        return too_many_requests(request)
    standing = attempt(form, lambda: receipts.find(form.cleaned_data["code"]), field="code")
    return form_page(request, "assisted/receipt_lookup.html", form, standing=standing)


def _may_look(request: HttpRequest) -> bool:
    """Whether this address has not looked up too many codes."""
    return ratelimit.consume(request, action="receipt")


@login_required
@require_http_methods(["GET", "POST"])
def begin_sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "assisted.enter_sheet", Proposal.objects, pk=pk)
    form = SheetForm(posted(request), request.FILES or None)
    if sheet := attempt(form, lambda: _begin(proposal, request, form)):
        return redirect(sheet)
    return ask(request, proposal, SHEET, form)


def _begin(proposal: Proposal, request: SignedInRequest, form: SheetForm) -> Sheet:
    given = form.cleaned_data
    return sheets.begin(proposal, by=request.user, checked=form.checked, **given)


@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Type in lines of a sheet; what cannot be read stays in the field to be put right."""
    chosen = Sheet.objects.select_related("proposal", "clerk").with_file_state()
    found = get_allowed(request.user, "assisted.view_sheet", chosen, pk=pk)
    form, typed = LinesForm(posted(request)), []
    if form.is_valid():
        require(request.user, "assisted.enter_lines", found)
        typed = sheets.enter(found, by=request.user, text=form.cleaned_data["lines"])
        unread = "\n".join(line.text for line in typed if line.number is None)
        form = LinesForm(initial={"lines": unread})
    totals = sheets.totals(found)
    context = {
        "sheet": found,
        "typed": [(line, Outcome(line.outcome) if line.number else None) for line in typed],
        "totals": [(outcome, totals[outcome]) for outcome in Outcome],
        "entered": sum(totals.values()),
    }
    return form_page(request, "assisted/sheet_detail.html", form, **context)


@login_required
@require_GET
def scan(request: SignedInRequest, pk: int) -> FileResponse:
    """Hand out the scan of a sheet, and note who looked at it."""
    found = get_allowed(request.user, "assisted.view_sheet", Sheet.objects, pk=pk)
    if not found.scan:
        raise Http404
    log.record_read(found, by=request.user, purpose="signature sheet")
    response = hand_out(request, found.scan, name=found.scan_name, content_type=found.scan_type)
    response["Cache-Control"] = "no-store"
    return response
