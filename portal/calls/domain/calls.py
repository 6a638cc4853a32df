"""The life of a call: planned, announced in time, open, judged, published with what was used."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Appointment, Department, Role, User
from portal.audit.domain import log
from portal.calls.domain import jury, makeup
from portal.calls.models import Call, CallState, Entry, Prize, Track
from portal.notifications.domain import notes
from portal.notifications.models import Note
from portal.page_cache import forget_pages
from portal.refusals import Refused

ALERT = "calls_none_open"
JURY_ALERT = "call_jury_incomplete"
DATES = ("opens_at", "closes_at", "judged_by", "results_by", "event_on", "event_ends_on")


@transaction.atomic
def plan(*, by: User, written: Mapping[str, Any], applicants: Iterable[str]) -> Call:
    """Write a call that only the department in charge sees yet, with a track for each applicant.

    Raises ``Refused`` where the department is not one that ``by`` works for.
    """
    columns = dict(written)
    supporting = columns.pop("supporting", ())
    if columns["department"].pk not in by.departments:
        raise Refused(_("You can plan a call only for a department that you work for."))
    call = Call.objects.create(created_by=by, **columns)
    _support(call, supporting)
    Track.objects.bulk_create(Track(call=call, applicant=a) for a in applicants)
    log.record("planned", call, by=by, title=call.title)
    return call


@transaction.atomic
def revise(call: Call, *, by: User, written: Mapping[str, Any], applicants: Iterable[str]) -> Call:
    """Change a call that is not announced yet. Raises ``Refused`` once it is."""
    columns = dict(written)
    supporting = columns.pop("supporting", ())
    if columns["department"].pk not in by.departments:
        raise Refused(_("You can plan a call only for a department that you work for."))
    drafts = Call.objects.filter(pk=call.pk, state=CallState.DRAFT)
    if not drafts.update(changed_at=timezone.now(), **columns):
        raise Refused(_("This call is already announced; its rules stay as they are."))
    _support(call, supporting)
    wanted = set(applicants)
    call.tracks.exclude(applicant__in=wanted).delete()
    for applicant in wanted:
        Track.objects.get_or_create(call=call, applicant=applicant)
    call.refresh_from_db()
    return call


@transaction.atomic
def drop(call: Call, *, by: User) -> None:
    """Give up a plan that only the department has seen. Raises ``Refused`` once it is announced."""
    log.record("dropped", call, by=by)
    deleted, _rows = Call.objects.filter(pk=call.pk, state=CallState.DRAFT).delete()
    if not deleted:
        raise Refused(_("This call is already announced. It can be cancelled, with a reason."))


def _support(call: Call, departments: Iterable[Department]) -> None:
    """Let ``departments`` help; the one in charge is not among them."""
    call.supporting.set([d for d in departments if d.pk != call.department_id])


@transaction.atomic
def set_prizes(track: Track, *, by: User, amounts: list[int]) -> Track:
    """Offer the prizes of a track, in won, the first place first.

    Raises ``Refused`` outside the limits of the settings, where a later place gets more than an
    earlier one, and once the call is announced.
    """
    least, most = settings.CALL_PRIZE_LEAST, settings.CALL_PRIZE_MOST
    if track.call.state != CallState.DRAFT:
        raise Refused(_("This call is already announced; its rules stay as they are."))
    if any(not least <= amount <= most for amount in amounts):
        words = _("A prize is between {least} and {most} won.")
        raise Refused(words.format(least=f"{least:,}", most=f"{most:,}"))
    if amounts != sorted(amounts, reverse=True):
        raise Refused(_("A later place cannot get more than an earlier one."))
    track.prizes.all().delete()
    Prize.objects.bulk_create(
        Prize(track=track, place=place, amount=amount)
        for place, amount in enumerate(amounts, start=1)
    )
    return track


@transaction.atomic
def announce(call: Call, *, by: User) -> Call:
    """Make a call public some days before it opens: the notice that every event owes.

    Raises ``Refused`` where it comes too late or where nobody is asked.
    """
    earliest = timezone.now() + timedelta(days=settings.CALL_NOTICE_DAYS)
    if call.opens_at < earliest:
        words = _("A call is announced at least {days} days before it opens. Choose a later day.")
        raise Refused(words.format(days=settings.CALL_NOTICE_DAYS))
    if not call.tracks.exists():
        raise Refused(_("Say for whom the call is: at least one track is needed."))
    step(call, CallState.ANNOUNCED, by=by, also={"announced_at": timezone.now()})
    return call


def open_due() -> int:
    """Open the calls whose day has come; return how many."""
    found = list(Call.objects.to_open())
    for call in found:
        open_call(call, by=None)
    return len(found)


@transaction.atomic
def open_call(call: Call, *, by: User | None) -> Call:
    """Let people hand in entries from now on."""
    step(call, CallState.OPEN, by=by)
    tell(call, "call_open", until=call.closes_at)
    return call


def judge_due() -> int:
    """Begin to judge the calls whose last moment has passed; return how many.

    Those that run a call whose jury is not complete are told, once.
    """
    return sum(_judge_or_warn(call) for call in Call.objects.to_judge())


def _judge_or_warn(call: Call) -> bool:
    try:
        begin_judging(call, by=None)
    except Refused as refusal:
        warn_of_jury(call, str(refusal))
        return False
    return True


@transaction.atomic
def begin_judging(call: Call, *, by: User | None) -> Call:
    """Ask the juries for their scores, once no more entries are taken.

    Raises ``Refused`` before that, and while a jury has too few members who are no officials.
    """
    if call.takes_entries:
        raise Refused(_("The call still takes entries. Judging begins when it has closed."))
    makeup.refuse_unmet(call)
    step(call, CallState.JUDGING, by=by)
    tell(call, "call_judging", until=call.judged_by)
    jurors = User.objects.filter(jury_seats__track__call=call).distinct()
    notes.leave_for_all(
        jurors, "call_to_score", url=call.get_absolute_url(), title=call.title, until=call.judged_by
    )
    return call


@transaction.atomic
def cancel(call: Call, *, by: User, reason: str) -> Call:
    """End a call without results, with a reason that everyone reads."""
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    step(call, CallState.CANCELLED, by=by, also={"reason": reason}, reason=reason)
    tell(call, "call_cancelled", reason=reason)
    return call


@transaction.atomic
def publish(call: Call, *, by: User, results: str) -> Call:
    """Publish what came of a call: ranks, prizes and how each entry was used.

    Raises ``Refused`` while juries still score or an entry has no word on its use.
    """
    if not results.strip():
        raise Refused(_("Say in a few words what came of the call."))
    if not jury.is_done(call):
        raise Refused(_("The jury has not scored everything yet, and its time is not over."))
    left = Entry.objects.of_call(call).without_use().count()
    if left:
        words = _("{n} entries have no word yet on how they are used, or why not.")
        raise Refused(words.format(n=left))
    jury.settle(call, by=by)
    now = timezone.now()
    step(call, CallState.PUBLISHED, by=by, also={"results": results, "published_at": now})
    tell(call, "call_published")
    return call


@transaction.atomic
def redate(call: Call, *, by: User, dates: Mapping[str, Any], reason: str) -> Call:
    """Give a call that is announced or open other days, with a reason that everyone reads.

    Raises ``Refused`` without a reason, and once judging has begun.
    """
    if not reason.strip():
        raise Refused(_("A reason is needed: everyone reads it."))
    columns = {name: dates[name] for name in DATES if name in dates}
    running = Call.objects.filter(pk=call.pk, state__in=[CallState.ANNOUNCED, CallState.OPEN])
    if not running.update(changed_at=timezone.now(), **columns):
        raise Refused(_("The days of this call can no longer be changed."))
    for name, value in columns.items():
        setattr(call, name, value)
    days = {name: str(value) for name, value in columns.items()}
    log.record("redated", call, by=by, reason=reason, days=days)
    tell(call, "call_redated", reason=reason, until=call.closes_at)
    transaction.on_commit(forget_pages)
    return call


@transaction.atomic
def close(call: Call, *, by: User) -> Call:
    """Put a call with published results away."""
    return step(call, CallState.CLOSED, by=by)


@transaction.atomic
def step(
    call: Call, to: str, *, by: User | None, also: Mapping[str, Any] | None = None, **detail: Any
) -> Call:
    """Move a call on, and let kept pages be made anew."""
    call.move(to, by=by, also={"changed_at": timezone.now(), **(also or {})}, **detail)
    transaction.on_commit(forget_pages)
    return call


def tell(call: Call, kind: str, **context: Any) -> None:
    """Leave a note for all who take part."""
    people = User.objects.filter(
        Q(team_memberships__call=call, team_memberships__left_at=None)
        | Q(call_entries__track__call=call)
    )
    notes.leave_for_all(
        people.distinct(), kind, url=call.get_absolute_url(), title=call.title, **context
    )


@transaction.atomic
def warn_of_jury(call: Call, why: str) -> None:
    """Tell the department in charge, once, that its call has closed without a complete jury."""
    url = call.get_absolute_url()
    if Note.objects.filter(kind=JURY_ALERT, url=url).exists():
        return
    held = Appointment.objects.current().filter(department=call.department)
    people = User.objects.filter(is_active=True, appointments__in=held).distinct()
    notes.leave_for_all(people, JURY_ALERT, url=url, title=call.title, why=why)


def days_without_call() -> int | None:
    """Whole days since a call was last open; ``None`` where one is, or never was one."""
    if Call.objects.open().exists():
        return None
    states = [CallState.OPEN, CallState.JUDGING, CallState.PUBLISHED, CallState.CLOSED]
    past = Call.objects.filter(state__in=states).order_by("-closes_at")
    last = past.values_list("closes_at", flat=True).first()
    return (timezone.now() - last).days if last else None


def is_alert_due() -> bool:
    """Whether no call has been open for so long that the last one looks like a one-off event."""
    days = days_without_call()
    if days is None:
        return not Call.objects.public().exists()
    return days >= settings.CALL_ALERT_DAYS


@transaction.atomic
def warn_officials() -> int:
    """Tell the approvers that no call is open, once in as many days as the setting names."""
    since = timezone.now() - timedelta(days=settings.CALL_ALERT_DAYS)
    told = Note.objects.filter(kind=ALERT, created_at__gt=since).exists()
    if told or days_without_call() is None or not is_alert_due():
        return 0
    holders = User.objects.filter(
        is_active=True, appointments__role=Role.APPROVER, appointments__revoked_at=None
    ).distinct()
    left = notes.leave_for_all(holders, ALERT, url="/calls/", days=str(settings.CALL_ALERT_DAYS))
    return len(left)
