"""Pages on which the secretary leads a meeting from the plan to the signed minutes."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
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
    SignForm,
)
from governance.models import Council, Meeting
from portal.access import SignedInRequest, get_allowed
from portal.asking import Ask, ask, attempt, done, posted

STEP = Meeting.objects.select_related("council", "minutes__written_by")

PLAN = Ask(
    _lazy("Plan a meeting"),
    _lazy("Only you see a plan. Members are told when you give notice, {n} days before."),
    _lazy("Plan the meeting"),
)
REVISE = Ask(
    _lazy("Change the plan"),
    _lazy("Until notice is given, time and place can be changed."),
    _lazy("Keep the change"),
)
ADD_ITEM = Ask(
    _lazy("Add to the agenda"),
    _lazy("The agenda goes out with the notice and cannot be changed after it."),
    _lazy("Add the point"),
)
NOTICE = Ask(
    _lazy("Give notice"),
    _lazy("{days} days are left until the meeting; the council's rule asks for {needed}."),
    _lazy("Give notice"),
)
MARK = Ask(
    _lazy("Note who is there"),
    _lazy("Only members noted as present, in the room or by video, can vote."),
    _lazy("Keep the list"),
)
OPEN_MEETING = Ask(
    _lazy("Open the meeting"),
    _lazy("{present} of {seats} members are noted as present; {needed} are needed."),
    _lazy("Open the meeting"),
)
CLOSE = Ask(
    _lazy("Close the meeting"),
    _lazy("After this nobody votes in it any more."),
    _lazy("Close the meeting"),
)
CANCEL = Ask(
    _lazy("Cancel the meeting"),
    _lazy("Members who had notice are told. Motions wait for another meeting."),
    _lazy("Cancel the meeting"),
    "danger",
)
WRITE_MINUTES = Ask(
    _lazy("Write the minutes"),
    _lazy(
        "Name, council, time, place, members and agenda are added by themselves. A field may stay "
        "empty for now; the minutes can be signed once every field is filled."
    ),
    _lazy("Keep the minutes"),
)
SIGN_MINUTES = Ask(
    _lazy("Sign the minutes"),
    _lazy(
        "{writer} wrote them. If something is wrong, do not sign, but say so: they can still be "
        "changed. Signed minutes are public at once and can never be changed."
    ),
    _lazy("Sign the minutes"),
    template="governance/minutes_sign.html",
)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: SignedInRequest, code: str) -> HttpResponse:
    council = get_allowed(request.user, "governance.plan_meeting", Council.objects, code=code)
    form = MeetingForm(posted(request))
    if meeting := attempt(
        form, lambda: meetings.plan(council, by=request.user, written=form.cleaned_data)
    ):
        return done(request, meeting, _("The meeting is planned. Now put points on its agenda."))
    return ask(request, council, PLAN.of(n=council.notice_days), form)


@login_required
@require_http_methods(["GET", "POST"])
def revise(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.revise_meeting", STEP, pk=pk)
    now = {name: getattr(meeting, name) for name in ("starts_at", "place", "is_online")}
    form = MeetingForm(posted(request), initial=now)
    if attempt(form, lambda: meetings.revise(meeting, by=request.user, written=form.cleaned_data)):
        return done(request, meeting, _("The plan is changed."))
    return ask(request, meeting, REVISE, form)


@login_required
@require_http_methods(["GET", "POST"])
def add_item(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.revise_meeting", STEP, pk=pk)
    form = AgendaForm(posted(request), meeting=meeting)
    if attempt(form, lambda: meetings.add_item(meeting, by=request.user, **form.cleaned_data)):
        return done(request, meeting, _("The point is on the agenda."))
    return ask(request, meeting, ADD_ITEM, form)


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
    if attempt(form, lambda: meetings.notice(meeting, by=request.user, **form.cleaned_data)):
        return done(request, meeting, _("Notice is given; all members are told."))
    facts = {"days": meetings.days_of_notice(meeting), "needed": meeting.council.notice_days}
    return ask(request, meeting, NOTICE.of(**facts), form)


@login_required
@require_http_methods(["GET", "POST"])
def mark(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.mark_meeting", STEP, pk=pk)
    now = dict(meeting.attendances.values_list("seat_id", "status"))
    form = AttendanceForm(posted(request), seats=meetings.seats_of(meeting), now=now)
    if attempt(form, lambda: meetings.mark(meeting, by=request.user, presence=form.presence)):
        return done(request, meeting, _("It is noted who is there."))
    return ask(request, meeting, MARK, form)


@login_required
@require_http_methods(["GET", "POST"])
def open_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.open_meeting", STEP, pk=pk)
    form = ConfirmForm(posted(request))
    if attempt(form, lambda: meetings.open(meeting, by=request.user)):
        return done(request, meeting, _("The meeting is in session."))
    found = meetings.quorum(meeting)
    facts = {"present": found.present, "seats": found.seats, "needed": found.needed}
    return ask(request, meeting, OPEN_MEETING.of(**facts), form)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.close_meeting", STEP, pk=pk)
    form = ConfirmForm(posted(request))
    if attempt(form, lambda: meetings.close(meeting, by=request.user)):
        return done(request, meeting, _("The meeting is closed. Now write the minutes."))
    return ask(request, meeting, CLOSE, form)


@login_required
@require_http_methods(["GET", "POST"])
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.cancel_meeting", STEP, pk=pk)
    form = ReasonForm(posted(request))
    if attempt(form, lambda: meetings.cancel(meeting, by=request.user, **form.cleaned_data)):
        return done(request, meeting, _("The meeting is cancelled."))
    return ask(request, meeting, CANCEL, form)


@login_required
@require_http_methods(["GET", "POST"])
def write_minutes(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.write_minutes", STEP, pk=pk)
    form = MinutesForm(posted(request), initial=minutes.begun(meeting))
    if attempt(form, lambda: minutes.write(meeting, by=request.user, written=form.cleaned_data)):
        return done(request, meeting, _("The minutes are kept. They are public once signed."))
    return ask(request, meeting, WRITE_MINUTES, form)


@login_required
@require_http_methods(["GET", "POST"])
def sign_minutes(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_allowed(request.user, "governance.sign_minutes", STEP, pk=pk)
    now = {"seen": minutes.digest(meeting.minutes)}
    form = SignForm(posted(request), initial=now)
    if attempt(form, lambda: minutes.sign(meeting, by=request.user, **form.cleaned_data)):
        return done(request, meeting, _("The minutes are signed and public."))
    if form.is_bound:
        form.data = now  # The page shows the minutes as they are now.
    writer = meeting.minutes.written_by.name
    return ask(request, meeting, SIGN_MINUTES.of(writer=writer), form, minutes=meeting.minutes)
