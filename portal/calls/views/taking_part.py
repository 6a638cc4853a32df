"""Pages on which people take part: entries, the jury's scores, teams and their invitations."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access import SignedInRequest, get_allowed
from portal.asking import Ask, ask, attempt, done, posted
from portal.calls.domain import entries, jury, teams
from portal.calls.forms.calls import ConfirmForm, ReasonForm
from portal.calls.forms.entries import (
    CallProposalForm,
    IdeaForm,
    InviteForm,
    ScoreForm,
    ShareForm,
    TeamForm,
)
from portal.calls.models import Call, Entry, Team, Track

ENTER = Ask(
    _lazy("Take part"),
    _lazy("You can change or withdraw your entry until the call closes."),
    _lazy("Hand in the entry"),
)
PROPOSE = Ask(
    _lazy("Take part with a proposal"),
    _lazy("Your proposal is public at once: others can support it, and a jury judges it."),
    _lazy("Hand in the proposal"),
)
REVISE = Ask(
    _lazy("Change the entry"),
    _lazy("What you write now takes the place of what was handed in."),
    _lazy("Keep the change"),
)
WITHDRAW = Ask(
    _lazy("Withdraw the entry"),
    _lazy("It is not judged. Until the call closes you may hand in another one."),
    _lazy("Withdraw the entry"),
    "danger",
)
SCORE = Ask(
    _lazy("Score the entry"),
    _lazy("You see the scores of others when all are given or the time is over."),
    _lazy("Give the score"),
)
STAND_BACK = Ask(
    _lazy("Stand back from an entry"),
    _lazy("Name the conflict of interest: kinship, work, business. You do not judge this entry."),
    _lazy("Stand back"),
)
TEAM = Ask(
    _lazy("Found a team"),
    _lazy("You hand in the entry for your team. Invite the others afterwards."),
    _lazy("Found the team"),
)
INVITE = Ask(
    _lazy("Invite someone to the team"),
    _lazy("An invitation works once and for a few days."),
    _lazy("Make the invitation"),
)
SHARE = Ask(
    _lazy("Share the work and the prize"),
    _lazy("A prize is split by these shares. All are 100 percent together."),
    _lazy("Keep the shares"),
)
LEAVE = Ask(
    _lazy("Leave the team"),
    _lazy("You can join another team of this call as long as it takes entries."),
    _lazy("Leave the team"),
    "danger",
)
JOIN = Ask(
    _lazy("Join the team"),
    _lazy("Whoever joins can see the team's entry and is told of each step of the call."),
    _lazy("Join the team"),
)
ENTRY = Entry.objects.select_related("track__call", "proposal")
TEAMS = Team.objects.select_related("track__call", "founder")


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: SignedInRequest, pk: int, track: int) -> HttpResponse:
    """Hand in to a track: a proposal where citizens are asked, else an idea or a prototype."""
    call = get_allowed(request.user, "calls.enter_call", Call.objects, pk=pk)
    found = get_object_or_404(call.tracks.select_related("call"), pk=track)
    if entries.takes_proposals(found) and not entries.team_of(found, request.user):
        return _enter_proposal(request, found)
    form = IdeaForm(posted(request), request.FILES or None, track=found)
    entry = attempt(form, lambda: entries.submit(found, by=request.user, **_written(form)))
    if entry:
        return done(request, entry, _("Your entry is handed in."))
    return ask(request, call, ENTER, form)


def _enter_proposal(request: SignedInRequest, track: Track) -> HttpResponse:
    form = CallProposalForm(posted(request), initial={"area": track.call.area_id})
    entry = attempt(
        form, lambda: entries.propose(track, by=request.user, written=form.cleaned_data)
    )
    if entry:
        return done(request, entry.proposal, _("Your proposal is public and takes part."))
    return ask(request, track.call, PROPOSE, form)


def _written(form: IdeaForm) -> dict[str, Any]:
    return {"written": form.cleaned_data, "file": form.kept}


@login_required
@require_http_methods(["GET", "POST"])
def revise(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = get_allowed(request.user, "calls.revise_entry", ENTRY, pk=pk)
    form = IdeaForm(posted(request), request.FILES or None, instance=entry, track=entry.track)
    if attempt(form, lambda: entries.revise(entry, by=request.user, **_written(form))):
        return done(request, entry, _("The entry is changed."))
    return ask(request, entry, REVISE, form)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = get_allowed(request.user, "calls.withdraw_entry", ENTRY, pk=pk)
    form = ConfirmForm(posted(request))
    if attempt(form, lambda: entries.withdraw(entry, by=request.user)):
        return done(request, entry.track.call, _("Your entry is withdrawn."))
    return ask(request, entry, WITHDRAW, form)


@login_required
@require_http_methods(["GET", "POST"])
def score(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = get_allowed(request.user, "calls.score_entry", ENTRY, pk=pk)
    weights = entry.track.call.weights
    mine = entry.scores.filter(juror__person=request.user).first()
    now = {name: getattr(mine, name) for name in (*weights, "comment")} if mine else {}
    form = ScoreForm(posted(request), initial=now, weights=weights)
    if attempt(form, lambda: _score(entry, form, request)):
        return done(request, entry.track.call, _("Your score is given."))
    return ask(request, entry, SCORE, form)


def _score(entry: Entry, form: ScoreForm, request: SignedInRequest) -> Any:
    comment = form.cleaned_data["comment"]
    return jury.score(entry, by=request.user, points=form.points, comment=comment)


@login_required
@require_http_methods(["GET", "POST"])
def stand_back(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = get_allowed(request.user, "calls.score_entry", ENTRY, pk=pk)
    form = ReasonForm(posted(request))
    if attempt(form, lambda: jury.stand_back(entry, by=request.user, **form.cleaned_data)):
        return done(request, entry.track.call, _("You do not judge this entry."))
    return ask(request, entry, STAND_BACK, form)


@login_required
@require_http_methods(["GET", "POST"])
def found(request: SignedInRequest, pk: int) -> HttpResponse:
    call = get_allowed(request.user, "calls.found_team", Call.objects, pk=pk)
    form = TeamForm(posted(request), tracks=call.tracks.select_related("call"))
    team = attempt(form, lambda: teams.found(by=request.user, **form.cleaned_data))
    if team:
        return done(request, team, _("The team is founded. Now invite the others."))
    return ask(request, call, TEAM, form)


@login_required
@require_safe
def team(request: SignedInRequest, pk: int) -> HttpResponse:
    """The team's own page: who is in it, who is invited, what it has handed in."""
    found_team = get_allowed(request.user, "calls.view_team", TEAMS, pk=pk)
    context = {
        "team": found_team,
        "call": found_team.track.call,
        "members": found_team.memberships.present().select_related("person"),
        "invitations": found_team.invitations.usable(),
        "entry": found_team.entries.present().first(),
        "code": request.session.pop("invitation", ""),
    }
    return render(request, "calls/team_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    found_team = get_allowed(request.user, "calls.invite_team", TEAMS, pk=pk)
    form = InviteForm(posted(request))
    code = attempt(form, lambda: teams.invite(found_team, by=request.user, **form.cleaned_data))
    if code:
        request.session["invitation"] = request.build_absolute_uri(
            reverse("calls:join", args=[code])
        )
        return done(request, found_team, _("The invitation is made."))
    return ask(request, found_team, INVITE, form)


@login_required
@require_POST
def recall(request: SignedInRequest, pk: int, invitation: int) -> HttpResponse:
    found_team = get_allowed(request.user, "calls.invite_team", TEAMS, pk=pk)
    teams.recall(get_object_or_404(found_team.invitations, pk=invitation), by=request.user)
    return done(request, found_team, _("The invitation works no more."))


@login_required
@require_http_methods(["GET", "POST"])
def share(request: SignedInRequest, pk: int) -> HttpResponse:
    found_team = get_allowed(request.user, "calls.share_team", TEAMS, pk=pk)
    form = ShareForm(posted(request), team=found_team)
    if attempt(form, lambda: teams.share(found_team, by=request.user, percent=form.percent)):
        return done(request, found_team, _("The shares are kept."))
    return ask(request, found_team, SHARE, form)


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    found_team = get_allowed(request.user, "calls.leave_team", TEAMS, pk=pk)
    form = ConfirmForm(posted(request))
    if attempt(form, lambda: teams.leave(found_team, by=request.user)):
        return done(request, found_team.track.call, _("You have left the team."))
    return ask(request, found_team, LEAVE, form)


@login_required
@require_http_methods(["GET", "POST"])
def join(request: SignedInRequest, code: str) -> HttpResponse:
    """Accept or decline an invitation."""
    invitation = teams.usable(code)
    form = ConfirmForm(posted(request))
    if "decline" in request.POST:
        teams.decline(code, by=request.user)
        messages.success(request, _("You have declined the invitation."))
        return redirect(invitation.team.track.call)
    joined = attempt(form, lambda: teams.accept(code, by=request.user))
    if joined:
        return done(request, joined, _("You are in the team. Welcome!"))
    return ask(request, invitation.team.track.call, JOIN, form, team=invitation.team)
