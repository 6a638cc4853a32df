"""Pages on which motions are tabled, voted on and decided."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.domain import divisions, motions, sentences
from governance.forms import (
    ConfirmForm,
    OpenDivisionForm,
    ReasonForm,
    RecusalForm,
    TableForm,
    TieForm,
    VoteForm,
)
from governance.models import Choice, Motion
from governance.steps import ask, done, posted
from portal.access import SignedInRequest, get_allowed, require
from portal.proposals.models import Proposal

STEP = Motion.objects.select_related("council", "proposal", "meeting__council")


@login_required
@require_http_methods(["GET", "POST"])
def table(request: SignedInRequest, proposal: int) -> HttpResponse:
    found = get_object_or_404(Proposal.objects.visible_to(request.user), pk=proposal)
    require(request.user, "governance.table_motion")
    form = TableForm(posted(request), initial={"title": found.title, "text": found.solution})
    if form.is_valid():
        written = form.cleaned_data
        motion = motions.table(found, written["council"], by=request.user, written=written)
        return done(request, motion, _("The motion is before the council."))
    return ask(
        request,
        found,
        form,
        title=_("Bring the proposal before a council"),
        lead=_("Proposal: {title}").format(title=found.title),
        submit=_("Table the motion"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def vote(request: SignedInRequest, pk: int) -> HttpResponse:
    motion = get_allowed(request.user, "governance.vote_motion", STEP, pk=pk)
    form = VoteForm(posted(request))
    if not form.is_valid():
        mine = motion.votes.filter(member=request.user).order_by("-seq").first()
        rule = sentences.rule(motion.rule)
        context = {"motion": motion, "form": form, "mine": mine, "rule": rule}
        return render(request, "governance/motion_vote.html", context)
    choice = Choice(form.cleaned_data["choice"])
    if not form.cleaned_data["confirmed"]:
        context = {"motion": motion, "choice": choice}
        return render(request, "governance/motion_vote_confirm.html", context)
    divisions.vote(motion, by=request.user, choice=choice)
    return done(request, motion, _("Your vote is noted: {choice}.").format(choice=choice.label))


@login_required
@require_http_methods(["GET", "POST"])
def recuse(request: SignedInRequest, pk: int) -> HttpResponse:
    motion = get_allowed(request.user, "governance.recuse_motion", STEP, pk=pk)
    form = RecusalForm(posted(request), motion=motion, by=request.user)
    if form.is_valid():
        motions.recuse(motion, by=request.user, **form.cleaned_data)
        return done(request, motion, _("It is noted who takes no part."))
    return ask(
        request,
        motion,
        form,
        title=_("Take no part in the motion"),
        lead=_("Whoever has an interest of their own in a motion does not vote on it."),
        submit=_("Take no part"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def open_division(request: SignedInRequest, pk: int) -> HttpResponse:
    motion = get_allowed(request.user, "governance.open_division", STEP, pk=pk)
    form = OpenDivisionForm(posted(request), motion=motion)
    if form.is_valid():
        divisions.open(motion, form.cleaned_data["meeting"], by=request.user)
        return done(request, motion, _("The vote is open; the members present are told."))
    return ask(
        request,
        motion,
        form,
        title=_("Open the vote"),
        lead=_("The council's rule of this moment decides; a later change does not touch it."),
        submit=_("Open the vote"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    motion = get_allowed(request.user, "governance.close_division", STEP, pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_valid():
        divisions.close(motion, by=request.user)
        return done(request, motion, sentences.result(motion))
    counted = divisions.count(motion)
    lead = _("{n} of {present} members present have voted. The proposal follows from the result.")
    return ask(
        request,
        motion,
        form,
        title=_("Close the vote"),
        lead=lead.format(n=counted.cast, present=counted.present),
        submit=_("Close the vote and count"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def decide_tie(request: SignedInRequest, pk: int) -> HttpResponse:
    motion = get_allowed(request.user, "governance.decide_tie", STEP, pk=pk)
    form = TieForm(posted(request))
    if form.is_valid():
        divisions.decide_tie(motion, by=request.user, choice=form.cleaned_data["choice"])
        return done(request, motion, sentences.result(motion))
    return ask(
        request,
        motion,
        form,
        title=_("Decide the tie"),
        lead=_("As many voted for as against. By the council's rule you decide as its chair."),
        submit=_("Decide as the chair"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def table_again(request: SignedInRequest, pk: int) -> HttpResponse:
    motion = get_allowed(request.user, "governance.table_motion_again", STEP, pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_valid():
        motions.table_again(motion, by=request.user)
        return done(request, motion, _("The motion waits for a vote again."))
    return ask(
        request,
        motion,
        form,
        title=_("Table the motion again"),
        lead=_("Too few members took part. The vote can be held again."),
        submit=_("Table it again"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    motion = get_allowed(request.user, "governance.withdraw_motion", STEP, pk=pk)
    form = ReasonForm(posted(request))
    if form.is_valid():
        motions.withdraw(motion, by=request.user, **form.cleaned_data)
        return done(request, motion, _("The motion is withdrawn."))
    return ask(
        request,
        motion,
        form,
        title=_("Withdraw the motion"),
        lead=_("The council does not decide on it. The proposal stays with the council."),
        submit=_("Withdraw the motion"),
        tone="danger",
    )
