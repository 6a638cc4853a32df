"""The life of a meeting: planned, noticed, opened with a quorum, closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.domain import constraints, councils, minutes, tally
from governance.models import (
    AgendaItem,
    Attendance,
    Council,
    Meeting,
    MeetingState,
    Motion,
    MotionState,
    Seat,
)
from portal.accounts.models import User
from portal.audit.domain import log
from portal.notifications.domain import notes
from portal.proposals.domain.proposals import forget_kept_pages
from portal.refusals import Refused

AGENDA_REFUSALS = {
    "a_motion_stands_once_on_an_agenda": gettext_lazy("This motion is already on the agenda."),
}


@dataclass(frozen=True)
class Quorum:
    """How many are there, of how many seats, and how many it takes."""

    seats: int
    present: int
    needed: int
    met: bool


@transaction.atomic
def plan(council: Council, *, by: User, written: Mapping[str, Any]) -> Meeting:
    """Plan the council's next meeting; ``written`` has ``starts_at``, ``place``, ``is_online``."""
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    last = council.meetings.aggregate(last=Max("number"))["last"] or 0
    meeting = Meeting.objects.create(council=council, number=last + 1, **written)
    log.record("planned", meeting, by=by, **_facts(meeting))
    return meeting


@transaction.atomic
def revise(meeting: Meeting, *, by: User, written: Mapping[str, Any]) -> Meeting:
    """Change time or place of a plan. Raises ``Refused`` once notice was given."""
    if not Meeting.objects.planned().filter(pk=meeting.pk).update(**written):
        raise Refused(_("Notice of this meeting was given; it can only be cancelled now."))
    meeting.refresh_from_db()
    log.record("revised", meeting, by=by, **_facts(meeting))
    return meeting


@transaction.atomic
def add_item(
    meeting: Meeting, *, by: User, title: str = "", motion: Motion | None = None
) -> AgendaItem:
    """Put a point, or a motion, on the agenda of a planned meeting.

    Raises ``Refused`` once notice was given, and for a motion that is another council's,
    decided, or on the agenda already.
    """
    _insist_on_plan(meeting)
    if motion is not None:
        _insist_on_waiting(meeting, motion)
    last = meeting.items.aggregate(last=Max("order"))["last"] or 0
    words = title.strip() or (motion.title if motion else "")
    if not words:
        raise Refused(_("Write what the point is about, or choose a motion."))
    with constraints.in_words(AGENDA_REFUSALS):
        item = meeting.items.create(order=last + 1, title=words, motion=motion)
    log.record("agenda_changed", meeting, by=by, added=words)
    return item


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User) -> Meeting:
    """Take a point off the agenda of a planned meeting."""
    _insist_on_plan(item.meeting)
    log.record("agenda_changed", item.meeting, by=by, removed=item.title)
    item.delete()
    return item.meeting


@transaction.atomic
def notice(
    meeting: Meeting, *, by: User, emergency_reason: str = "", at: datetime | None = None
) -> Meeting:
    """Give notice of time, place and agenda to the members and to everyone.

    Raises ``Refused`` without an agenda, for a time that has passed, and where fewer days are
    left than the council's rule asks for, unless ``emergency_reason`` says why it cannot wait.
    """
    at = at or timezone.now()
    agenda = [item.title for item in meeting.items.all()]
    if not agenda:
        raise Refused(_("There is no agenda yet. Members must know what the meeting is about."))
    _insist_on_time(meeting, at, emergency_reason)
    also = {"noticed_at": at, "emergency_reason": emergency_reason.strip()}
    detail = {"agenda": {"items": agenda}, **_facts(meeting)}
    if emergency_reason:
        detail["reason"] = emergency_reason
    meeting.move(MeetingState.NOTICED, by=by, also=also, **detail)
    _tell_members(meeting, "meeting_noticed")
    forget_kept_pages()
    return meeting


def days_of_notice(meeting: Meeting, at: datetime | None = None) -> int:
    """Whole days between the notice (now) and the meeting."""
    start = timezone.localdate(meeting.starts_at)
    return (start - timezone.localdate(at or timezone.now())).days


@transaction.atomic
def mark(meeting: Meeting, *, by: User, presence: Mapping[int, str]) -> Meeting:
    """Write down who is there; ``presence`` gives the status of each seat by its key.

    Raises ``Refused`` before the notice and after the close, and for a seat of another council.
    """
    Meeting.objects.select_for_update(of=["self"]).get(pk=meeting.pk)
    meeting.refresh_from_db(fields=["state"])
    if meeting.state not in {MeetingState.NOTICED, MeetingState.OPENED}:
        raise Refused(_("Attendance is taken between the notice and the close of a meeting."))
    seats = {place.pk for place in seats_of(meeting)}
    if not seats.issuperset(presence):
        raise Refused(_("Somebody on this list has no seat in the council on that day."))
    now = timezone.now()
    for seat_id, status in presence.items():
        Attendance.objects.update_or_create(
            meeting=meeting, seat_id=seat_id, defaults={"status": status, "at": now}
        )
    log.record("attendance_taken", meeting, by=by, presence=dict(sorted(presence.items())))
    forget_kept_pages()
    return meeting


def seats_of(meeting: Meeting) -> list[Seat]:
    """The seats of the council on the day of the meeting."""
    return councils.seats_of(meeting.council, timezone.localdate(meeting.starts_at))


def quorum(meeting: Meeting) -> Quorum:
    """Hold those who are there against the council's rule."""
    seats = seats_of(meeting)
    here = {a.seat_id for a in meeting.attendances.all() if a.is_here}
    present = sum(place.pk in here for place in seats)
    rule = meeting.council.rule
    # At the opening nobody has voted yet: being there is what counts.
    everyone = {
        **rule,
        "quorum": {**rule["quorum"], "part": "present"},
        "present_counts": list(tally.PRESENCE),
    }
    counted = tally.Counts(seated=len(seats), present=present, yes=0, no=0)
    step = tally.outcome(everyone, counted).steps[0]
    return Quorum(len(seats), present, step["needed"] or len(seats), step["met"])


@transaction.atomic
def open(meeting: Meeting, *, by: User) -> Meeting:  # noqa: A001  the call reads meetings.open
    """Open a noticed meeting.

    Raises ``Refused`` before its day, without a quorum, and while the council's composition
    breaks a rule.
    """
    Meeting.objects.select_for_update(of=["self"]).get(pk=meeting.pk)
    if timezone.localdate() < timezone.localdate(meeting.starts_at):
        raise Refused(_("The meeting was announced for a later day."))
    councils.insist_on_composition(meeting.council, timezone.localdate(meeting.starts_at))
    found = quorum(meeting)
    if not found.met:
        raise Refused(
            _(
                "There is no quorum: {present} of {seats} members are here, {needed} are needed."
            ).format(present=found.present, seats=found.seats, needed=found.needed)
        )
    meeting.move(
        MeetingState.OPENED,
        by=by,
        also={"opened_at": timezone.now()},
        quorum={"seats": found.seats, "present": found.present, "needed": found.needed},
    )
    forget_kept_pages()
    return meeting


@transaction.atomic
def close(meeting: Meeting, *, by: User) -> Meeting:
    """Close a meeting. Raises ``Refused`` while members still vote."""
    voting = [MotionState.OPEN, MotionState.AWAITING_CASTING_VOTE]
    Meeting.objects.select_for_update(of=["self"]).get(pk=meeting.pk)
    if meeting.motions.filter(state__in=voting).exists():
        raise Refused(_("A vote is still open. Close the vote first."))
    meeting.move(MeetingState.CLOSED, by=by, also={"closed_at": timezone.now()})
    minutes.ask_to_sign(meeting)
    forget_kept_pages()
    return meeting


@transaction.atomic
def cancel(meeting: Meeting, *, by: User, reason: str) -> Meeting:
    """Call a meeting off, for a reason that everyone reads, and tell the members."""
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    meeting.move(MeetingState.CANCELLED, by=by, reason=reason)
    if meeting.noticed_at:
        _tell_members(meeting, "meeting_cancelled", reason=reason)
    forget_kept_pages()
    return meeting


def _facts(meeting: Meeting) -> dict[str, Any]:
    return {"starts_at": meeting.starts_at.isoformat(), "place": meeting.place}


def _insist_on_time(meeting: Meeting, at: datetime, emergency_reason: str) -> None:
    if meeting.starts_at <= at:
        raise Refused(_("The time of this meeting has passed. Plan another time first."))
    days, needed = days_of_notice(meeting, at), meeting.council.notice_days
    if days < needed and not emergency_reason.strip():
        raise Refused(
            _(
                "Notice is due {needed} days before the meeting, and only {days} are left. "
                "Choose a later day, or give the reason why it cannot wait."
            ).format(needed=needed, days=days)
        )


def _insist_on_plan(meeting: Meeting) -> None:
    if not Meeting.objects.select_for_update().planned().filter(pk=meeting.pk).exists():
        raise Refused(_("Notice was given with this agenda; it can no longer be changed."))


def _insist_on_waiting(meeting: Meeting, motion: Motion) -> None:
    if motion.council_id != meeting.council_id:
        raise Refused(_("This motion is before another council."))
    if motion.state not in {MotionState.TABLED, MotionState.NO_QUORUM}:
        raise Refused(_("This motion does not wait for a meeting."))


def _tell_members(meeting: Meeting, kind: str, **context: Any) -> None:
    members = [place.member for place in seats_of(meeting)]
    facts: dict[str, Any] = {
        "council": meeting.council,
        "when": meeting.starts_at,
        "place": meeting.place,
    }
    notes.leave_for_all(members, kind, url=meeting.get_absolute_url(), **facts, **context)
