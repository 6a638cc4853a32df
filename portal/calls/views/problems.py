"""Pages of local problems: the list, the map beside its table, reporting, and each step."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access import SignedInRequest, get_allowed, require
from portal.asking import Ask, ask, attempt, done, posted
from portal.audit.domain import log, trail
from portal.calls.domain import problems
from portal.calls.forms.calls import ConfirmForm, ReasonForm
from portal.calls.forms.problems import FilterForm, ProblemForm, SharingForm, SolutionForm
from portal.calls.models import MeToo, Problem, ProblemQuerySet, Solution, Weight
from portal.images import CONTENT_TYPE
from portal.paging import page_of
from portal.quarantine.domain import files
from portal.quarantine.handing import show

ORDERS = {"weight": ["vote_count", "me_too_count", "id"], "new": ["created_at", "id"]}
MOST_POINTS = 500
MOST_STEPS = 50

REPORT = Ask(
    _lazy("Report a local problem"),
    _lazy("An official looks it over before everyone sees it. You are told of each step."),
    _lazy("Report the problem"),
    template="calls/problem_report.html",
)
SHARE = Ask(
    _lazy("Share the problem"),
    _lazy("Everyone sees it from now on. Check that text and photo show no private matters."),
    _lazy("Share the problem"),
)
HANDLE = Ask(
    _lazy("Begin to handle the problem"),
    _lazy("Say what the department does first, and until when."),
    _lazy("Begin"),
)
SOLVE = Ask(
    _lazy("Say that the problem is solved"),
    _lazy("Say what was done. Who reported it and who has it too are told."),
    _lazy("Call it solved"),
)
DROP = Ask(
    _lazy("Say why the problem is not solved"),
    _lazy("Say why, and where people can turn instead."),
    _lazy("Give the reason"),
    "danger",
)
OFFER = Ask(
    _lazy("Offer a solution"),
    _lazy("For companies. Offers are shown apart from what citizens write, under your name."),
    _lazy("Offer the solution"),
)
PROPOSE = Ask(
    _lazy("Make a proposal of this problem"),
    _lazy("You get a draft with its words and place. Only you see it until you publish it."),
    _lazy("Begin the proposal"),
)
BEGIN = Ask(
    _lazy("Begin a proposal from this page"),
    _lazy("You get a draft that names the page. Only you see it until you publish it."),
    _lazy("Begin the proposal"),
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the problems, those that citizens put first on top."""
    form = FilterForm(request.GET)
    found = _chosen(Problem.objects.public().for_lists(), form)
    order = ORDERS.get(form.cleaned_data.get("sort") or "weight", ORDERS["weight"])
    page = page_of(found, order, after=request.GET.get("after", ""))
    user = request.user
    context = {
        "page": page,
        "form": form,
        "query": request.GET.urlencode(),
        "votes_left": problems.votes_left(user) if user.is_authenticated else None,
    }
    return render(request, "calls/problem_list.html", context)


@require_safe
def show_map(request: HttpRequest) -> HttpResponse:
    """Show the problems that have a point, on a map and in a table with the same rows."""
    form = FilterForm(request.GET)
    found = _chosen(Problem.objects.public().for_lists(), form)
    placed = found.filter(latitude__isnull=False).order_by("-created_at", "-id")
    context = {
        "form": form,
        "problems": placed[:MOST_POINTS],
        "query": request.GET.urlencode(),
        "without": found.filter(latitude=None).count(),
    }
    return render(request, "calls/problem_map.html", context)


def _chosen(found: ProblemQuerySet, form: FilterForm) -> ProblemQuerySet:
    """Keep what the filter asks for; a filter that makes no sense filters nothing."""
    form.is_valid()
    wanted = form.cleaned_data
    columns = {key: wanted[key] for key in ("state", "area", "district") if wanted.get(key)}
    return found.filter(**columns)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one problem: what and where, who has it too, what is done, what came of it."""
    known = Problem.objects.visible_to(request.user).for_lists().with_file_state()
    problem = get_object_or_404(known, pk=pk)
    links = problem.proposal_links.select_related("proposal")
    public = {"proposal__visibility": "public"}
    offers = problem.solutions.filter(withdrawn_at=None).select_related("author")
    context = {
        "problem": problem,
        "photo_refused": files.why_refused(problem.photo) if problem.photo else "",
        "solutions": offers,
        "own_offer": next((s for s in offers if s.author_id == request.user.pk), None),
        "links": links.filter(**public).exclude(proposal__state="draft"),
        "entries": trail.entries([log.subject_key(problem)], limit=MOST_STEPS),
        **_own(problem, request.user),
    }
    return render(request, "calls/problem_detail.html", context)


def _own(problem: Problem, user: Any) -> dict[str, Any]:
    """What the reader has said of the problem, and the votes that are left this month."""
    if not user.is_authenticated:
        return {}
    month = problems.this_month()
    return {
        "backed": MeToo.objects.filter(problem=problem, person=user).exists(),
        "weighed": Weight.objects.filter(problem=problem, person=user, month=month).exists(),
        "votes_left": problems.votes_left(user),
    }


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the photo of a problem to whoever may see the problem."""
    problem = get_object_or_404(Problem.objects.visible_to(request.user), pk=pk)
    if not problem.photo:
        raise Http404
    return show(problem.photo, content_type=CONTENT_TYPE)


@login_required
@require_http_methods(["GET", "POST"])
def report(request: SignedInRequest) -> HttpResponse:
    require(request.user, "calls.report_problem")
    form = ProblemForm(posted(request), request.FILES or None)
    problem = attempt(form, lambda: _report(form, request))
    if problem:
        return done(request, problem, _("Your report has arrived. An official looks it over."))
    return ask(request, None, REPORT, form)


def _report(form: ProblemForm, request: SignedInRequest) -> Problem:
    photo = form.cleaned_data["photo"]
    return problems.report(by=request.user, written=form.written, photo=photo)


@login_required
@require_POST
def back(request: SignedInRequest, pk: int) -> HttpResponse:
    problem = get_allowed(request.user, "calls.back_problem", Problem.objects, pk=pk)
    problems.back(problem, by=request.user)
    return done(request, problem, _("You have this problem too."))


@login_required
@require_POST
def unback(request: SignedInRequest, pk: int) -> HttpResponse:
    problem = get_allowed(request.user, "calls.view_problem", Problem.objects, pk=pk)
    problems.unback(problem, by=request.user)
    return done(request, problem, _("It is taken back."))


@login_required
@require_POST
def weigh(request: SignedInRequest, pk: int) -> HttpResponse:
    problem = get_allowed(request.user, "calls.weigh_problem", Problem.objects, pk=pk)
    problems.weigh(problem, by=request.user)
    return done(request, problem, _("You have given this problem one of your votes."))


@login_required
@require_POST
def unweigh(request: SignedInRequest, pk: int) -> HttpResponse:
    problem = get_allowed(request.user, "calls.view_problem", Problem.objects, pk=pk)
    problems.unweigh(problem, by=request.user)
    return done(request, problem, _("Your vote is taken back."))


STEP = Problem.objects.select_related("area", "district", "department", "reporter")


@login_required
@require_http_methods(["GET", "POST"])
def share(request: SignedInRequest, pk: int) -> HttpResponse:
    problem = get_allowed(request.user, "calls.share_problem", STEP, pk=pk)
    form = SharingForm(posted(request), by=request.user, problem=problem)
    if attempt(form, lambda: problems.share(problem, by=request.user, **form.cleaned_data)):
        return done(request, problem, _("Everyone sees the problem now."))
    return ask(request, problem, SHARE, form)


@login_required
@require_http_methods(["GET", "POST"])
def handle(request: SignedInRequest, pk: int) -> HttpResponse:
    problem = get_allowed(request.user, "calls.handle_problem", STEP, pk=pk)
    form = ReasonForm(posted(request))
    if attempt(form, lambda: problems.handle(problem, by=request.user, **form.cleaned_data)):
        return done(request, problem, _("The problem is being handled."))
    return ask(request, problem, HANDLE, form)


@login_required
@require_http_methods(["GET", "POST"])
def solve(request: SignedInRequest, pk: int) -> HttpResponse:
    problem = get_allowed(request.user, "calls.solve_problem", STEP, pk=pk)
    form = ReasonForm(posted(request))
    if attempt(form, lambda: problems.solve(problem, by=request.user, **form.cleaned_data)):
        return done(request, problem, _("The problem is solved."))
    return ask(request, problem, SOLVE, form)


@login_required
@require_http_methods(["GET", "POST"])
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    problem = get_allowed(request.user, "calls.drop_problem", STEP, pk=pk)
    form = ReasonForm(posted(request))
    if attempt(form, lambda: problems.drop(problem, by=request.user, **form.cleaned_data)):
        return done(request, problem, _("The reason is given."))
    return ask(request, problem, DROP, form)


@login_required
@require_http_methods(["GET", "POST"])
def offer(request: SignedInRequest, pk: int) -> HttpResponse:
    problem = get_allowed(request.user, "calls.offer_solution", STEP, pk=pk)
    form = SolutionForm(posted(request))
    if attempt(form, lambda: problems.offer(problem, by=request.user, written=form.cleaned_data)):
        return done(request, problem, _("Your offer stands beside the problem."))
    return ask(request, problem, OFFER, form)


@login_required
@require_POST
def withdraw_offer(request: SignedInRequest, pk: int, solution: int) -> HttpResponse:
    problem = get_allowed(request.user, "calls.view_problem", Problem.objects, pk=pk)
    offers = Solution.objects.filter(problem=problem, author=request.user)
    problems.withdraw_offer(get_object_or_404(offers, pk=solution), by=request.user)
    return done(request, problem, _("Your offer is withdrawn."))


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin a proposal from a problem."""
    problem = get_allowed(request.user, "calls.propose_problem", STEP, pk=pk)
    form = ConfirmForm(posted(request))
    proposal = attempt(form, lambda: problems.propose(problem, by=request.user))
    if proposal:
        messages.success(request, _("Your draft is kept. Only you can see it."))
        return redirect("proposals:revise", proposal.pk)
    return ask(request, problem, PROPOSE, form)


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: SignedInRequest) -> HttpResponse:
    """Begin a proposal from another page of this portal: ``?title=…&source=/data/…/``."""
    require(request.user, "proposals.write_proposal")
    form = ConfirmForm(posted(request))
    given = {name: request.GET.get(name, "")[:300] for name in ("title", "source")}
    problems.refuse_elsewhere(given["source"])
    proposal = attempt(form, lambda: problems.propose_from_record(by=request.user, **given))
    if proposal:
        messages.success(request, _("Your draft is kept. Only you can see it."))
        return redirect("proposals:revise", proposal.pk)
    return ask(request, None, BEGIN, form, about=given["title"], back=given["source"])
