"""Public tables of proposals: what was asked, how many support it, what the city answered.

No table holds who asked or who supports. Supports per day and district leave out a number that
is so small that it might tell of a person.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.proposals.models import DECIDED_STATES, Proposal
from portal.registry import Column, OpenDataExport

AT_ONCE = 2_000
FEWEST = 5

SUPPORTS = """
SELECT (support.created_at AT TIME ZONE 'Asia/Seoul')::date AS day, coalesce(district.code, ''),
       count(*)
  FROM proposals_countedsupport support
  JOIN proposals_proposalstat stat ON stat.proposal_id = support.proposal_id AND stat.visible
  LEFT JOIN proposals_district district ON district.id = stat.district_id
 GROUP BY 1, 2 ORDER BY 1, 2
"""

NUMBER = Column("id", "integer", _("Number of the proposal in this portal"))
REFERENCE = Column("reference", "text", _("Reference code that letters and notices name"))
AREA = Column("area", "text", _("Area of city life (code)"))
DISTRICT = Column("district", "text", _("District of the city (code)"))
DEPARTMENT = Column("department", "text", _("Department that answers (code)"))
STATE = Column("state", "text", _("Where the proposal stands (code)"))
OWN = (NUMBER, REFERENCE, AREA, DISTRICT, DEPARTMENT, STATE)
OWN_FIELDS = ("pk", "reference", "area__code", "district__code", "department__code", "state")

PROPOSAL_COLUMNS = (
    *OWN,
    Column("title", "text", _("What is asked, in one sentence")),
    Column("problem", "text", _("The problem as the citizen describes it")),
    Column("solution", "text", _("What the citizen suggests")),
    Column("effect", "text", _("What gets better, as the citizen expects")),
    Column("issue", "text", _("Social issue within the area (code)")),
    Column("channel", "text", _("By which way it reached the city (code)")),
    Column("call", "integer", _("Number of the call that it answers; empty outside of calls")),
    Column("published_at", "time", _("When it was published")),
    Column("due_on", "date", _("Day by which the department answers")),
    Column("decided_at", "time", _("When it was answered")),
    Column("supports", "integer", _("How many people support it")),
)
PROPOSAL_FIELDS = (
    *OWN_FIELDS,
    "title",
    "problem",
    "solution",
    "effect",
    "issue__code",
    "channel",
    "call_id",
    "published_at",
    "due_on",
    "decided_at",
    "stat__support_count",
)
ANSWER_COLUMNS = (
    *OWN,
    Column("decided_at", "time", _("When it was answered")),
    Column("days", "integer", _("Days from the start of the clock to the answer")),
    Column("ground", "text", _("Ground of a refusal (code)")),
    Column("answer", "text", _("The city's answer with its reason")),
)
SUPPORT_COLUMNS = (
    Column("day", "date", _("Day in Korean time")),
    Column("district", "text", _("District of the proposals (code)")),
    Column("supports", "integer", _("Supports given that day; empty where fewer than 5")),
)


def proposals() -> Iterator[tuple[Any, ...]]:
    """Every public proposal, oldest first."""
    rows = Proposal.objects.public().order_by("pk").values_list(*PROPOSAL_FIELDS)
    yield from rows.iterator(chunk_size=AT_ONCE)


def answers() -> Iterator[tuple[Any, ...]]:
    """Every decision of the city, in the order of the proposals."""
    decided = Proposal.objects.public().filter(state__in=DECIDED_STATES)
    rows = decided.order_by("pk").values_list(
        *OWN_FIELDS, "decided_at", "clock_started_on", "ground", "answer"
    )
    for *own, at, started, ground, answer in rows.iterator(chunk_size=AT_ONCE):
        yield (
            *own,
            at,
            (timezone.localtime(at).date() - started).days if started else None,
            ground,
            answer,
        )


def supports() -> Iterator[tuple[Any, ...]]:
    """How many supports were given on each day in each district; one row for each that has any."""
    with connection.cursor() as cursor:
        cursor.execute(SUPPORTS)
        for day, district, n in cursor:
            yield day, district, n if n >= FEWEST else None


EXPORTS = (
    OpenDataExport(
        "proposals",
        title=_("Proposals of citizens"),
        text=_("Every public proposal with where it stands and how many support it."),
        columns=PROPOSAL_COLUMNS,
        rows=proposals,
        order=10,
    ),
    OpenDataExport(
        "answers",
        title=_("Answers of the city"),
        text=_("Every decision about a proposal with its reason."),
        columns=ANSWER_COLUMNS,
        rows=answers,
        order=20,
    ),
    OpenDataExport(
        "supports",
        title=_("Supports per day and district"),
        text=_("How many supports were given each day; numbers below 5 are left out."),
        columns=SUPPORT_COLUMNS,
        rows=supports,
        order=30,
    ),
)
