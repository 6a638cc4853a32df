"""The work lists of those who run calls, judge them and take care of local problems."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Role, User
from portal.calls.domain import calls, makeup
from portal.calls.models import (
    Call,
    CallState,
    Entry,
    Juror,
    Problem,
    Recusal,
    Score,
    Track,
)
from portal.registry import DeskItem, DeskQueue

RUNNING = (CallState.DRAFT, CallState.JUDGING, CallState.PUBLISHED)


def is_official(person: User) -> bool:
    return person.holds(Role.OFFICIAL, Role.APPROVER)


def alert(person: User, most: int = 1) -> list[DeskItem]:
    """One line where no call has been open for too long."""
    if not calls.is_alert_due():
        return []
    days = calls.days_without_call()
    words = gettext("No call was open for {days} days").format(
        days=days or settings.CALL_ALERT_DAYS
    )
    return [
        DeskItem(
            title=words if days else gettext("There was no call yet"), url=reverse("calls:plan")
        )
    ]


def to_run(person: User) -> Any:
    mine = Call.objects.of_departments(person.departments)
    return mine.filter(state__in=RUNNING).order_by("results_by", "pk")


def _due_of(call: Call) -> Any:
    return call.results_by if call.state == CallState.JUDGING else None


def to_seat(person: User) -> list[tuple[Track, int]]:
    """Tracks of open calls of the person's departments, and how many their juries lack."""
    open_calls = Call.objects.of_departments(person.departments).filter(state=CallState.OPEN)
    tracks = Track.objects.filter(call__in=open_calls).select_related("call")
    found = tracks.order_by("call__closes_at", "pk").prefetch_related("jurors")
    lacking = [(track, makeup.of(track.jurors.all()).missing) for track in found]
    return [(track, missing) for track, missing in lacking if missing]


def _juries(person: User, most: int) -> list[DeskItem]:
    words = gettext("{track}: members who are no officials still missing: {n}")
    return [
        DeskItem(
            title=track.call.title,
            url=reverse("calls:jury", args=[track.call_id]),
            due=timezone.localdate(track.call.closes_at),
            note=words.format(track=track, n=missing),
        )
        for track, missing in to_seat(person)[:most]
    ]


def to_score(person: User) -> Any:
    """Entries that a juror has neither scored nor stood back from."""
    seat = Juror.objects.of_person(person).filter(track=OuterRef("track"))
    scored = Score.objects.filter(entry=OuterRef("pk"), juror__person=person)
    stood_back = Recusal.objects.filter(entry=OuterRef("pk"), juror__person=person)
    waiting = Entry.objects.present().filter(
        Exists(seat), ~Exists(scored), ~Exists(stood_back), track__call__state=CallState.JUDGING
    )
    return waiting.select_related("track__call").order_by("track__call__judged_by", "pk")


def is_juror(person: User) -> bool:
    return person.is_authenticated and Juror.objects.of_person(person).exists()


def received(_person: User) -> Any:
    return Problem.objects.received().order_by("created_at", "pk")


def to_handle(person: User) -> Any:
    mine = Problem.objects.open().of_departments(person.departments)
    return mine.order_by("-vote_count", "-me_too_count", "pk")


def _problems(found: Any) -> list[DeskItem]:
    return [
        DeskItem(
            title=problem.title,
            url=problem.get_absolute_url(),
            note=problem.get_state_display(),
            since=problem.state_since,
        )
        for problem in found
    ]


QUEUES = [
    DeskQueue(
        key="calls-alert",
        title=_("Calls for ideas missing"),
        empty=_("A call is open, or was not long ago."),
        concerns=is_official,
        count=lambda person: len(alert(person)),
        items=alert,
        order=80,
    ),
    DeskQueue(
        key="calls-to-run",
        title=_("Calls of my department"),
        empty=_("No call of your department waits for a step."),
        concerns=is_official,
        count=lambda person: to_run(person).count(),
        items=lambda person, most: [
            DeskItem(call.title, call.get_absolute_url(), _due_of(call), call.get_state_display())
            for call in to_run(person)[:most]
        ],
        order=70,
    ),
    DeskQueue(
        key="calls-juries",
        title=_("Juries to complete"),
        empty=_("The juries of your open calls are complete."),
        concerns=is_official,
        count=lambda person: len(to_seat(person)),
        items=_juries,
        order=69,
    ),
    DeskQueue(
        key="calls-to-score",
        title=_("Entries to score"),
        empty=_("You have scored every entry."),
        concerns=is_juror,
        count=lambda person: to_score(person).count(),
        items=lambda person, most: [
            DeskItem(
                entry.title,
                entry.get_absolute_url(),
                entry.track.call.judged_by,
                entry.track.call.title,
            )
            for entry in to_score(person)[:most]
        ],
        order=18,
    ),
    DeskQueue(
        key="problems-received",
        title=_("Local problems to look over"),
        empty=_("Every report has been looked over."),
        concerns=is_official,
        count=lambda person: received(person).count(),
        items=lambda person, most: _problems(received(person)[:most]),
        order=60,
    ),
    DeskQueue(
        key="problems-open",
        title=_("Local problems of my department"),
        empty=_("No local problem waits for your department."),
        concerns=is_official,
        count=lambda person: to_handle(person).count(),
        items=lambda person, most: _problems(to_handle(person)[:most]),
        order=65,
    ),
]
