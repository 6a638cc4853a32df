from decimal import Decimal

import pytest
from django.utils import translation

from evaluation.domain import figures
from evaluation.models import Indicator, Measurement

pytestmark = pytest.mark.django_db


def measured(code, **values):
    """A measurement that is not in the database, only to be shown."""
    exact = {k: Decimal(v) if isinstance(v, str) else v for k, v in values.items()}
    return Measurement(indicator=Indicator.objects.get(code=code), **exact)


def line(*args, **values):
    return figures.row_of(measured(*args, **values))


@pytest.mark.parametrize(
    ("code", "before", "after", "change", "word"),
    [
        ("traffic-inflow", "1966", "1757", "-209 vehicles (-10.6%)", "Better"),
        ("parking-supply-weekday", "37.1", "109.4", "+72.3 percentage points", "Better"),
        ("illegal-parking-weekend", "301", "195", "-106 vehicles a day (-35.2%)", "Better"),
        ("resident-satisfaction", "44.3", "54.8", "+10.5 points (+23.7%)", "Better"),
        ("resident-satisfaction", "54.8", "44.3", "-10.5 points (-19.2%)", "Worse"),
        ("resident-satisfaction", "50", "50", "0 points (0%)", "Unchanged"),
        ("traffic-inflow", "0", "5", "+5 vehicles", "Worse"),
    ],
)
def test_change_is_computed_and_told_by_direction(code, before, after, change, word):
    row = line(code, baseline=before, result=after)

    assert (row["change"], row["outcome"].word) == (change, word)


def test_zero_baseline_is_told_in_a_sentence():
    row = line("traffic-inflow", baseline="0", result="5")

    assert row["why_not"] == "The baseline is 0, so there is no change in percent."


def test_missing_baseline_is_told_in_a_sentence():
    row = line("traffic-inflow", result="5")

    assert (row["before"], row["change"]) == ("", "")
    assert row["why_not"] == "No baseline, so no change can be computed."


def test_own_figure_stands_beside_the_reports_where_they_differ():
    row = line(
        "resident-satisfaction", baseline="44.3", result="54.8", reported={"percent": "23.6"}
    )

    assert row["differences"] == ["Report: 23.6%; computed from the table's own figures: 23.7%"]
    with translation.override("ko"):
        found = measured(
            "resident-satisfaction", baseline="44.3", result="54.8", reported={"percent": "23.6"}
        )
        words = list(figures.differences(found, figures.figures_of(found)))
        assert words == ["보고서 23.6%, 표의 값으로 계산하면 23.7%"]


def test_ratio_differs_from_the_reports():
    row = line("benefit-cost", numerator="60.4", denominator="23.8", reported={"ratio": "2.53"})

    assert (row["after"], row["change"], row["change_is"]) == ("60.4 / 23.8", "2.54", "Ratio")
    with translation.override("ko"):
        found = measured("benefit-cost", numerator="60.4", denominator="23.8")
        sides = figures.row_of(found)["sides"]
        assert sides == [("분자(편익)", "60.4억 원"), ("분모(비용)", "23.8억 원")]
    assert "2.53" in row["differences"][0]


def test_figures_that_agree_are_said_to_agree():
    row = line(
        "traffic-inflow",
        baseline="1966",
        result="1757",
        reported={"change": "-209", "percent": "-10.6"},
    )

    assert (row["agreements"], row["differences"]) == (["-209", "-10.6%"], [])


@pytest.mark.parametrize(("done", "word"), [(True, "Done"), (False, "Not done")])
def test_done_or_not(done, word):
    row = line("fair-trade", done=done)

    assert (row["after"], row["outcome"].word) == (word, word)


@pytest.mark.parametrize(
    ("value", "text"),
    [("1966.000000", "1,966"), ("19.460000", "19.46"), ("-0.5", "-0.5"), ("1000000", "1,000,000")],
)
def test_plain_shows_what_was_handed_in(value, text):
    assert figures.plain(Decimal(value)) == text
