"""Pages that everyone reads: councils, meetings and motions."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from governance.domain import councils, divisions, meetings, minutes, sentences
from governance.forms import MeetingFilterForm, MotionFilterForm
from governance.models import Council, Meeting, MeetingState, Motion, MotionState
from portal import registry
from portal.paging import page_of

FEW = 10


@require_GET
def list_councils(request: HttpRequest) -> HttpResponse:
    found = Council.objects.visible_to(request.user).standing().with_seats()
    rows = [
        {"council": council, "checks": councils.composition(council), "shares": shares(council)}
        for council in found
    ]
    coming = Meeting.objects.visible_to(request.user).coming().select_related("council")
    context = {"rows": rows, "meetings": coming.order_by("starts_at", "pk")[:FEW]}
    return render(request, "governance/council_list.html", context)


def shares(council: Council) -> list[dict[str, Any]]:
    """The seats of today by sector: name, number and whole percent."""
    seats = councils.seats_of(council)
    found: dict[int, dict[str, Any]] = {}
    for place in sorted(seats, key=lambda s: (s.sector.order, s.pk)):
        row = found.setdefault(place.sector_id, {"name": place.sector.name, "seats": 0})
        row["seats"] += 1
        row["percent"] = row["seats"] * councils.FULL // len(seats)
    return list(found.values())


@require_GET
def council(request: HttpRequest, code: str) -> HttpResponse:
    visible = Council.objects.visible_to(request.user).with_seats()
    found = get_object_or_404(visible, code=code)
    recent = Meeting.objects.visible_to(request.user).of_council(found)
    context = {
        "council": found,
        "checks": councils.composition(found),
        "shares": shares(found),
        "rule": sentences.rule(found.rule),
        "meetings": recent.select_related("council").order_by("-starts_at", "-pk")[:FEW],
        "motions": found.motions.visible_to(request.user).order_by("-created_at", "-pk")[:FEW],
    }
    return render(request, "governance/council_detail.html", context)


@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Meeting.objects.visible_to(request.user)
    found = get_object_or_404(
        visible.select_related(
            "council__body", "minutes__signed_by", "minutes__written_by"
        ).prefetch_related("items__motion__proposal", "attendances__seat"),
        pk=pk,
    )
    seats = meetings.seats_of(found)
    statuses = {a.seat_id: a for a in found.attendances.all()}
    context = {
        "meeting": found,
        "places": [{"seat": seat, "attendance": statuses.get(seat.pk)} for seat in seats],
        "quorum": meetings.quorum(found),
        "days": meetings.days_of_notice(found, found.noticed_at),
        "signers": found.state == MeetingState.CLOSED and minutes.signers(found),
    }
    return render(request, "governance/meeting_detail.html", context)


@require_GET
def list_meetings(request: HttpRequest) -> HttpResponse:
    form = MeetingFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = Meeting.objects.visible_to(request.user).select_related("council")
    if chosen.get("council"):
        found = found.of_council(chosen["council"])
    page = page_of(found, ["starts_at", "id"], after=request.GET.get("after", ""))
    return render(request, "governance/meeting_list.html", {"page": page, "form": form})


@require_GET
def list_motions(request: HttpRequest) -> HttpResponse:
    form = MotionFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = Motion.objects.visible_to(request.user).for_lists()
    if chosen.get("council"):
        found = found.of_council(chosen["council"])
    if chosen.get("state"):
        found = {"decided": found.decided, "undecided": found.undecided}[chosen["state"]]()
    page = page_of(found, ["created_at", "id"], after=request.GET.get("after", ""))
    return render(request, "governance/motion_list.html", {"page": page, "form": form})


@require_GET
def motion(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Motion.objects.visible_to(request.user)
    found = get_object_or_404(
        visible.select_related("council__body", "proposal", "meeting__council").prefetch_related(
            "recusals__seat__member", "items__meeting__council"
        ),
        pk=pk,
    )
    rule = found.rule or found.council.rule
    context = {
        "motion": found,
        "rule": sentences.rule(rule),
        "result": sentences.result(found) if found.outcome else "",
        "steps": sentences.steps(found) if found.outcome else [],
        "ways": registry.ways_on(registry.motion_links, found, request.user),
        **_votes(request, found),
    }
    return render(request, "governance/motion_detail.html", context)


def _votes(request: HttpRequest, motion: Motion) -> dict[str, Any]:
    """Each vote once the vote is closed; before, only how many there are, and one's own."""
    if motion.state == MotionState.TABLED:
        return {}
    if not motion.is_open:
        named = motion.votes.final().select_related("seat__member", "seat__sector")
        return {"votes": sorted(named, key=lambda vote: (vote.choice, vote.seat_id))[::-1]}
    counted = motion.votes.aggregate(n=Count("seat", distinct=True))["n"]
    mine = motion.votes.filter(Q(member_id=request.user.pk)).order_by("-seq").first()
    return {"voted": counted, "may_vote": divisions.count(motion).present, "mine": mine}
