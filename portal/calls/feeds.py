"""News of calls and problems for feed readers, and the dates of calls for calendars."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.calls.models import Call, CallState, Problem

MOST = 50
LINE = 75


class NewCalls(Feed):
    """The fifty newest calls, as Atom."""

    feed_type = Atom1Feed
    title = gettext_lazy("Calls for ideas")
    subtitle = gettext_lazy("What the city asks its people for, and what came of it")
    link = reverse_lazy("calls:list")

    def items(self) -> QuerySet[Call]:
        found = Call.objects.public().select_related("department")
        return found.order_by("-announced_at", "-pk")[:MOST]

    def item_title(self, item: Call) -> str:
        return f"{item.title} ({item.get_state_display()})"

    def item_description(self, item: Call) -> str:
        return item.results or item.text

    def item_pubdate(self, item: Call):
        return item.announced_at

    def item_updateddate(self, item: Call):
        return item.changed_at


class NewProblems(Feed):
    """The fifty problems shared last, as Atom."""

    feed_type = Atom1Feed
    title = gettext_lazy("Local problems")
    subtitle = gettext_lazy("What people have noticed in the city")
    link = reverse_lazy("calls:problems")

    def items(self) -> QuerySet[Problem]:
        return Problem.objects.public().order_by("-shared_at", "-pk")[:MOST]

    def item_title(self, item: Problem) -> str:
        return item.title

    def item_description(self, item: Problem) -> str:
        return item.text

    def item_pubdate(self, item: Problem):
        return item.shared_at

    def item_updateddate(self, item: Problem):
        return item.changed_at


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The dates of all public calls, by RFC 5545: each opening, closing, event and result day."""
    found = Call.objects.public().order_by("-closes_at", "-pk")[:MOST]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hamkke//Calls//KO",
        f"X-WR-CALNAME:{_escaped(_('Dates of calls for ideas'))}",
        *(line for call in found for line in _events(call)),
        "END:VCALENDAR",
    ]
    body = "".join(f"{part}\r\n" for line in lines for part in _folded(line))
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def _events(call: Call) -> Iterable[str]:
    """The days of one call."""
    yield from _event(call, "opens", _("Opens: {title}"), call.opens_at)
    yield from _event(call, "closes", _("Last moment to take part: {title}"), call.closes_at)
    yield from _event(call, "results", _("Results: {title}"), call.results_by)
    if call.event_on:
        last = call.event_ends_on or call.event_on
        yield from _event(call, "event", "{title}", call.event_on, until=last)


def _event(
    call: Call, key: str, words: str, at: date | datetime, *, until: date | None = None
) -> list[str]:
    url = settings.SITE_URL + call.get_absolute_url()
    cancelled = call.state == CallState.CANCELLED
    return [
        "BEGIN:VEVENT",
        f"UID:call-{call.pk}-{key}@{settings.SITE_URL.partition('//')[2]}",
        f"DTSTAMP:{call.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        *_times(at, until),
        f"SUMMARY:{_escaped(words.format(title=call.title))}",
        *([f"LOCATION:{_escaped(call.place)}"] if key == "event" and call.place else []),
        f"URL:{url}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def _times(at: Any, until: date | None) -> list[str]:
    """A moment by its hour; a day, or several, as whole days."""
    if isinstance(at, datetime):
        return [f"DTSTART:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"]
    end = (until or at) + timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{at:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}"]


def _escaped(value: str) -> str:
    """Mask what has a meaning of its own in a calendar."""
    for mark in ("\\", ";", ","):
        value = value.replace(mark, f"\\{mark}")
    return value.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterable[str]:
    """Break a line after 75 bytes at most, between letters."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > LINE:
            yield part
            part = " "
        part += letter
    yield part
