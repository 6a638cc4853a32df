"""The tables of the monitoring reports, each from one or two queries over its period.

A period begins with the day ``start`` and ends before the day ``end``, in Seoul.
"""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from datahub.models import Dataset
from evaluation.domain import figures, tables
from evaluation.models import Framework, Indicator, Kind, Measurement
from governance.models import Motion, MotionState
from livinglabs.models import Lab, LabState, Stage
from portal.accounts.models import Department
from portal.proposals.models import Proposal, ProposalState

MOST_ROWS = 1000


def proposals_by_state(start: date, end: date) -> dict[str, Any]:
    """How many proposals stand where, and how many of them came in this period."""
    new = Q(published_at__gte=tables.moment(start), published_at__lt=tables.moment(end))
    public = Proposal.objects.public().order_by().values("state")
    found: dict[str, dict[str, Any]] = {
        row["state"]: dict(row)
        for row in public.annotate(n=Count("pk"), new=Count("pk", filter=new))
    }
    rows: list[list[Any]] = [
        [str(state.label), *(found.get(state.value, {}).get(name, 0) for name in ("n", "new"))]
        for state in ProposalState
        if state != ProposalState.DRAFT
    ]
    rows.append([_("Altogether"), sum(row[1] for row in rows), sum(row[2] for row in rows)])
    columns = [
        tables.text("state", _("State")),
        tables.count("all", _("Proposals")),
        tables.count("new", _("New in the period")),
    ]
    note = _("States as they stood when the figures were taken; drafts are not counted.")
    return tables.section("proposals", _("Proposals by state"), columns, rows, note)


def answers_by_department(start: date, end: date) -> dict[str, Any]:
    """What each department answered in time or late, and what it owes."""
    decided = Q(decided_at__gte=tables.moment(start), decided_at__lt=tables.moment(end))
    late = decided & Q(due_on__lt=TruncDate(F("decided_at")))
    owed = Q(state__in=["answer_due", "supplement", "prelim_review", "dept_review"])
    overdue = owed & ~Q(state="supplement") & Q(due_on__lt=end)
    found = Proposal.objects.public().exclude(department=None).order_by().values("department")
    rows = found.annotate(
        answered=Count("pk", filter=decided),
        late=Count("pk", filter=late),
        owed=Count("pk", filter=owed),
        overdue=Count("pk", filter=overdue),
    )
    names = {department.pk: department.name for department in Department.objects.all()}
    lines = [
        [
            names[row["department"]],
            row["answered"],
            row["answered"] - row["late"],
            *(row[name] for name in ("late", "owed", "overdue")),
        ]
        for row in rows
    ]
    columns = [
        tables.text("department", _("Department")),
        tables.count("answered", _("Answered")),
        tables.count("in_time", _("of these in time")),
        tables.count("late", _("of these late")),
        tables.count("owed", _("Still to answer")),
        tables.count("overdue", _("of these overdue")),
    ]
    return tables.section("answers", _("Answers by department"), columns, sorted(lines))


def motions_decided(start: date, end: date) -> dict[str, Any]:
    """Each motion that a council decided, with its count."""
    found = Motion.objects.decided().filter(
        closed_at__gte=tables.moment(start), closed_at__lt=tables.moment(end)
    )
    rows = [
        [
            motion.title,
            motion.council.name,
            str(MotionState(motion.state).label),
            *(_counted(motion, choice) for choice in ("yes", "no", "abstain")),
            timezone.localdate(motion.closed_at),
        ]
        for motion in found.for_lists().order_by("closed_at", "pk")[:MOST_ROWS]
    ]
    columns = [
        tables.text("motion", _("Motion")),
        tables.text("council", _("Council")),
        tables.text("decision", _("Decision")),
        tables.count("yes", _("For")),
        tables.count("no", _("Against")),
        tables.count("abstain", _("Abstained")),
        tables.day("day", _("Decided on")),
    ]
    return tables.section("motions", _("Motions decided"), columns, rows)


def labs_by_stage(_start: date, _end: date) -> dict[str, Any]:
    """How many labs are in which stage, by state."""
    counts: Counter[tuple[int, str]] = Counter()
    for row in Lab.objects.order_by().values("stage", "state").annotate(n=Count("pk")):
        counts[row["stage"], row["state"]] = row["n"]
    rows = [
        [stage.name, *(counts[stage.pk, state.value] for state in LabState)]
        for stage in Stage.objects.order_by("order")
    ]
    columns = [
        tables.text("stage", _("Stage")),
        *(tables.count(state.value, str(state.label)) for state in LabState),
    ]
    note = _("As they stood when the figures were taken.")
    return tables.section("labs", _("Living labs by stage"), columns, rows, note)


def datasets_published(start: date, end: date) -> dict[str, Any]:
    """Each dataset that was published in the period."""
    found = Dataset.objects.published().filter(
        published_at__gte=tables.moment(start), published_at__lt=tables.moment(end)
    )
    rows = [
        [
            dataset.title,
            dataset.publisher.name,
            dataset.licence.name if dataset.licence else None,
            timezone.localdate(dataset.published_at),
        ]
        for dataset in found.for_pages().order_by("published_at", "pk")[:MOST_ROWS]
    ]
    columns = [
        tables.text("dataset", _("Dataset")),
        tables.text("department", _("Department")),
        tables.text("licence", _("Licence")),
        tables.day("day", _("Published on")),
    ]
    total = Dataset.objects.published().count()
    note = _("Published in all, when the figures were taken: {n}.").format(n=total)
    return tables.section("datasets", _("Datasets published"), columns, rows, note)


def measurements(start: date, end: date) -> dict[str, Any]:
    """What was measured or verified in the period, with all that the figures come from."""
    rows = [_measured(measurement) for measurement in _touched(start, end)]
    columns = [
        tables.text("indicator", _("Indicator")),
        tables.text("subject", _("What was looked at")),
        tables.text("unit", _("Unit")),
        tables.number("before", _("Before, or above the line")),
        tables.number("after", _("After, or below the line")),
        tables.number("change", _("Change, or ratio")),
        tables.percent("percent", _("Rate of change")),
        tables.text("state", _("State")),
        tables.count("evidence", _("Evidence")),
    ]
    note = _(
        "Percentages are rounded to one place, ratios to two; both come from the figures here. "
        "What is counted in percent changes by percentage points."
    )
    return tables.section("measurements", _("Indicators measured or verified"), columns, rows, note)


def printed_otherwise(start: date, end: date) -> dict[str, Any]:
    """Where a published report prints another figure than its own table gives."""
    rows = [
        [measurement.indicator.name, measurement.about, str(figures.NAMES[name]), printed, own]
        for measurement in _touched(start, end)
        for name, printed, own in figures.differing(measurement, figures.figures_of(measurement))
    ]
    columns = [
        tables.text("indicator", _("Indicator")),
        tables.text("subject", _("What was looked at")),
        tables.text("figure", _("Figure")),
        tables.number("printed", _("As the source prints it")),
        tables.number("own", _("As the portal computes it")),
    ]
    note = _("Both stand here; the portal changes neither.")
    return tables.section("printed", _("Figures that sources print otherwise"), columns, rows, note)


def unverified(_start: date, end: date) -> dict[str, Any]:
    """What nobody independent has confirmed yet, the longest waiting first."""
    found = Measurement.objects.unverified().filter(recorded_at__lt=tables.moment(end))
    rows = [
        [
            measurement.indicator.name,
            measurement.about,
            measurement.get_state_display(),
            measurement.evidence_count,
            timezone.localdate(measurement.recorded_at),
        ]
        for measurement in found.with_indicator().order_by("recorded_at", "pk")[:MOST_ROWS]
    ]
    columns = [
        tables.text("indicator", _("Indicator")),
        tables.text("subject", _("What was looked at")),
        tables.text("state", _("State")),
        tables.count("evidence", _("Evidence")),
        tables.day("day", _("Recorded on")),
    ]
    return tables.section("unverified", _("Not verified"), columns, rows)


def not_reported(_start: date, end: date) -> dict[str, Any]:
    """How many indicators of each framework have a figure, a verified one, or none."""
    told = Q(measurements__recorded_at__lt=tables.moment(end))
    sure = told & Q(
        measurements__state="verified", measurements__verified_at__lt=tables.moment(end)
    )
    counts = {
        row["group__framework"]: row
        for row in Indicator.objects.order_by()
        .values("group__framework")
        .annotate(
            n=Count("pk", distinct=True),
            told=Count("pk", filter=told, distinct=True),
            sure=Count("pk", filter=sure, distinct=True),
        )
    }
    rows = [
        [framework.name, row["n"], row["told"], row["sure"], row["n"] - row["told"]]
        for framework in Framework.objects.all()
        if (row := counts.get(framework.pk))
    ]
    columns = [
        tables.text("framework", _("Framework")),
        tables.count("indicators", _("Indicators")),
        tables.count("measured", _("Measured")),
        tables.count("verified", _("of these verified")),
        tables.count("not_reported", _("Not reported")),
    ]
    return tables.section("not-reported", _("Reported and not reported"), columns, rows)


def _touched(start: date, end: date) -> list[Measurement]:
    """Give what was recorded or verified in the period and has a figure."""
    times = (tables.moment(start), tables.moment(end))
    touched = Q(recorded_at__gte=times[0], recorded_at__lt=times[1]) | Q(
        verified_at__gte=times[0], verified_at__lt=times[1]
    )
    found = Measurement.objects.filter(touched).exclude(indicator__kind=Kind.DONE)
    ordered = found.with_indicator().order_by("indicator__group__order", "indicator__order", "pk")
    return list(ordered[:MOST_ROWS])


def _measured(measurement: Measurement) -> list[Any]:
    found = figures.figures_of(measurement)
    is_ratio = measurement.indicator.kind == Kind.RATIO
    change = found.points if found.change is None else found.change
    return [
        measurement.indicator.name,
        measurement.about,
        measurement.indicator.unit,
        _short(measurement.numerator if is_ratio else measurement.baseline),
        _short(measurement.denominator if is_ratio else measurement.result),
        figures.rounded(found.ratio, 2) if is_ratio else _short(change),
        figures.rounded(found.percent, 1),
        measurement.get_state_display(),
        measurement.evidence_count,
    ]


def _short(value: Any) -> Any:
    """Drop the zeros that the database adds behind a figure."""
    return None if value is None else figures.shortened(value)


def _counted(motion: Motion, choice: str) -> int | None:
    counts = (motion.outcome or {}).get("counts", {})
    return counts.get(choice)
