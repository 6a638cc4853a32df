"""Signs of personal data."""

import pytest

from datahub.domain.personal import Watch, kind_of, masked


@pytest.mark.parametrize(
    ("value", "column", "kind"),
    [
        ("900101-1234567", "번호", "resident"),
        ("900101 1234567", "번호", "resident"),
        ("번호 900101-1234567 끝", "비고", "resident"),
        ("9001011234568", "번호", "resident"),
        ("9001011234567", "번호", "maybe_resident"),
        ("9001011234567", "주민번호", "resident"),
        ("901301-1234567", "번호", ""),
        ("900101-9234567", "번호", ""),
        ("010-1234-5678", "전화", "mobile"),
        ("01012345678", "전화", "mobile"),
        ("010-0000-0000", "전화", ""),
        ("032-123-4567", "전화", ""),
        ("126.01012345678", "경도", ""),
        ("kim@example.org", "메일", "email"),
        ("상살미마을", "동네", ""),
        ("41190000001", "코드", ""),
    ],
)
def test_each_pattern_is_told_from_what_looks_like_it(value, column, kind):
    assert kind_of(value, column) == kind


def test_a_finding_names_the_first_line_and_the_count_and_hides_the_value():
    watch = Watch()
    watch.see("전화", ["-", "010-1234-5678", "010-1234-5678", "010-9999-1111"], [2, 3, 4, 5])
    watch.see("전화", ["010-2222-3333"], [6])

    (finding,) = watch.findings
    assert (finding.column, finding.kind, finding.line, finding.count) == ("전화", "mobile", 3, 4)
    assert "5678" not in finding.sample
    assert "3333" not in finding.sample


def test_a_finding_shows_the_value_of_the_line_that_it_names():
    watch = Watch()
    numbers = ["-", "016-1234-5678", *(f"010-{n}-5678" for n in range(1000, 1020))]

    watch.see("전화", numbers, range(2, 2 + len(numbers)))

    (finding,) = watch.findings
    assert (finding.line, finding.sample, finding.count) == (3, masked("016-1234-5678"), 21)


def test_a_mask_keeps_three_letters():
    assert masked("010-1234-5678") == "010********"
