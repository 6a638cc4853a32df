"""Calls, their results and local problems as tables of open data."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.calls.models import Call, CallState, Entry, Problem
from portal.registry import Column, OpenDataExport

CHUNK = 1000


def calls() -> Iterable[tuple[Any, ...]]:
    """All public calls, the oldest first."""
    columns = (
        "pk",
        "kind",
        "title",
        "topic",
        "department__code",
        "state",
        "opens_at",
        "closes_at",
        "judged_by",
        "results_by",
        "published_at",
        "results",
    )
    found = Call.objects.public().order_by("pk").values_list(*columns)
    yield from found.iterator(chunk_size=CHUNK)


def entries() -> Iterable[tuple[Any, ...]]:
    """The entries of calls whose results are public, without names."""
    columns = (
        "pk",
        "track__call_id",
        "track__applicant",
        "form",
        "title",
        "proposal_id",
        "points",
        "rank",
        "prize__amount",
        "use",
        "used_in",
    )
    public = Entry.objects.present().filter(
        track__call__state__in=[CallState.PUBLISHED, CallState.CLOSED]
    )
    yield from public.order_by("pk").values_list(*columns).iterator(chunk_size=CHUNK)


def problems() -> Iterable[tuple[Any, ...]]:
    """All shared problems, without who reported them."""
    columns = (
        "pk",
        "title",
        "area__code",
        "district__code",
        "place",
        "latitude",
        "longitude",
        "department__code",
        "state",
        "state_since",
        "shared_at",
        "me_too_count",
        "vote_count",
        "reason",
    )
    found = Problem.objects.public().order_by("pk").values_list(*columns)
    yield from found.iterator(chunk_size=CHUNK)


NUMBER = _("number")
TITLE = _("title")
STATE = _("state")
DEPARTMENT = _("code of the department in charge")

EXPORTS = [
    OpenDataExport(
        key="calls",
        title=_("Calls for ideas"),
        text=_("Every public call with its dates, its state and what came of it."),
        columns=(
            Column("id", "integer", NUMBER),
            Column("kind", "text", _("kind: topic, open, ideathon or hackathon")),
            Column("title", "text", TITLE),
            Column("topic", "text", _("topic, where one is given")),
            Column("department", "text", DEPARTMENT),
            Column("state", "text", STATE),
            Column("opens_at", "time", _("when it opens")),
            Column("closes_at", "time", _("when it closes")),
            Column("judged_by", "date", _("last day of judging")),
            Column("results_by", "date", _("day by which results are due")),
            Column("published_at", "time", _("when the results were published")),
            Column("results", "text", _("what came of it")),
        ),
        rows=calls,
        order=60,
    ),
    OpenDataExport(
        key="call-entries",
        title=_("Entries to calls and how they are used"),
        text=_("Points, ranks, prizes and uses of all entries to calls with public results."),
        columns=(
            Column("id", "integer", NUMBER),
            Column("call", "integer", _("number of the call")),
            Column("track", "text", _("for whom the track is: citizen, company or expert")),
            Column("form", "text", _("what it is: proposal, idea or prototype")),
            Column("title", "text", TITLE),
            Column("proposal", "integer", _("number of the proposal, where it is one")),
            Column("points", "number", _("mean of the weighted points, 0 to 100")),
            Column("rank", "integer", _("rank in the track; ties share one")),
            Column("prize_won", "integer", _("prize in won")),
            Column("use", "text", _("use: used, partly or not_used")),
            Column("used_in", "text", _("where it is used, or why not")),
        ),
        rows=entries,
        order=61,
    ),
    OpenDataExport(
        key="problems",
        title=_("Local problems"),
        text=_("Problems that people reported, where they are, and what was done."),
        columns=(
            Column("id", "integer", NUMBER),
            Column("title", "text", TITLE),
            Column("area", "text", _("code of the area")),
            Column("district", "text", _("code of the district")),
            Column("place", "text", _("address or name of the place")),
            Column("latitude", "number", _("degrees north (WGS 84)")),
            Column("longitude", "number", _("degrees east (WGS 84)")),
            Column("department", "text", DEPARTMENT),
            Column("state", "text", STATE),
            Column("state_since", "time", _("since when")),
            Column("shared_at", "time", _("when it was shared")),
            Column("me_too", "integer", _("people who have it too")),
            Column("votes", "integer", _("votes for handling it first")),
            Column("reason", "text", _("what the city said last")),
        ),
        rows=problems,
        order=62,
    ),
]
