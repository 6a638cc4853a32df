"""Pages on which officials run a call from the plan to its results."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST

from portal.access import SignedInRequest, get_allowed, require
from portal.asking import Ask, ask, attempt, done, posted
from portal.calls.domain import calls, entries, jury
from portal.calls.forms.calls import (
    CallForm,
    ConfirmForm,
    JurorForm,
    PrizeForm,
    ReasonForm,
    RedateForm,
    ResultsForm,
)
from portal.calls.forms.entries import AwardForm, UseForm
from portal.calls.models import Call, Entry, Juror

PLAN = Ask(
    _lazy("Plan a call"),
    _lazy("Only your department sees the plan until you announce it."),
    _lazy("Keep this plan"),
)
DROP = Ask(
    _lazy("Give up the plan"),
    _lazy("The plan is erased. Nobody outside your department has seen it."),
    _lazy("Give up the plan"),
    "danger",
)
PRIZES = Ask(
    _lazy("Set the prizes"),
    _lazy("Each track has prizes of its own. A team shares its prize by contribution."),
    _lazy("Keep the prizes"),
)
ANNOUNCE = Ask(
    _lazy("Announce the call"),
    _lazy("Everyone sees it from now on, and its rules stay as they are. It opens by its date."),
    _lazy("Announce the call"),
)
CANCEL = Ask(
    _lazy("Cancel the call"),
    _lazy("All who take part are told why. This cannot be taken back."),
    _lazy("Cancel the call"),
    "danger",
)
REDATE = Ask(
    _lazy("Change the days"),
    _lazy("All who take part are told of the new days and why."),
    _lazy("Keep the days"),
)
JUROR = Ask(
    _lazy("Seat a juror"),
    _lazy("Names of jurors stand on the page of the call. Who takes part cannot judge."),
    _lazy("Seat the juror"),
)
JUDGE = Ask(
    _lazy("Begin judging"),
    _lazy("The juries are asked for their scores. From the first score on they stay as they are."),
    _lazy("Begin judging"),
)
USE = Ask(
    _lazy("Say what becomes of the entry"),
    _lazy("Results are published only when this is said of every entry."),
    _lazy("Keep the answer"),
)
AWARD = Ask(
    _lazy("Give the prize of a shared place"),
    _lazy("Where several share a place, someone has to say who gets which prize."),
    _lazy("Give the prize"),
)
PUBLISH = Ask(
    _lazy("Publish the results"),
    _lazy("Ranks, prizes, scores and the use of each entry become public."),
    _lazy("Publish the results"),
)
CLOSE = Ask(
    _lazy("Close the call"),
    _lazy("The results stay public; the call is put away."),
    _lazy("Close the call"),
)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: SignedInRequest) -> HttpResponse:
    require(request.user, "calls.plan_call")
    form = CallForm(posted(request), by=request.user)
    call = attempt(form, lambda: calls.plan(by=request.user, **_written(form)))
    if call:
        return done(request, call, _("The plan is kept. Now set the prizes and seat the juries."))
    return ask(request, None, PLAN, form)


@login_required
@require_http_methods(["GET", "POST"])
def revise(request: SignedInRequest, pk: int) -> HttpResponse:
    call = get_allowed(request.user, "calls.revise_call", Call.objects, pk=pk)
    now = {"applicants": list(call.tracks.values_list("applicant", flat=True))}
    form = CallForm(posted(request), instance=call, initial=now, by=request.user)
    if attempt(form, lambda: calls.revise(_fresh(pk), by=request.user, **_written(form))):
        return done(request, call, _("The plan is changed."))
    return ask(request, call, PLAN, form)


@login_required
@require_http_methods(["GET", "POST"])
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    call = get_allowed(request.user, "calls.drop_call", Call.objects, pk=pk)
    form = ConfirmForm(posted(request))
    if attempt(form, lambda: calls.drop(call, by=request.user)):
        return done(request, "calls:list", _("The plan is given up."))
    return ask(request, call, DROP, form)


def _fresh(pk: int) -> Call:
    """The call as it is kept: the form has already written on its own copy."""
    return Call.objects.get(pk=pk)


def _written(form: CallForm) -> dict[str, Any]:
    columns = dict(form.cleaned_data)
    return {"applicants": columns.pop("applicants"), "written": columns}


@login_required
@require_http_methods(["GET", "POST"])
def prizes(request: SignedInRequest, pk: int, track: int) -> HttpResponse:
    call = get_allowed(request.user, "calls.revise_call", Call.objects, pk=pk)
    found = get_object_or_404(call.tracks.select_related("call"), pk=track)
    form = PrizeForm(posted(request), track=found)
    if attempt(form, lambda: calls.set_prizes(found, by=request.user, amounts=form.amounts)):
        return done(request, call, _("The prizes are kept."))
    about = _("Track: {track}").format(track=found)
    return ask(request, call, PRIZES, form, about=about)


@login_required
@require_http_methods(["GET", "POST"])
def announce(request: SignedInRequest, pk: int) -> HttpResponse:
    call = get_allowed(request.user, "calls.announce_call", Call.objects, pk=pk)
    form = ConfirmForm(posted(request))
    if attempt(form, lambda: calls.announce(call, by=request.user)):
        return done(request, call, _("The call is announced."))
    return ask(request, call, ANNOUNCE, form)


@login_required
@require_http_methods(["GET", "POST"])
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    call = get_allowed(request.user, "calls.cancel_call", Call.objects, pk=pk)
    form = ReasonForm(posted(request))
    if attempt(form, lambda: calls.cancel(call, by=request.user, **form.cleaned_data)):
        return done(request, call, _("The call is cancelled."))
    return ask(request, call, CANCEL, form)


@login_required
@require_http_methods(["GET", "POST"])
def redate(request: SignedInRequest, pk: int) -> HttpResponse:
    call = get_allowed(request.user, "calls.redate_call", Call.objects, pk=pk)
    form = RedateForm(posted(request), instance=call)
    if attempt(form, lambda: _redate(form, request, pk)):
        return done(request, call, _("The days are changed."))
    return ask(request, call, REDATE, form)


def _redate(form: RedateForm, request: SignedInRequest, pk: int) -> Call:
    reason = form.cleaned_data["reason"]
    return calls.redate(_fresh(pk), by=request.user, dates=form.cleaned_data, reason=reason)


@login_required
@require_http_methods(["GET", "POST"])
def judge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin to judge a call whose jury was not complete when it closed."""
    call = get_allowed(request.user, "calls.judge_call", Call.objects, pk=pk)
    form = ConfirmForm(posted(request))
    if attempt(form, lambda: calls.begin_judging(call, by=request.user)):
        return done(request, call, _("Judging has begun."))
    return ask(request, call, JUDGE, form)


@login_required
@require_http_methods(["GET", "POST"])
def seat(request: SignedInRequest, pk: int) -> HttpResponse:
    call = get_allowed(request.user, "calls.seat_juror", Call.objects, pk=pk)
    form = JurorForm(posted(request), call=call)
    if attempt(form, lambda: _seat(form, request)):
        return done(request, _jury(pk), _("The juror is seated and told."))
    return ask(request, call, JUROR, form)


def _jury(pk: int) -> str:
    return reverse("calls:jury", args=[pk])


def _seat(form: JurorForm, request: SignedInRequest) -> Juror:
    chosen = form.cleaned_data
    return jury.seat(chosen["track"], by=request.user, person=chosen["email"])


@login_required
@require_POST
def unseat(request: SignedInRequest, pk: int, juror: int) -> HttpResponse:
    call = get_allowed(request.user, "calls.seat_juror", Call.objects, pk=pk)
    found = Juror.objects.of_call(call).select_related("track__call")
    jury.unseat(get_object_or_404(found, pk=juror), by=request.user)
    return done(request, _jury(pk), _("The juror judges no more."))


ENTRY = Entry.objects.select_related("track__call")


@login_required
@require_http_methods(["GET", "POST"])
def use(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = get_allowed(request.user, "calls.use_entry", ENTRY, pk=pk)
    now = {"use": entry.use, "used_in": entry.used_in}
    form = UseForm(posted(request), initial=now)
    if attempt(form, lambda: entries.say_use(entry, by=request.user, **form.cleaned_data)):
        return done(request, entry.track.call, _("The answer is kept."))
    return ask(request, entry, USE, form)


@login_required
@require_http_methods(["GET", "POST"])
def award(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = get_allowed(request.user, "calls.use_entry", ENTRY, pk=pk)
    form = AwardForm(posted(request), track=entry.track)
    if attempt(form, lambda: jury.award(entry, by=request.user, **form.cleaned_data)):
        return done(request, entry, _("It is noted who gets the prize."))
    return ask(request, entry, AWARD, form)


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    call = get_allowed(request.user, "calls.publish_call", Call.objects, pk=pk)
    form = ResultsForm(posted(request))
    if attempt(form, lambda: calls.publish(call, by=request.user, **form.cleaned_data)):
        return done(request, call, _("The results are public."))
    return ask(request, call, PUBLISH, form)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    call = get_allowed(request.user, "calls.close_call", Call.objects, pk=pk)
    form = ConfirmForm(posted(request))
    if attempt(form, lambda: calls.close(call, by=request.user)):
        return done(request, call, _("The call is closed."))
    return ask(request, call, CLOSE, form)
