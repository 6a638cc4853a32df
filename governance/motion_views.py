"""Pages on which motions are tabled, voted on and decided."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
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
from portal.access import SignedInRequest, get_allowed, require
from portal.asking import Ask, ask, attempt, done, form_page, posted
from portal.proposals.models import Proposal

STEP = Motion.objects.select_related("council", "proposal", "meeting__council")

TABLE = Ask(
    _lazy("Bring the proposal before a council"),
    _lazy("Proposal: {title}"),
    _lazy("Table the motion"),
)
RECUSE = Ask(
    _lazy("Take no part in the motion"),
    _lazy("Whoever has an interest of their own in a motion does not vote on it."),
    _lazy("Take no part"),
)
OPEN_DIVISION = Ask(
    _lazy("Open the vote"),
    _lazy("The council's rule of this moment decides; a later change does not touch it."),
    _lazy("Open the vote"),
)
CLOSE = Ask(
    _lazy("Close the vote"),
    _lazy("{n} of {present} members present have voted. The proposal follows from the result."),
    _lazy("Close the vote and count"),
)
DECIDE_TIE = Ask(
    _lazy("Decide the tie"),
    _lazy("As many voted for as against. By the council's rule you decide as its chair."),
    _lazy("Decide as the chair"),
)
TABLE_AGAIN = Ask(
    _lazy("Table the motion again"),
    _lazy("Too few members took part. The vote can be held again."),
    _lazy("Table it again"),
)
WITHDRAW = Ask(
    _lazy("Withdraw the motion"),
    _lazy("The council does not decide on it. The proposal stays with the council."),
    _lazy("Withdraw the motion"),
    "danger",
)


@login_required
@require_http_methods(["GET", "POST"])
def table(request: SignedInRequest, proposal: int) -> HttpResponse:
    found = get_object_or_404(Proposal.objects.visible_to(request.user), pk=proposal)
    require(request.user, "governance.table_motion")
    form = TableForm(posted(request), initial={"title": found.title, "text": found.solution})
    if motion := attempt(form, lambda: _table(found, request, form.cleaned_data)):
        return done(request, motion, _("The motion is before the council."))
    return ask(request, found, TABLE.of(title=found.title), form)


def _table(found: Proposal, request: SignedInRequest, written: dict[str, Any]) -> Motion:
    return motions.table(found, written["council"], by=request.user, written=written)


@login_required
@require_http_methods(["GET", "POST"])
def vote(request: SignedInRequest, pk: int) -> HttpResponse:
    motion = get_allowed(request.user, "governance.vote_motion", STEP, pk=pk)
    form = VoteForm(posted(request))
    if not form.is_valid():
        mine = motion.votes.filter(member=request.user).order_by("-seq").first()
        rule = sentences.rule(motion.rule)
        context = {"motion": motion, "mine": mine, "rule": rule}
        return form_page(request, "governance/motion_vote.html", form, **context)
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
    if attempt(form, lambda: motions.recuse(motion, by=request.user, **form.cleaned_data)):
        return done(request, motion, _("It is noted who takes no part."))
    return ask(request, motion, RECUSE, form)


@login_required
@require_http_methods(["GET", "POST"])
def open_division(request: SignedInRequest, pk: int) -> HttpResponse:
    motion = get_allowed(request.user, "governance.open_division", STEP, pk=pk)
    form = OpenDivisionForm(posted(request), motion=motion)
    if attempt(form, lambda: divisions.open(motion, form.cleaned_data["meeting"], by=request.user)):
        return done(request, motion, _("The vote is open; the members present are told."))
    return ask(request, motion, OPEN_DIVISION, form)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    motion = get_allowed(request.user, "governance.close_division", STEP, pk=pk)
    form = ConfirmForm(posted(request))
    if attempt(form, lambda: divisions.close(motion, by=request.user)):
        return done(request, motion, sentences.result(motion))
    counted = divisions.count(motion)
    return ask(request, motion, CLOSE.of(n=counted.cast, present=counted.present), form)


@login_required
@require_http_methods(["GET", "POST"])
def decide_tie(request: SignedInRequest, pk: int) -> HttpResponse:
    motion = get_allowed(request.user, "governance.decide_tie", STEP, pk=pk)
    form = TieForm(posted(request))
    if attempt(
        form,
        lambda: divisions.decide_tie(motion, by=request.user, choice=form.cleaned_data["choice"]),
    ):
        return done(request, motion, sentences.result(motion))
    return ask(request, motion, DECIDE_TIE, form)


@login_required
@require_http_methods(["GET", "POST"])
def table_again(request: SignedInRequest, pk: int) -> HttpResponse:
    motion = get_allowed(request.user, "governance.table_motion_again", STEP, pk=pk)
    form = ConfirmForm(posted(request))
    if attempt(form, lambda: motions.table_again(motion, by=request.user)):
        return done(request, motion, _("The motion waits for a vote again."))
    return ask(request, motion, TABLE_AGAIN, form)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    motion = get_allowed(request.user, "governance.withdraw_motion", STEP, pk=pk)
    form = ReasonForm(posted(request))
    if attempt(form, lambda: motions.withdraw(motion, by=request.user, **form.cleaned_data)):
        return done(request, motion, _("The motion is withdrawn."))
    return ask(request, motion, WITHDRAW, form)
