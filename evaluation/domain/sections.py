"""The tables of the monitoring reports, each from one or two queries over its period.

A period begins with the day ``start`` and ends before the day ``end``, in Seoul.
"""

from collections import Counter
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from datahub.models import Dataset
from evaluation.domain import figures
from evaluation.models import Framework, Indicator, Kind, Measurement
from governance.models import Motion, MotionState
from livinglabs.models import Lab, LabState, Stage
from portal.accounts.models import Department
from portal.proposals.models import Proposal, ProposalState

Column = dict[str, str]
MOST_ROWS = 1000


def proposals_by_state(start: date, end: date) -> dict[str, Any]:
    """How many proposals stand where, and how many of them came in this period."""
    new = Q(published_at__gte=_moment(start), published_at__lt=_moment(end))
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
        _text("state", _("State")),
        _count("all", _("Proposals")),
        _count("new", _("New in the period")),
    ]
    note = _("States as they stood when the figures were taken; drafts are not counted.")
    return _section("proposals", _("Proposals by state"), columns, rows, note)


def answers_by_department(start: date, end: date) -> dict[str, Any]:
    """What each department answered in time or late, and what it owes."""
    decided = Q(decided_at__gte=_moment(start), decided_at__lt=_moment(end))
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
        _text("department", _("Department")),
        _count("answered", _("Answered")),
        _count("in_time", _("of these in time")),
        _count("late", _("of these late")),
        _count("owed", _("Still to answer")),
        _count("overdue", _("of these overdue")),
    ]
    return _section("answers", _("Answers by department"), columns, sorted(lines))


def motions_decided(start: date, end: date) -> dict[str, Any]:
    """Each motion that a council decided, with its count."""
    found = Motion.objects.decided().filter(
        closed_at__gte=_moment(start), closed_at__lt=_moment(end)
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
        _text("motion", _("Motion")),
        _text("council", _("Council")),
        _text("decision", _("Decision")),
        _count("yes", _("For")),
        _count("no", _("Against")),
        _count("abstain", _("Abstained")),
        {"key": "day", "title": _("Decided on"), "type": "date"},
    ]
    return _section("motions", _("Motions decided"), columns, rows)


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
        _text("stage", _("Stage")),
        *(_count(state.value, str(state.label)) for state in LabState),
    ]
    note = _("As they stood when the figures were taken.")
    return _section("labs", _("Living labs by stage"), columns, rows, note)


def datasets_published(start: date, end: date) -> dict[str, Any]:
    """Each dataset that was published in the period."""
    found = Dataset.objects.published().filter(
        published_at__gte=_moment(start), published_at__lt=_moment(end)
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
        _text("dataset", _("Dataset")),
        _text("department", _("Department")),
        _text("licence", _("Licence")),
        {"key": "day", "title": _("Published on"), "type": "date"},
    ]
    total = Dataset.objects.published().count()
    note = _("Published in all, when the figures were taken: {n}.").format(n=total)
    return _section("datasets", _("Datasets published"), columns, rows, note)


def measurements(start: date, end: date) -> dict[str, Any]:
    """What was measured or verified in the period, with all that the figures come from."""
    touched = Q(recorded_at__gte=_moment(start), recorded_at__lt=_moment(end)) | Q(
        verified_at__gte=_moment(start), verified_at__lt=_moment(end)
    )
    found = Measurement.objects.filter(touched).exclude(indicator__kind=Kind.DONE)
    ordered = found.with_indicator().order_by("indicator__group__order", "indicator__order", "pk")
    rows = [_measured(measurement) for measurement in ordered[:MOST_ROWS]]
    columns = [
        _text("indicator", _("Indicator")),
        _text("subject", _("What was looked at")),
        _text("unit", _("Unit")),
        _number("before", _("Before, or above the line")),
        _number("after", _("After, or below the line")),
        _number("change", _("Change, or ratio")),
        {"key": "percent", "title": _("Difference"), "type": "percent", "unit": "%"},
        _text("state", _("State")),
        _count("evidence", _("Evidence")),
    ]
    note = _(
        "Percentages are rounded to one place, ratios to two; both come from the figures here."
    )
    return _section("measurements", _("Indicators measured or verified"), columns, rows, note)


def unverified(_start: date, end: date) -> dict[str, Any]:
    """What nobody independent has confirmed yet, the longest waiting first."""
    found = Measurement.objects.unverified().filter(recorded_at__lt=_moment(end))
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
        _text("indicator", _("Indicator")),
        _text("subject", _("What was looked at")),
        _text("state", _("State")),
        _count("evidence", _("Evidence")),
        {"key": "day", "title": _("Recorded on"), "type": "date"},
    ]
    return _section("unverified", _("Not verified"), columns, rows)


def not_reported(_start: date, end: date) -> dict[str, Any]:
    """How many indicators of each framework have a figure, a verified one, or none."""
    told = Q(measurements__recorded_at__lt=_moment(end))
    sure = told & Q(measurements__state="verified", measurements__verified_at__lt=_moment(end))
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
        _text("framework", _("Framework")),
        _count("indicators", _("Indicators")),
        _count("measured", _("Measured")),
        _count("verified", _("of these verified")),
        _count("not_reported", _("Not reported")),
    ]
    return _section("not-reported", _("Reported and not reported"), columns, rows)


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


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _text(key: str, title: str) -> Column:
    return {"key": key, "title": title, "type": "text"}


def _count(key: str, title: str) -> Column:
    return {"key": key, "title": title, "type": "integer"}


def _number(key: str, title: str) -> Column:
    return {"key": key, "title": title, "type": "decimal"}


def _section(
    key: str, title: str, columns: list[Column], rows: list[list[Any]], note: str = ""
) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "table": {"columns": columns, "rows": rows},
        "note": note,
    }
