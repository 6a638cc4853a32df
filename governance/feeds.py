"""Meetings for calendars: RFC 5545, without a library."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from governance.models import Council, Meeting, MeetingQuerySet, MeetingState

MOST = 200
LINE = 75
LENGTH = timedelta(hours=2)
STATUS = {str(MeetingState.CANCELLED): "CANCELLED"}


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """All announced meetings, newest first."""
    return _answer(Meeting.objects.noticed(), _("Meetings of the councils"))


@require_GET
def council_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The announced meetings of one council."""
    council = get_object_or_404(Council.objects.visible_to(request.user), code=code)
    return _answer(Meeting.objects.noticed().of_council(council), council.name)


def _answer(found: MeetingQuerySet, title: str) -> HttpResponse:
    meetings = found.select_related("council").prefetch_related("items")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hamkke//Councils//KO",
        f"X-WR-CALNAME:{_text(title)}",
        *(line for meeting in meetings.order_by("-starts_at")[:MOST] for line in _event(meeting)),
        "END:VCALENDAR",
    ]
    body = "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def _event(meeting: Meeting) -> list[str]:
    url = settings.SITE_URL + meeting.get_absolute_url()
    agenda = "\n".join(f"{item.order}. {item.title}" for item in meeting.items.all())
    return [
        "BEGIN:VEVENT",
        f"UID:meeting-{meeting.pk}@{settings.SITE_URL.partition('//')[2]}",
        f"DTSTAMP:{_moment(meeting.state_since)}",
        f"DTSTART:{_moment(meeting.starts_at)}",
        f"DTEND:{_moment(meeting.closed_at or meeting.starts_at + LENGTH)}",
        f"SUMMARY:{_text(meeting.title)}",
        f"LOCATION:{_text(meeting.place)}",
        f"DESCRIPTION:{_text(agenda)}",
        f"URL:{url}",
        f"STATUS:{STATUS.get(meeting.state, 'CONFIRMED')}",
        "END:VEVENT",
    ]


def _moment(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """Escape what has a meaning of its own in a calendar."""
    for mark in ("\\", ";", ","):
        value = value.replace(mark, f"\\{mark}")
    return value.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterable[str]:
    """Break a line after 75 bytes at most, never inside a letter."""
    part, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + width
    yield part
