"""Pages about calls that everyone can read, and an entry's."""

from typing import Any

from django.conf import settings
from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import registry
from portal.calls.domain import calls, entries, jury, makeup
from portal.calls.forms.calls import FilterForm
from portal.calls.models import (
    Call,
    CallQuerySet,
    CallState,
    Criterion,
    Entry,
    Juror,
    Recusal,
    Score,
    Team,
)
from portal.paging import page_of
from portal.quarantine.handing import hand_out

NEWEST_FIRST = ["closes_at", "id"]
MOST_ENTRIES = 300
PUBLIC_SCORES = (CallState.PUBLISHED, CallState.CLOSED)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the calls, the last to close first."""
    form = FilterForm(request.GET)
    found = _chosen(Call.objects.visible_to(request.user).for_cards(), form)
    page = page_of(
        found.prefetch_related("tracks"), NEWEST_FIRST, after=request.GET.get("after", "")
    )
    context = {
        "page": page,
        "form": form,
        "may_plan": request.user.has_perm("calls.plan_call"),
        "days_without": calls.days_without_call() if calls.is_alert_due() else None,
    }
    return render(request, "calls/call_list.html", context)


def _chosen(found: CallQuerySet, form: FilterForm) -> CallQuerySet:
    """Keep what the filter asks for; a filter that makes no sense filters nothing."""
    form.is_valid()
    wanted = form.cleaned_data
    columns = {key: wanted[key] for key in ("state", "kind") if wanted.get(key)}
    if wanted.get("applicant"):
        columns["tracks__applicant"] = wanted["applicant"]
    return found.filter(**columns)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one call: what is asked, until when, of whom, who judges it, what came of it."""
    rows = Call.objects.visible_to(request.user).select_related("department", "area")
    call = get_object_or_404(rows.prefetch_related("supporting"), pk=pk)
    mine, seats = _mine(call, request.user), _own_seats(call, request.user)
    parts = _parts(call, request.user, taken=mine["taken"])
    if seats and call.state == CallState.JUDGING:
        _mark(parts, request.user, call)
    context = {
        "call": call,
        "steps": calls_steps(call),
        "mine": mine,
        "parts": parts,
        "seats": seats,
        "waiting": jury.missing_scores(call) if call.state == CallState.JUDGING else 0,
        "is_done": jury.is_done(call),
        "sections": [made for ask in registry.call_sections if (made := ask(request, call))],
        "more_steps": registry.ways_on(registry.call_steps, call, request.user),
    }
    return render(request, "calls/call_detail.html", context)


def _mine(call: Call, user: Any) -> dict[str, Any]:
    """The reader's team and entries, and the tracks in which they hand in nothing more.

    For a team its founder hands in.
    """
    if not user.is_authenticated:
        return {"team": None, "entries": [], "taken": set()}
    team = Team.objects.visible_to(user).filter(track__call=call).first()
    handed_in = list(Entry.objects.present().of_call(call).of_person(user))
    taken = {entry.track_id for entry in handed_in}
    if team and team.founder_id != user.pk:
        taken.add(team.track_id)
    return {"team": team, "entries": handed_in, "taken": taken}


def _parts(call: Call, user: Any, *, taken: set[int]) -> list[dict[str, Any]]:
    """The tracks with their prizes, jurors and entries; ranks only once they are public."""
    tracks = call.tracks.select_related("call").prefetch_related(
        "prizes", "jurors__person", "teams"
    )
    visible = Entry.objects.visible_to(user).of_call(call).present().for_lists()
    found: dict[int, list[Entry]] = {}
    for entry in visible.order_by("rank", "pk")[:MOST_ENTRIES]:
        found.setdefault(entry.track_id, []).append(entry)
    return [
        {
            "track": track,
            "entries": found.get(track.pk, []),
            "takes_proposals": entries.takes_proposals(track),
            "makeup": makeup.of(track.jurors.all()),
            "is_taken": track.pk in taken,
        }
        for track in tracks
    ]


def _mark(parts: list[dict[str, Any]], juror: Any, call: Call) -> None:
    """Say of each entry before a juror what is left to do."""
    words = {"scored": _("You have scored it"), "stood_back": _("You stood back")}
    done = jury.judged_by(juror, call)
    for part in parts:
        if any(seat.person_id == juror.pk for seat in part["track"].jurors.all()):
            for entry in part["entries"]:
                entry.mark = words.get(done.get(entry.pk, ""), _("Waits for your score"))


def _own_seats(call: Call, user: Any) -> bool:
    return bool(user.is_authenticated and Juror.objects.of_call(call).of_person(user).exists())


def calls_steps(call: Call) -> list[dict[str, Any]]:
    """The stages of a call with their days, as the steps component wants them."""
    order = [
        (CallState.ANNOUNCED, call.announced_at),
        (CallState.OPEN, call.opens_at),
        (CallState.JUDGING, call.closes_at),
        (CallState.PUBLISHED, call.published_at or call.results_by),
    ]
    names = [state for state, _at in order]
    state = CallState.PUBLISHED if call.state == CallState.CLOSED else call.state
    here = names.index(CallState(state)) if state in names else -1
    return [
        {
            "title": name.label,
            "state": "now" if place == here else "done" if place < here else "",
            "at": at,
        }
        for place, (name, at) in enumerate(order)
    ]


@require_safe
def show_jury(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who judges a call, and whether each jury is made up as the rule asks."""
    rows = Call.objects.visible_to(request.user).select_related("department")
    call = get_object_or_404(rows, pk=pk)
    seats = Juror.objects.annotate(stood_back=Count("recusals")).select_related("person")
    tracks = call.tracks.prefetch_related(Prefetch("jurors", seats))
    context = {
        "call": call,
        "juries": [(track, makeup.of(track.jurors.all())) for track in tracks],
        "least": settings.CALL_JURY_CITIZENS,
        "may_seat": request.user.has_perm("calls.seat_juror", call),
    }
    return render(request, "calls/call_jury.html", context)


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one entry, and the scores that the reader may see."""
    rows = Entry.objects.visible_to(request.user).for_lists().select_related("track__call")
    found = get_object_or_404(rows.with_file_state(), pk=pk)
    call = found.track.call
    is_public = call.state in PUBLIC_SCORES
    is_mine = Entry.objects.of_person(request.user).filter(pk=pk).exists()
    context = {
        "entry": found,
        "call": call,
        "scores": _in_words(_scores(found, request.user, is_public=is_public)),
        "recusals": Recusal.objects.filter(entry=found).select_related("juror__person"),
        "parts_of_prize": jury.parts_of_prize(found) if is_public else [],
        "is_public": is_public,
        "is_mine": is_mine,
        **_left_to(request.user, found),
    }
    return render(request, "calls/entry_detail.html", context)


def _left_to(user: Any, entry: Entry) -> dict[str, bool]:
    """Whether a juror may still score the entry or stand back from it."""
    if not user.has_perm("calls.score_entry", entry):
        return {"may_score": False, "may_stand_back": False}
    done = jury.judged_by(user, entry.track.call).get(entry.pk, "")
    return {"may_score": done != "stood_back", "may_stand_back": not done}


def _scores(entry: Entry, user: Any, *, is_public: bool) -> list[Score]:
    """For everyone once the results are public; before, for the jury and who runs the call."""
    call = entry.track.call
    runs_it = user.is_authenticated and call.department_id in user.departments
    if is_public or runs_it or _own_seats(call, user):
        return jury.scores_seen_by(entry, user)
    return []


def _in_words(scores: list[Any]) -> list[dict[str, Any]]:
    """Each score with the name and the points of each criterion, and its weighted points."""
    return [
        {
            "score": one,
            "points": [(Criterion(name).label, getattr(one, name)) for name in Criterion.values],
            "total": jury.weighted(one, one.entry.track.call),
        }
        for one in scores
    ]


@require_safe
def entry_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the file of an entry to whoever may see the entry."""
    found = get_object_or_404(Entry.objects.visible_to(request.user), pk=pk)
    if not found.file:
        raise Http404
    return hand_out(request, found.file, name=found.file_name, content_type=found.content_type)
