"""All that the page of one lab shows, in a number of queries that does not grow with its rows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Sum

from livinglabs.domain.gates import needs_of, next_stage
from livinglabs.models import (
    ConflictState,
    Lab,
    LabState,
    ParticipantKind,
    ReportedFigure,
    Stage,
)

# Longer lists are cut on the page; the API has all of them.
EVIDENCE_SHOWN = 50
EVENTS_SHOWN = 20
CONFLICTS_SHOWN = 20
LINES_SHOWN = 100
PEOPLE_SHOWN = 30


@dataclass(frozen=True)
class Step:
    """One stage on the way: its title, whether it is done or now, and since when."""

    title: str
    words: str
    state: str
    at: Any = None


def overview(lab: Lab) -> dict[str, Any]:
    """Gather the sections of the page under the names that the template reads."""
    return {
        "steps": steps_of(lab),
        "needs": needs_of(lab) if lab.is_open else [],
        "coming_stage": next_stage(lab.stage),
        "people": people_by_kind(lab),
        "names": list(lab.participations.present().select_related("user")[:PEOPLE_SHOWN]),
        "budget": budget_of(lab),
        "events": list(lab.events.select_related("kind")[:EVENTS_SHOWN]),
        "event_counts": events_by_kind(lab),
        "conflicts": list(lab.conflicts.select_related("type")[:CONFLICTS_SHOWN]),
        "conflict_counts": conflicts_by_state(lab),
        "evidence": list(
            lab.evidence.with_file_state().select_related("kind", "stage")[:EVIDENCE_SHOWN]
        ),
        "links": list(lab.lab_datasets.public().select_related("dataset")[:EVIDENCE_SHOWN]),
        "reported": reported_of(lab),
    }


def steps_of(lab: Lab) -> list[Step]:
    """List the stages: those behind a gate are done, the present one is now."""
    records = {record.stage_id: record for record in lab.stage_records.all()}

    def step(stage: Stage) -> Step:
        record = records.get(stage.pk)
        if record and record.passed_at:
            return Step(stage.name, stage.words, "done", record.passed_at)
        is_now = lab.state == LabState.RUNNING and stage.pk == lab.stage_id
        return Step(stage.name, stage.words, "now" if is_now else "")

    return [step(stage) for stage in Stage.objects.all()]


def people_by_kind(lab: Lab) -> list[tuple[str, int]]:
    """Count the participants of each kind; kinds without anyone are left out."""
    found = lab.participations.present().order_by().values("kind").annotate(n=Count("pk"))
    counts = {row["kind"]: row["n"] for row in found}
    return [(str(kind.label), counts[kind]) for kind in ParticipantKind if counts.get(kind)]


def budget_of(lab: Lab) -> dict[str, Any]:
    """Give the lines and the totals of all lines, in won, with the share spent in percent."""
    totals = lab.budget_lines.aggregate(planned=Sum("planned"), spent=Sum("spent"))
    planned, spent = totals["planned"] or 0, totals["spent"] or 0
    return {
        "lines": list(lab.budget_lines.select_related("source").with_file_state()[:LINES_SHOWN]),
        "planned": planned,
        "spent": spent,
        "share": round(spent * 100 / planned) if planned else None,
    }


def events_by_kind(lab: Lab) -> list[Any]:
    """Count events and people present for each kind that the lab has had."""
    found = (
        lab.events.order_by("kind__order")
        .values("kind__name_ko", "kind__name_en")
        .annotate(n=Count("pk"), people=Sum("headcount"), last=Max("held_on"))
    )
    return list(found)


def conflicts_by_state(lab: Lab) -> list[tuple[str, int]]:
    """Count the conflicts in each state, in the order of their life."""
    found = lab.conflicts.order_by().values("state").annotate(n=Count("pk"))
    counts = {row["state"]: row["n"] for row in found}
    return [(str(state.label), counts.get(state, 0)) for state in ConflictState]


def reported_of(lab: Lab) -> dict[str, Any] | None:
    """Give the report's figures on the case that the lab continues, beside their own sum."""
    return reported_figures(lab.reported_case) if lab.reported_case_id else None


def reported_figures(case: Any) -> dict[str, Any]:
    """Split the figures of a case by topic; ``sum`` is what the rows of the events add up to."""
    figures = list(case.figures.all())
    events = [f for f in figures if f.topic == ReportedFigure.Topic.EVENTS]
    rows = [f for f in events if not f.is_total]
    return {
        "case": case,
        "events": rows,
        "stated": next((f for f in events if f.is_total), None),
        "sum": sum(f.value for f in rows),
        "conflicts": [f for f in figures if f.topic == ReportedFigure.Topic.CONFLICTS],
    }
