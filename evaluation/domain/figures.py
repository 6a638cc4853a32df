"""A measurement in words and numbers: what changed, whether for the better, and what a report says.

Everything is computed by ``scores`` at the moment of showing. Where a published report
prints another figure than its own table gives, both are shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.domain import scores
from evaluation.models import Direction, Kind, Measurement

PLACES = 1
RATIO_PLACES = 2
WHY = {
    scores.Reason.MISSING_BASELINE: gettext_lazy("No baseline, so no change can be computed."),
    scores.Reason.ZERO_BASELINE: gettext_lazy(
        "The baseline is 0, so there is no change in percent."
    ),
}
# What a report may print, and how the portal computes the same.
REPORTED = ("change", "points", "percent", "ratio")
NAMES = {
    "change": gettext_lazy("change in the unit"),
    "points": gettext_lazy("change in percentage points"),
    "percent": gettext_lazy("change in percent"),
    "ratio": gettext_lazy("ratio"),
}


@dataclass(frozen=True)
class Outcome:
    """Better, worse, the same, done or not: a word and its colour."""

    word: str
    tone: str


@dataclass(frozen=True)
class Figures:
    """What is shown of one measurement; numbers are exact, ``None`` where there are none."""

    change: Decimal | None = None
    percent: Decimal | None = None
    points: Decimal | None = None
    ratio: Decimal | None = None
    outcome: Outcome = field(default_factory=lambda: Outcome("", "gray"))
    why_not: str = ""


def figures_of(measurement: Measurement) -> Figures:
    """Compute what follows from the figures that were handed in."""
    kind = measurement.indicator.kind
    if kind == Kind.DONE:
        return Figures(outcome=_done(bool(measurement.done)))
    if kind == Kind.RATIO:
        ratio = scores.ratio(measurement.numerator, measurement.denominator)
        return Figures(ratio=ratio, outcome=Outcome(_("Measured"), "info"))
    if measurement.baseline is None:
        why = str(WHY[scores.Reason.MISSING_BASELINE]) if measurement.indicator.has_baseline else ""
        return Figures(outcome=Outcome(_("Measured"), "info"), why_not=why)
    return _compared(measurement, kind)


def _compared(measurement: Measurement, kind: str) -> Figures:
    before, after = measurement.baseline, measurement.result
    change = scores.change(before, after)
    outcome = _outcome(change, measurement.indicator.direction)
    if kind == Kind.SHARE:
        return Figures(points=scores.points(before, after), outcome=outcome)
    why = scores.why_no_percent(before, after)
    return Figures(
        change=change,
        percent=scores.percent(before, after),
        outcome=outcome,
        why_not=str(WHY[why]) if why else "",
    )


def _outcome(change: Decimal, direction: str) -> Outcome:
    if not change:
        return Outcome(_("Unchanged"), "gray")
    better = (change > 0) == (direction == Direction.HIGHER)
    return Outcome(_("Better"), "success") if better else Outcome(_("Worse"), "danger")


def _done(done: bool) -> Outcome:  # noqa: FBT001  it is the value itself
    return Outcome(_("Done"), "success") if done else Outcome(_("Not done"), "warning")


def change_in_words(measurement: Measurement, figures: Figures) -> str:
    """Write the change with its unit: ``-209 vehicles (-10.6%)``, ``+72.3 percentage points``."""
    if figures.points is not None:
        return _("{n} percentage points").format(n=signed(figures.points))
    if figures.ratio is not None:
        return plain(scores.rounded(figures.ratio, RATIO_PLACES))
    if figures.change is None:
        return ""
    words = in_unit(signed(figures.change), measurement.indicator.unit)
    if figures.percent is None:
        return words
    return f"{words} ({signed(scores.rounded(figures.percent, PLACES))}%)"


def differences(measurement: Measurement, figures: Figures) -> Iterator[str]:
    """Yield a sentence for each figure that the report prints otherwise than its table gives."""
    for name, printed, own in differing(measurement, figures):
        yield _("Report: {printed}; computed from the table's own figures: {own}").format(
            printed=_with_unit(printed, name), own=_with_unit(own, name)
        )


def differing(measurement: Measurement, figures: Figures) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Yield name, printed and own figure, equally rounded, wherever the two differ."""
    for name, printed, own in _beside_each_other(measurement, figures):
        found = scores.compare(own, printed)
        if found.verdict is scores.Verdict.DIFFERS:
            yield name, found.reported, found.own


def agreements(measurement: Measurement, figures: Figures) -> Iterator[str]:
    """Yield each figure of the report that its own table gives."""
    for name, printed, own in _beside_each_other(measurement, figures):
        found = scores.compare(own, printed)
        if found.verdict is scores.Verdict.AGREES:
            yield _with_unit(found.reported, name)


def _beside_each_other(
    measurement: Measurement, figures: Figures
) -> Iterator[tuple[str, str, Decimal]]:
    for name in REPORTED:
        printed, own = measurement.reported.get(name), getattr(figures, name)
        if printed is not None and own is not None:
            yield name, printed, own


def _with_unit(value: Decimal, name: str) -> str:
    if name == "percent":
        return f"{plain(value)}%"
    if name == "points":
        return _("{n} percentage points").format(n=plain(value))
    return plain(value)


def plain(value: Decimal | None) -> str:
    """Write a figure as it was handed in: thousands apart, no zeros at the end."""
    if value is None:
        return ""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_unit(figure: str, unit: str) -> str:
    """Put the unit behind a figure as the language does: ``44.3 points``, ``44.3점``, ``37.1%``."""
    if not figure or not unit:
        return figure
    if unit == "%":
        return f"{figure}%"
    pattern = "{n} × {unit}" if unit[0].isdigit() else _("{n} {unit}")
    return pattern.format(n=figure, unit=unit)


def shortened(value: Decimal) -> Decimal:
    """Drop the zeros behind a figure that only the database added."""
    return Decimal(f"{value:f}".rstrip("0").rstrip(".")) if "." in f"{value:f}" else value


def rounded(value: Decimal | None, places: int) -> Decimal | None:
    return None if value is None else scores.rounded(value, places)


def signed(value: Decimal) -> str:
    """Write a change with its sign: ``+72.3``, ``-209``, ``0``."""
    return f"+{plain(value)}" if value > 0 else plain(value)


def row_of(measurement: Measurement) -> dict[str, Any]:
    """Everything that a line of a table shows."""
    figures = figures_of(measurement)
    return {
        "measurement": measurement,
        "indicator": measurement.indicator,
        "before": plain(measurement.baseline),
        "after": _after(measurement, figures),
        "change": change_in_words(measurement, figures),
        "change_is": _("Difference") if figures.ratio is None else _("Ratio"),
        "sides": list(_sides(measurement)),
        "outcome": figures.outcome,
        "why_not": figures.why_not,
        "differences": list(differences(measurement, figures)),
        "agreements": list(agreements(measurement, figures)),
    }


def _sides(measurement: Measurement) -> Iterator[tuple[str, str]]:
    """Yield name and value of each figure that was handed in, with its unit."""
    named = {
        _("Before"): measurement.baseline,
        _("After"): measurement.result,
        _("Above the line (benefit)"): measurement.numerator,
        _("Below the line (cost)"): measurement.denominator,
    }
    for name, value in named.items():
        if value is not None:
            yield name, in_unit(plain(value), measurement.indicator.unit)


def _after(measurement: Measurement, figures: Figures) -> str:
    kind = measurement.indicator.kind
    if kind == Kind.DONE:
        return figures.outcome.word
    if kind == Kind.RATIO:
        return f"{plain(measurement.numerator)} / {plain(measurement.denominator)}"
    return plain(measurement.result)
