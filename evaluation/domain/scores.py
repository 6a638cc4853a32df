"""The arithmetic of indicators: change, attainment and scores, exact and in decimals only.

Figures come in as whole numbers, decimals or decimal text; those that a file's reader made
floats are taken as they were written (44.3 is 44.3). Nothing is rounded on the way: ``rounded``
does it once, half up, when a figure is shown. What cannot be computed is told by a
``ScoreError`` whose ``code`` names the reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from enum import StrEnum
from functools import reduce

Figure = Decimal | int | str | float

HUNDRED = Decimal(100)
NOTHING = Decimal(0)
# Enough digits for any quotient to be rounded rightly at any precision that is shown.
EXACT = Context(prec=60)
MOST_PLACES = 20
MOST_DIGITS = 30

# U4SSC's bands: percent of the benchmark from which a figure earns 2, 3 and 4 of 4 points.
BANDS = (Decimal(33), Decimal(66), Decimal(95))
MOST_POINTS = len(BANDS) + 1


class Reason(StrEnum):
    """Why there is no figure."""

    MISSING_BASELINE = "missing_baseline"
    MISSING_RESULT = "missing_result"
    MISSING_TARGET = "missing_target"
    MISSING_FIGURE = "missing_figure"
    ZERO_BASELINE = "zero_baseline"
    ZERO_DENOMINATOR = "zero_denominator"
    NOT_A_NUMBER = "not_a_number"
    TARGET_IS_BASELINE = "target_is_baseline"
    TARGET_BEHIND_BASELINE = "target_behind_baseline"
    NO_RANGE = "no_range"
    NEGATIVE_WEIGHT = "negative_weight"
    NO_WEIGHT = "no_weight"


class ScoreError(ValueError):
    """The figure does not exist; ``code`` is the :class:`Reason`."""

    def __init__(self, code: Reason, detail: object = "") -> None:
        """Tell the reason and, where one is at fault, the figure."""
        super().__init__(f"{code}: {detail!r}" if detail != "" else str(code))
        self.code = code


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"


class Verdict(StrEnum):
    """Whether a reported figure is the one that its own data give."""

    AGREES = "agrees"
    DIFFERS = "differs"


@dataclass(frozen=True)
class Comparison:
    """Our figure at the reported precision beside the reported one, and the difference."""

    own: Decimal
    reported: Decimal
    verdict: Verdict

    @property
    def difference(self) -> Decimal:
        """What the reported figure has too much, in its own unit."""
        return EXACT.subtract(self.reported, self.own)


@dataclass(frozen=True)
class Mean:
    """A weighted mean of what was reported, and the share of the weight that this was.

    ``value`` is ``None`` where too little was reported; ``coverage`` is from 0 to 1.
    """

    value: Decimal | None
    coverage: Decimal


def number(value: Figure | None, missing: Reason = Reason.MISSING_FIGURE) -> Decimal:
    """Return ``value`` as an exact, finite decimal; raise ``ScoreError`` where it is none."""
    if value is None or value == "":
        raise ScoreError(missing)
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str | float):
        raise ScoreError(Reason.NOT_A_NUMBER, value)
    try:
        figure = Decimal(str(value).strip())
    except InvalidOperation:
        raise ScoreError(Reason.NOT_A_NUMBER, value) from None
    if "_" in str(value) or not _is_within_reach(figure):
        raise ScoreError(Reason.NOT_A_NUMBER, value)
    return figure


def change(baseline: Figure | None, result: Figure | None) -> Decimal:
    """Return ``result`` less ``baseline``, in their unit."""
    was = number(baseline, Reason.MISSING_BASELINE)
    return EXACT.subtract(number(result, Reason.MISSING_RESULT), was)


def points(baseline: Figure | None, result: Figure | None) -> Decimal:
    """Return the difference of two percentages, in percentage points."""
    return change(baseline, result)


def percent(baseline: Figure | None, result: Figure | None) -> Decimal | None:
    """Return the change in percent of the baseline's size, or ``None`` where there is none.

    :func:`why_no_percent` tells the reason of a ``None``. A figure that is no number is refused.
    """
    if why_no_percent(baseline, result):
        return None
    size = number(baseline).copy_abs()
    return EXACT.divide(EXACT.multiply(change(baseline, result), HUNDRED), size)


def why_no_percent(baseline: Figure | None, result: Figure | None) -> Reason | None:
    """Return why there is no change in percent, or ``None`` where there is one."""
    try:
        was = number(baseline, Reason.MISSING_BASELINE)
        number(result, Reason.MISSING_RESULT)
    except ScoreError as error:
        if error.code is Reason.NOT_A_NUMBER:
            raise
        return error.code
    return None if was else Reason.ZERO_BASELINE


def ratio(numerator: Figure | None, denominator: Figure | None) -> Decimal:
    """Return ``numerator`` by ``denominator``, as benefit by cost."""
    below = number(denominator)
    if not below:
        raise ScoreError(Reason.ZERO_DENOMINATOR)
    return EXACT.divide(number(numerator), below)


def attainment(
    baseline: Figure | None,
    target: Figure | None,
    result: Figure | None,
    direction: Direction | str = Direction.HIGHER,
) -> Decimal:
    """Return the share of the way from baseline to target that was gone: 1 is all of it.

    More than 1 went beyond, less than 0 went the wrong way. ``direction`` says which way is
    better, and a target that lies the other way is refused.
    """
    was = number(baseline, Reason.MISSING_BASELINE)
    way = EXACT.subtract(number(target, Reason.MISSING_TARGET), was)
    if not way:
        raise ScoreError(Reason.TARGET_IS_BASELINE)
    if (way > 0) != (Direction(direction) is Direction.HIGHER):
        raise ScoreError(Reason.TARGET_BEHIND_BASELINE)
    return EXACT.divide(change(was, result), way)


def attained(
    target: Figure | None, result: Figure | None, direction: Direction | str = Direction.HIGHER
) -> bool:
    """Whether ``result`` is at least as good as ``target``; needs no baseline."""
    ahead = EXACT.subtract(
        number(result, Reason.MISSING_RESULT), number(target, Reason.MISSING_TARGET)
    )
    return ahead >= 0 if Direction(direction) is Direction.HIGHER else ahead <= 0


def normalised(
    value: Figure | None,
    low: Figure,
    high: Figure,
    direction: Direction | str = Direction.HIGHER,
) -> Decimal:
    """Return where ``value`` lies between two fixed posts: 0 at the worse, 1 at the better.

    Beyond a post it stays at that post, so that scores of different years compare.
    """
    floor, ceiling = number(low), number(high)
    if floor >= ceiling:
        raise ScoreError(Reason.NO_RANGE, (low, high))
    share = EXACT.divide(EXACT.subtract(number(value), floor), EXACT.subtract(ceiling, floor))
    inside = min(max(share, NOTHING), Decimal(1))
    return (
        inside if Direction(direction) is Direction.HIGHER else EXACT.subtract(Decimal(1), inside)
    )


def weighted_mean(
    scores: Iterable[tuple[Figure | None, Figure]], *, least_coverage: Figure = 0
) -> Mean:
    """Return the mean of ``(score, weight)`` pairs; a score of ``None`` was not reported.

    What was not reported leaves the mean and lowers the coverage. Below ``least_coverage``, a
    share from 0 to 1, there is no mean.
    """
    pairs = [(score, _weight(weight)) for score, weight in scores]
    whole = _sum(weight for _, weight in pairs)
    if not whole:
        raise ScoreError(Reason.NO_WEIGHT)
    told = [(number(score), weight) for score, weight in pairs if score is not None]
    heard = _sum(weight for _, weight in told)
    coverage = EXACT.divide(heard, whole)
    if not heard or coverage < number(least_coverage):
        return Mean(None, coverage)
    total = _sum(EXACT.multiply(score, weight) for score, weight in told)
    return Mean(EXACT.divide(total, heard), coverage)


def band(percent_of_benchmark: Figure | None) -> int:
    """Return the points from 1 to 4 that U4SSC's bands give."""
    reached = number(percent_of_benchmark)
    return 1 + sum(reached >= edge for edge in BANDS)


def banded(earned: Iterable[int | None]) -> Mean:
    """Return the points of a group in percent of those it could have; unreported ones stay out."""
    scores = [(None if mark is None else ratio(mark * 100, MOST_POINTS), 1) for mark in earned]
    return weighted_mean(scores)


def rounded(value: Figure, places: int) -> Decimal:
    """Return ``value`` at so many decimal places, a half going away from zero."""
    if not 0 <= places <= MOST_PLACES:
        raise ValueError(f"From 0 to {MOST_PLACES} decimal places, not {places}.")
    step = Decimal(1).scaleb(-places)
    shown = number(value).quantize(step, rounding=ROUND_HALF_UP, context=EXACT)
    return shown.copy_abs() if shown.is_zero() else shown


def compare(own: Figure, reported: Figure) -> Comparison:
    """Return both figures at the precision of the reported one, and whether they agree."""
    printed = number(reported)
    ours = rounded(own, max(0, -int(printed.as_tuple().exponent)))
    return Comparison(ours, printed, Verdict.AGREES if ours == printed else Verdict.DIFFERS)


def _is_within_reach(figure: Decimal) -> bool:
    """Whether ``figure`` is finite and no longer than what is computed exactly."""
    if not figure.is_finite():
        return False
    return abs(figure.adjusted()) <= MOST_DIGITS and len(figure.as_tuple().digits) <= EXACT.prec


def _sum(figures: Iterable[Decimal]) -> Decimal:
    return reduce(EXACT.add, figures, NOTHING)


def _weight(value: Figure) -> Decimal:
    weight = number(value)
    if weight < 0:
        raise ScoreError(Reason.NEGATIVE_WEIGHT, value)
    return weight
