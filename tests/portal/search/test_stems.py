"""Words cut into the stems that the index knows."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.stems import stems_in

KNOWN = {"주차장": 0.1, "주차": 0.2, "장": 0.3, "부족": 0.1, "공유": 0.2, "확대": 0.1}


@pytest.mark.parametrize(
    ("word", "stems"),
    [
        ("주차장이", ["주차장"]),
        ("공유주차장확대", ["공유", "주차장", "확대"]),
        ("부족해요", ["부족"]),
        ("도서관", []),
        ("", []),
    ],
)
def test_a_word_is_cut_into_the_fewest_stems(word, stems):
    assert stems_in(word, KNOWN) == stems


@given(st.text(alphabet="주차장부족공유", max_size=30))
def test_stems_stand_in_the_word_in_order(word):
    stems = stems_in(word, KNOWN)

    assert set(stems) <= KNOWN.keys()
    assert re.search(".*".join(stems), word)
