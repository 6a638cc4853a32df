"""Requests about one's own data, from receipt to an answer within the days of the decree.

Access, correction and erasure, and stop are answered within ten days (decree of the Personal
Information Protection Act, articles 41(4), 43(3) and 44(2)); a refusal names its reason and what
can be done against it (act, article 38(5)).
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.domain.calendar import city_calendar
from portal.accounts.models import Appointment, Role, User
from portal.audit.domain import log
from portal.deadlines import civil_days
from portal.notifications.domain import notes
from portal.refusals import Refused
from portal.rights.models import About, DataRequest, RequestKind, RequestState

REMIND_BEFORE = timedelta(days=3)
READ_FOR = "answering the request about own data"
MOST_OPEN = 20


@transaction.atomic
def receive(person: User, *, asked: Mapping[str, Any]) -> DataRequest:
    """Take a request (``kind``, ``about``, ``wish``, ``new_value``) and start its clock.

    Raises ``Refused`` where so many wait already that one more would only hide them.
    """
    if person.data_requests.open().count() >= MOST_OPEN:
        raise Refused(_("Many of your requests wait for an answer. Please await those first."))
    today = timezone.localdate()
    due_on = civil_days(today, settings.DATA_REQUEST_DAYS, holidays=city_calendar())
    request = DataRequest.objects.create(person=person, received_on=today, due_on=due_on, **asked)
    log.record("received", request, by=person, kind=request.kind, about=request.about)
    notes.leave(
        person,
        "data_request_received",
        url=request.get_absolute_url(),
        what=kind(request),
        due=due_on,
    )
    _tell_operators(request, "data_request_waits")
    return request


@transaction.atomic
def withdraw(request: DataRequest, *, by: User) -> DataRequest:
    """Let the person take a request back."""
    return request.move(RequestState.WITHDRAWN, by=by)


@transaction.atomic
def answer(
    request: DataRequest, *, by: User, outcome: str, reason: str, remedy: str
) -> DataRequest:
    """Answer a request and tell the person.

    A name that is granted is put right at once. Raises ``Refused`` where a request is not granted
    in full and the reason or the remedy is missing, and where people would answer themselves.
    """
    if by == request.person:
        raise Refused(_("Nobody answers their own request. Another operator does."))
    if outcome != RequestState.GRANTED and not (reason.strip() and remedy.strip()):
        raise Refused(_("Say why it is not granted in full, and what can be done against it."))
    request.move(
        outcome,
        by=by,
        also={
            "reason": reason,
            "remedy": remedy,
            "answered_by": by,
            "answered_at": timezone.now(),
        },
    )
    if outcome == RequestState.GRANTED:
        _put_right(request, by=by)
    notes.leave(
        request.person,
        "data_request_answered",
        url=request.get_absolute_url(),
        what=kind(request),
        outcome=RequestState(outcome).label,
    )
    return request


def _put_right(request: DataRequest, *, by: User) -> None:
    """Write the name that was found to be right; all other data have pages of their own."""
    if request.kind != RequestKind.CORRECTION or request.about != About.NAME:
        return
    if request.new_value.strip():
        User.objects.filter(pk=request.person_id).update(name=request.new_value.strip()[:60])
        log.record("name_corrected", request.person, by=by)


def kind(request: DataRequest) -> Any:
    """The kind of a request, as words that each reader gets in their language."""
    return RequestKind(request.kind).label


def note_read(request: DataRequest, *, by: User) -> None:
    """Remember that an operator looked at the person's data, so that the person can see it."""
    if by != request.person:
        log.record_read(request.person, by=by, purpose=READ_FOR)


def remind() -> int:
    """Remind of requests that are due within three days, and once more when one is late."""
    today, now = timezone.localdate(), timezone.now()
    waiting = DataRequest.objects.open().select_related("person")
    soon = waiting.filter(due_on__lte=today + REMIND_BEFORE, reminded_at=None)
    late = waiting.filter(due_on__lt=today, late_told_at=None)
    return sum(_remind(r, "late_told_at", "data_request_late", now) for r in late[:100]) + sum(
        _remind(r, "reminded_at", "data_request_due", now)
        for r in soon.filter(due_on__gte=today)[:100]
    )


@transaction.atomic
def _remind(request: DataRequest, column: str, note: str, now: Any) -> int:
    unsaid = DataRequest.objects.open().filter(pk=request.pk, **{column: None})
    if not unsaid.update(**{column: now}):
        return 0
    log.record("reminded", request, by=None, day=str(request.due_on))
    _tell_operators(request, note)
    return 1


def _tell_operators(request: DataRequest, note: str) -> None:
    held = Appointment.objects.current().filter(role=Role.OPERATOR, user__is_active=True)
    operators = User.objects.filter(appointments__in=held).exclude(pk=request.person_id).distinct()
    notes.leave_for_all(
        operators, note, url=request.get_absolute_url(), what=kind(request), due=request.due_on
    )


@transaction.atomic
def forget_texts(request: DataRequest) -> bool:
    """Erase what the person wrote and what was answered; that there was a request stays."""
    if request.is_open:
        request.move(RequestState.WITHDRAWN, by=None)
    told = DataRequest.objects.filter(pk=request.pk).exclude(
        wish="", new_value="", reason="", remedy=""
    )
    if not told.update(wish="", new_value="", reason="", remedy=""):
        return False
    log.record("emptied", request, by=None)
    return True
