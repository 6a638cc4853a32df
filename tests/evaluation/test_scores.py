"""The arithmetic of indicators against a printed table, by hand, and for every figure."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.domain.scores import (
    Mean,
    Reason,
    ScoreError,
    attained,
    attainment,
    band,
    banded,
    change,
    compare,
    normalised,
    number,
    percent,
    points,
    ratio,
    rounded,
    weighted_mean,
    why_no_percent,
)

D = Decimal
figures = st.decimals(min_value=-(10**9), max_value=10**9, places=3)
positive = st.decimals(min_value=D("0.001"), max_value=10**9, places=3)
shares = st.decimals(min_value=0, max_value=1, places=4)
weights = st.integers(min_value=1, max_value=50)


@pytest.mark.parametrize(
    ("compute", "given_figures", "reported", "own", "verdict"),
    [
        (change, (1966, 1757), -209, "-209", "agrees"),
        (percent, (1966, 1757), -10.6, "-10.6", "agrees"),
        (points, (37.1, 109.4), 72.3, "72.3", "agrees"),
        (points, (37.3, 110.8), 73.5, "73.5", "agrees"),
        (change, (266, 156), -110, "-110", "agrees"),
        (change, (301, 195), -106, "-106", "agrees"),
        (percent, (44.3, 54.8), 23.6, "23.7", "differs"),
        (ratio, (60.4, 23.8), 2.53, "2.54", "differs"),
    ],
)
def test_the_trials_table_is_computed_anew(compute, given_figures, reported, own, verdict):
    comparison = compare(compute(*given_figures), reported)

    assert comparison.own == D(own)
    assert comparison.reported == D(str(reported))
    assert comparison.verdict == verdict


def test_a_comparison_shows_by_how_much_it_differs():
    assert compare(percent("44.3", "54.8"), "23.6").difference == D("-0.1")


def test_a_comparison_takes_the_reported_precision():
    assert compare("2.5378", 3).own == D(3)
    assert compare("2.5378", "2.5380").own == D("2.5378")
    assert compare("2.5378", "2.5380").verdict == "differs"
    assert compare(1234, D("1.2E+3")).verdict == "differs"


@pytest.mark.parametrize(
    ("baseline", "result", "expected"),
    [(10, 15, 50), (10, 5, -50), (-10, -5, 50), (-10, -15, -50), (10, -10, -200), (5, 5, 0)],
)
def test_percent_is_of_the_size_of_the_baseline(baseline, result, expected):
    assert percent(baseline, result) == expected


@pytest.mark.parametrize(
    ("baseline", "result", "reason"),
    [
        (None, 5, Reason.MISSING_BASELINE),
        ("", 5, Reason.MISSING_BASELINE),
        (5, None, Reason.MISSING_RESULT),
        (0, 5, Reason.ZERO_BASELINE),
        ("0.00", 5, Reason.ZERO_BASELINE),
    ],
)
def test_percent_is_none_for_a_reason(baseline, result, reason):
    assert percent(baseline, result) is None
    assert why_no_percent(baseline, result) == reason


def test_percent_that_exists_has_no_reason_against_it():
    assert why_no_percent(5, 0) is None


@pytest.mark.parametrize(
    "value",
    [
        *("NaN", "inf", "-Infinity", "sNaN", "1,757", "x", "1_0", "1e400", "9" * 70),
        *(float("nan"), float("inf"), D("NaN"), True, [], 1j),
    ],
)
def test_what_is_no_number_is_refused(value):
    for compute in (change, percent, ratio):
        with pytest.raises(ScoreError) as refusal:
            compute(value, 1)
        assert refusal.value.code == "not_a_number"


@pytest.mark.parametrize(
    ("compute", "code"),
    [
        (lambda: change(None, 5), "missing_baseline"),
        (lambda: change(5, None), "missing_result"),
        (lambda: ratio(1, None), "missing_figure"),
        (lambda: ratio(1, 0), "zero_denominator"),
        (lambda: attainment(None, 5, 5), "missing_baseline"),
        (lambda: attainment(1, None, 5), "missing_target"),
        (lambda: attainment(1, 5, None), "missing_result"),
        (lambda: attainment(5, 5, 5), "target_is_baseline"),
        (lambda: attainment(5, 1, 5, "higher"), "target_behind_baseline"),
        (lambda: attainment(1, 5, 5, "lower"), "target_behind_baseline"),
        (lambda: attained(None, 5), "missing_target"),
        (lambda: normalised(1, 5, 5), "no_range"),
        (lambda: normalised(None, 1, 5), "missing_figure"),
        (lambda: weighted_mean([]), "no_weight"),
        (lambda: weighted_mean([(1, 0)]), "no_weight"),
        (lambda: weighted_mean([(1, -1)]), "negative_weight"),
    ],
)
def test_what_cannot_be_computed_tells_why(compute, code):
    with pytest.raises(ScoreError, match=code) as refusal:
        compute()

    assert refusal.value.code == code


def test_a_direction_that_is_none_is_refused():
    with pytest.raises(ValueError, match="sideways"):
        attainment(1, 5, 5, "sideways")


@pytest.mark.parametrize(
    ("baseline", "target", "result", "direction", "share"),
    [
        (10, 20, 15, "higher", "0.5"),
        (10, 20, 20, "higher", "1"),
        (10, 20, 25, "higher", "1.5"),
        (10, 20, 5, "higher", "-0.5"),
        (300, 100, 200, "lower", "0.5"),
        (300, 100, 400, "lower", "-0.5"),
        (0, 4, 1, "higher", "0.25"),
    ],
)
def test_attainment_is_the_share_of_the_way(baseline, target, result, direction, share):
    assert attainment(baseline, target, result, direction) == D(share)


@pytest.mark.parametrize(
    ("target", "result", "direction", "expected"),
    [
        (5, 5, "higher", True),
        (5, 4, "higher", False),
        (5, 4, "lower", True),
        (5, 6, "lower", False),
    ],
)
def test_a_target_is_attained_when_it_is_reached(target, result, direction, expected):
    assert attained(target, result, direction) is expected


@pytest.mark.parametrize(
    ("value", "direction", "score"),
    [
        (0, "higher", "0"),
        (25, "higher", "0.25"),
        (25, "lower", "0.75"),
        (-9, "higher", "0"),
        (900, "higher", "1"),
        (900, "lower", "0"),
    ],
)
def test_normalised_stays_between_its_posts(value, direction, score):
    assert normalised(value, 0, 100, direction) == D(score)


def test_a_mean_leaves_out_what_was_not_reported_and_says_so():
    assert weighted_mean([(80, 1), (None, 1), (50, 2)]) == Mean(D(60), D("0.75"))


def test_a_mean_of_nothing_is_none():
    assert weighted_mean([(None, 1), (None, 2)]) == Mean(None, D(0))


def test_a_mean_needs_the_coverage_that_is_asked():
    scores = [(80, 1), (None, 1)]

    assert weighted_mean(scores, least_coverage="0.5").value == 80
    assert weighted_mean(scores, least_coverage="0.51") == Mean(None, D("0.5"))


@pytest.mark.parametrize(
    ("reached", "earned"),
    [(-5, 1), (0, 1), ("32.9", 1), (33, 2), (66, 3), ("94.99", 3), (95, 4), (130, 4)],
)
def test_bands_give_one_to_four_points(reached, earned):
    assert band(reached) == earned


@pytest.mark.parametrize(
    ("earned", "score", "coverage"),
    [([1, 3, 4, 1], "56.25", "1"), ([3, 4, 2, None], "75", "0.75")],
)
def test_points_of_a_group_are_a_percentage_of_what_was_reported(earned, score, coverage):
    assert banded(earned) == Mean(D(score), D(coverage))


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("2.345", 2, "2.35"),
        (2.345, 2, "2.35"),  # as it was written, not as a computer keeps it
        ("2.3449", 2, "2.34"),
        ("-0.04", 1, "0.0"),
        (7, 2, "7.00"),
        ("1e30", 2, "1" + "0" * 30 + ".00"),
    ],
)
def test_rounding_is_half_up(value, places, shown):
    assert str(rounded(value, places)) == shown


@pytest.mark.parametrize("places", [-1, 21])
def test_rounding_to_no_sensible_place_is_refused(places):
    with pytest.raises(ValueError, match="decimal places"):
        rounded(1, places)


def test_floats_are_taken_as_they_were_written():
    assert number(44.3) == D("44.3")
    assert change(0.1, 0.3) == D("0.2")


def test_the_precision_set_elsewhere_changes_nothing():
    with localcontext(prec=3):
        answer = percent("44.3", "54.8"), weighted_mean([("1.23456", 1), ("2.34567", 2)]).value

    assert answer == (
        percent("44.3", "54.8"),
        weighted_mean([("1.23456", 1), ("2.34567", 2)]).value,
    )
    assert rounded(answer[0], 6) == D("23.702032")


@given(figures, figures)
def test_a_change_back_is_the_change_reversed(baseline, result):
    assert change(baseline, result) == -change(result, baseline)
    assert baseline + change(baseline, result) == result


@given(positive, positive, positive)
def test_percent_and_ratio_do_not_depend_on_the_unit(baseline, result, factor):
    assert rounded(percent(baseline * factor, result * factor), 9) == rounded(
        percent(baseline, result), 9
    )
    assert rounded(ratio(baseline * factor, result * factor), 9) == rounded(
        ratio(baseline, result), 9
    )


@given(figures, figures)
def test_percent_has_the_sign_of_the_change(baseline, result):
    share = percent(baseline, result)

    if share is None:
        assert baseline == 0
    else:
        assert (share > 0, share < 0) == (result > baseline, result < baseline)


@given(figures, positive, figures)
def test_attainment_is_the_same_seen_from_the_other_side(baseline, way, result):
    up = attainment(baseline, baseline + way, result, "higher")
    down = attainment(-baseline, -baseline - way, -result, "lower")

    assert up == down
    assert (up >= 1) == attained(baseline + way, result)


@given(figures, figures, positive)
def test_normalised_is_a_share_and_its_reverse_the_rest(value, low, width):
    up = normalised(value, low, low + width)

    assert 0 <= up <= 1
    assert up + normalised(value, low, low + width, "lower") == 1


@given(st.lists(st.tuples(st.none() | shares, weights), min_size=1, max_size=12))
def test_a_mean_lies_among_its_scores(scores):
    mean = weighted_mean(scores)
    told = [score for score, _ in scores if score is not None]

    assert 0 <= mean.coverage <= 1
    assert (mean.value is None) == (not told)
    if told:
        assert min(told) <= rounded(mean.value, 12) <= max(told)


@given(figures, st.integers(0, 3))
def test_rounding_moves_by_half_a_step_at_most_and_only_once(value, places):
    shown = rounded(value, places)

    assert abs(shown - value) * 2 <= D(1).scaleb(-places)
    assert rounded(shown, places) == shown


@given(figures)
def test_a_figure_agrees_with_itself(value):
    assert compare(value, value).verdict == "agrees"
