"""The language functions, without a database; the model is loaded once for all of them."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.text import (
    Morpheme,
    code,
    codes,
    keywords,
    morphemes,
    normalise,
    similarity,
    words,
)

DECOMPOSED = "\u1112\u1161\u11b7\u1101\u1166"  # 함께 as separate letters


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        (DECOMPOSED, "함께"),
        ("AI CCTV", "ai cctv"),
        ("주차ㆍ교통・안전", "주차·교통·안전"),
        ("half \ud83d", "half "),
    ],
)
def test_normalise_makes_one_spelling_of_several(text, normal):
    assert normalise(text) == normal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("주차장 확대", ["주차", "차장", "확대"]),
        ("물 길 5G", ["물", "길", "5g"]),
        ("(주차)·교통!", ["주차", "교통"]),
        ("snake_case", ["sn", "na", "ak", "ke", "ca", "as", "se"]),
        ("😀 ❤️ ' & | ! : * \\", []),
        ("", []),
    ],
)
def test_pairs_stay_inside_words(text, expected):
    assert codes(text) == sorted({code(pair) for pair in expected})


def test_words_are_runs_of_letters_and_digits():
    assert words("2026년, 공유-주차(시범)!") == ["2026년", "공유", "주차", "시범"]


def test_morphemes_keep_what_tells_something():
    assert morphemes("주차장을 늘려 주세요, CCTV 5대") == [
        Morpheme("주차장", "NNG"),
        Morpheme("늘리", "VV"),
        Morpheme("cctv", "SL"),
        Morpheme("5", "SN"),
    ]


def test_keywords_are_the_commonest_in_dictionary_form():
    text = "주차장이 부족합니다. 주차장을 늘려 주세요. 골목 주차장도 부족해요."

    assert keywords(text, 3) == ["주차장", "부족", "늘리다"]


@pytest.mark.parametrize("text", ["", "😀", "...", "\x00", "\ud800"])
def test_texts_that_say_nothing_have_no_keywords(text):
    assert keywords(text, 5) == []


def test_similarity_does_not_mind_spaces():
    assert similarity("공유주차장 확대", "공유 주차장확대!") == 1.0


def test_similarity_tells_near_from_far():
    near = similarity("주차장을 늘려 주세요", "주차장 늘려주세요")
    far = similarity("주차장을 늘려 주세요", "도서관 야간 개방")

    assert near > 0.7
    assert far == 0


@given(st.text(), st.text())
def test_similarity_is_a_symmetric_share(one, other):
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, other) == similarity(other, one)


@given(st.text())
def test_a_text_is_like_itself(text):
    assert similarity(text, text) == 1


@given(st.text())
def test_normalising_twice_changes_nothing_that_is_searched(text):
    assert words(normalise(text)) == words(text)


def test_the_web_starts_without_the_tokeniser():
    code = "import django, sys; django.setup(); from django.urls import get_resolver"
    code += "; get_resolver().url_patterns; print('kiwipiepy' in sys.modules)"

    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert answer.stdout.strip() == b"False"
