"""Kinds of columns, found without harming a value."""

from datetime import date

import pytest

from datahub.domain.column_types import Profile


def profiled(*values, name="열"):
    profile = Profile(name)
    profile.see(values)
    return profile


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "-2", "0"], "integer"),
        (["1,234", "5"], "integer"),
        (["1", "2.5"], "number"),
        (["-0.5", ".25"], "number"),
        (["007", "8"], "text"),
        (["01012345678"], "text"),
        (["12,34"], "text"),
        (["1234567890123456789"], "text"),
        (["1E5", "2"], "text"),
        (["+82"], "text"),
        (["2020-01-02", "2021-12-31"], "date"),
        (["2020.1.2", "2020.12.31"], "date"),
        (["2020. 1. 2.", "2020. 12. 31."], "date"),
        (["2020/01/02"], "date"),
        (["20200102", "20201231"], "date"),
        (["20200102", "20201301"], "integer"),
        (["2020-01-02", "2020.01.03"], "text"),
        (["2020-02-30"], "text"),
        (["2020-01-02 03:04", "2020-01-02 03:04:05"], "datetime"),
        (["Y", "N", "Y"], "boolean"),
        (["예", "아니오"], "boolean"),
        (["O", "X"], "boolean"),
        (["Y", "X"], "text"),
        (["1", "0"], "integer"),
        (["가", "1"], "text"),
        ([], "text"),
        (["", "-"], "text"),
    ],
)
def test_the_kind_fits_every_value(values, kind):
    assert profiled(*values).kind == kind


@pytest.mark.parametrize("name", ["우편번호", "행정동코드", "대표전화", "FAX", "zip", "연락처"])
def test_numbers_that_name_something_stay_text(name):
    assert profiled("14547", "14548", name=name).kind == "text"


def test_a_dash_is_missing_beside_numbers_and_a_value_beside_text():
    numbers, words = profiled("1", "-", "", "3"), profiled("가", "-", "")

    assert (numbers.kind, numbers.missing) == ("integer", 2)
    assert (words.kind, words.missing) == ("text", 1)


def test_values_are_converted_and_gaps_are_none():
    convert = profiled("1,234", "-").converter()

    assert [convert("1,234"), convert("-"), convert("")] == [1234, None, None]


def test_ranges_and_counts_are_kept_over_several_blocks():
    profile = Profile("일")
    profile.see(["2020-01-05", "2020-01-02"])
    profile.see(["2020-01-09", "2020-01-02"])

    assert profile.range == ("2020-01-02", "2020-01-09")
    assert len(profile.distinct) == 3


def test_a_kind_that_a_later_block_breaks_is_dropped():
    profile = Profile("수")
    profile.see(["1", "2"])
    profile.see(["3.5"])
    profile.see(["가"])

    assert profile.kind == "text"
    assert profile.range == ("", "")


def test_dates_and_moments_become_dates_and_moments():
    day = profiled("2020. 1. 2.").converter()("2020. 1. 2.")
    moment = profiled("2020-01-02T03:04").converter()("2020-01-02T03:04")

    assert day == date(2020, 1, 2)
    assert moment.isoformat() == "2020-01-02T03:04:00"
