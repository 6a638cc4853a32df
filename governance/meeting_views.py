"""Pages on which the secretary leads a meeting from the plan to the signed minutes."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from governance.domain import meetings, minutes
from governance.forms import (
    AgendaForm,
    AttendanceForm,
    ConfirmForm,
    MeetingForm,
    MinutesForm,
    NoticeForm,
    ReasonForm,
)
from governance.models import Council, Meeting
from governance.steps import ask, done, posted
from portal.access import SignedInRequest, get_allowed

STEP = Meeting.objects.select_related("council", "minutes")


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: SignedInRequest, code: str) -> HttpResponse:
    council = get_allowed(request.user, "governance.plan_meeting", Council.objects, code=code)
    form = MeetingForm(posted(request))
    if form.is_valid():
        meeting = meetings.plan(council, by=request.user, written=form.cleaned_data)
        return done(request, meeting, _("The meeting is planned. Now put points on its agenda."))
    lead = _("Only you see a plan. Members are told when you give notice, {n} days before.")
    return ask(
        request,
        council,
        form,
        title=_("Plan a meeting"),
        lead=lead.format(n=council.notice_days),
        submit=_("Plan the meeting"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def revise(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.revise_meeting", STEP, pk=pk)
    now = {name: getattr(meeting, name) for name in ("starts_at", "place", "is_online")}
    form = MeetingForm(posted(request), initial=now)
    if form.is_valid():
        meetings.revise(meeting, by=request.user, written=form.cleaned_data)
        return done(request, meeting, _("The plan is changed."))
    return ask(
        request,
        meeting,
        form,
        title=_("Change the plan"),
        lead=_("Until notice is given, time and place can be changed."),
        submit=_("Keep the change"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def add_item(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.revise_meeting", STEP, pk=pk)
    form = AgendaForm(posted(request), meeting=meeting)
    if form.is_valid():
        meetings.add_item(meeting, by=request.user, **form.cleaned_data)
        return done(request, meeting, _("The point is on the agenda."))
    return ask(
        request,
        meeting,
        form,
        title=_("Add to the agenda"),
        lead=_("The agenda goes out with the notice and cannot be changed after it."),
        submit=_("Add the point"),
    )


@login_required
@require_POST
def remove_item(request: SignedInRequest, pk: int, item: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.revise_meeting", STEP, pk=pk)
    meetings.remove_item(get_object_or_404(meeting.items, pk=item), by=request.user)
    return done(request, meeting, _("The point is off the agenda."))


@login_required
@require_http_methods(["GET", "POST"])
def notice(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.notice_meeting", STEP, pk=pk)
    form = NoticeForm(posted(request))
    if form.is_valid():
        meetings.notice(meeting, by=request.user, **form.cleaned_data)
        return done(request, meeting, _("Notice is given; all members are told."))
    lead = _("{days} days are left until the meeting; the council's rule asks for {needed}.")
    return ask(
        request,
        meeting,
        form,
        title=_("Give notice"),
        lead=lead.format(days=meetings.days_of_notice(meeting), needed=meeting.council.notice_days),
        submit=_("Give notice"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def mark(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.mark_meeting", STEP, pk=pk)
    now = dict(meeting.attendances.values_list("seat_id", "status"))
    form = AttendanceForm(posted(request), seats=meetings.seats_of(meeting), now=now)
    if form.is_valid():
        meetings.mark(meeting, by=request.user, presence=form.presence)
        return done(request, meeting, _("It is noted who is there."))
    return ask(
        request,
        meeting,
        form,
        title=_("Note who is there"),
        lead=_("Only members noted as present, in the room or by video, can vote."),
        submit=_("Keep the list"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def open_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.open_meeting", STEP, pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_valid():
        meetings.open(meeting, by=request.user)
        return done(request, meeting, _("The meeting is in session."))
    found = meetings.quorum(meeting)
    lead = _("{present} of {seats} members are noted as present; {needed} are needed.")
    return ask(
        request,
        meeting,
        form,
        title=_("Open the meeting"),
        lead=lead.format(present=found.present, seats=found.seats, needed=found.needed),
        submit=_("Open the meeting"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.close_meeting", STEP, pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_valid():
        meetings.close(meeting, by=request.user)
        return done(request, meeting, _("The meeting is closed. Now write the minutes."))
    return ask(
        request,
        meeting,
        form,
        title=_("Close the meeting"),
        lead=_("After this nobody votes in it any more."),
        submit=_("Close the meeting"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.cancel_meeting", STEP, pk=pk)
    form = ReasonForm(posted(request))
    if form.is_valid():
        meetings.cancel(meeting, by=request.user, **form.cleaned_data)
        return done(request, meeting, _("The meeting is cancelled."))
    return ask(
        request,
        meeting,
        form,
        title=_("Cancel the meeting"),
        lead=_("Members who had notice are told. Motions wait for another meeting."),
        submit=_("Cancel the meeting"),
        tone="danger",
    )


@login_required
@require_http_methods(["GET", "POST"])
def write_minutes(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.write_minutes", STEP, pk=pk)
    form = MinutesForm(posted(request), initial=minutes.begun(meeting))
    if form.is_valid():
        minutes.write(meeting, by=request.user, written=form.cleaned_data)
        return done(request, meeting, _("The minutes are kept. They are public once signed."))
    return ask(
        request,
        meeting,
        form,
        title=_("Write the minutes"),
        lead=_("Name, council, time, place, members and agenda are added by themselves."),
        submit=_("Keep the minutes"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def sign_minutes(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.sign_minutes", STEP, pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_valid():
        minutes.sign(meeting, by=request.user)
        return done(request, meeting, _("The minutes are signed and public."))
    return ask(
        request,
        meeting,
        form,
        title=_("Sign the minutes"),
        lead=_("Signed minutes are public at once and can never be changed."),
        submit=_("Sign the minutes"),
    )
