"""Pages of moderation: reports, cases, appeals, and what everybody may know of them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.access import SignedInRequest, get_allowed
from portal.asking import attempt, done, form_page, posted
from portal.talk.domain import cases, statistics
from portal.talk.forms import AppealDecisionForm, AppealForm, DecisionForm, ReportForm
from portal.talk.models import Case
from portal.talk.views.comments import COMMENTS, PROPOSALS

CASES = Case.objects.with_subject()


@login_required
@require_http_methods(["GET", "POST"])
def report_comment(request: SignedInRequest, pk: int) -> HttpResponse:
    comment = get_allowed(request.user, "talk.report_comment", COMMENTS, pk=pk)
    form = ReportForm(posted(request))
    if attempt(form, lambda: cases.report(comment, by=request.user, **form.cleaned_data)):
        said = _("Thank you. A moderator looks at it.")
        return done(request, "talk:list", said, pk=comment.proposal_id)
    context = {"proposal": comment.proposal, "comment": comment}
    return form_page(request, "talk/report.html", form, **context)


@login_required
@require_http_methods(["GET", "POST"])
def report_proposal(request: SignedInRequest, pk: int) -> HttpResponse:
    proposal = get_allowed(request.user, "talk.report_proposal", PROPOSALS, pk=pk)
    form = ReportForm(posted(request))
    if attempt(form, lambda: cases.report(proposal, by=request.user, **form.cleaned_data)):
        return done(request, "proposals:list", _("Thank you. A moderator looks at it."))
    return form_page(request, "talk/report.html", form, proposal=proposal)


@login_required
@require_http_methods(["GET", "POST"])
def case(request: SignedInRequest, pk: int) -> HttpResponse:
    """A case: for moderators with all that was reported, for the author with the decision."""
    found = get_allowed(request.user, "talk.view_case", CASES, pk=pk)
    form = DecisionForm(posted(request))
    if request.method == "POST":
        found = get_allowed(request.user, "talk.decide_case", CASES, pk=pk)
        if attempt(form, lambda: _decide(request, found, form)):
            return done(request, "desk:show", _("The decision is public, and its author is told."))
    return form_page(request, "talk/case.html", form, case=found, **_file(request, found))


def _file(request: SignedInRequest, found: Case) -> dict[str, object]:
    """What moderators alone read of a case: reports, and earlier texts of a comment."""
    if not request.user.has_perm("talk.read_versions"):
        return {}
    earlier = found.comment.versions.all() if found.comment else []
    return {"reports": found.reports.all(), "versions": earlier}


def _decide(request: SignedInRequest, found: Case, form: DecisionForm) -> Case:
    given = form.cleaned_data
    if given["decision"] == DecisionForm.HIDE:
        return cases.hide(found, by=request.user, rule=given["rule"], reason=given["reason"])
    return cases.keep(found, by=request.user, reason=given["reason"])


@login_required
@require_http_methods(["GET", "POST"])
def appeal(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_allowed(request.user, "talk.appeal_case", CASES, pk=pk)
    form = AppealForm(posted(request))
    if attempt(form, lambda: cases.appeal(found, by=request.user, **form.cleaned_data)):
        return done(request, found, _("Your appeal has arrived. Somebody else decides about it."))
    return form_page(request, "talk/case_appeal.html", form, case=found)


@login_required
@require_http_methods(["GET", "POST"])
def decide_appeal(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_allowed(request.user, "talk.decide_appeal", CASES, pk=pk)
    form = AppealDecisionForm(posted(request))
    if attempt(form, lambda: _decide_appeal(request, found, form)):
        return done(request, "desk:show", _("The decision is public, and its author is told."))
    return form_page(request, "talk/case_appeal_decide.html", form, case=found)


def _decide_appeal(request: SignedInRequest, found: Case, form: AppealDecisionForm) -> Case:
    restores = form.cleaned_data["decision"] == AppealDecisionForm.RESTORE
    decide = cases.restore if restores else cases.uphold
    return decide(found, by=request.user, reason=form.cleaned_data["reason"])


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """What moderators decided, half-year by half-year."""
    return render(request, "talk/moderation.html", {"halves": statistics.half_years()})


@require_GET
def figures_csv(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(statistics.as_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="moderation.csv"'
    return response
