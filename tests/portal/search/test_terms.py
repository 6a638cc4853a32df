"""What a question becomes before the index is asked, whatever a visitor writes."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from portal.search.domain import probe
from portal.search.terms import Query, all_of, parse, stems_vector
from portal.search.text import LAST_CODE, code, codes


@pytest.mark.parametrize(
    ("text", "words", "phrases"),
    [
        ("주차", ("주차",), ()),
        ("주차장 확대", ("주차장", "확대"), ()),
        ('"공유 주차" 물', ("공유", "주차", "물"), (r"공유[\W_]+주차",)),
        ("“공유 주차”", ("공유", "주차"), (r"공유[\W_]+주차",)),
        ('"공유', ("공유",), ()),
        ("주차 & !교통 | (안전):*", ("주차", "교통", "안전"), ()),
        ("'; DROP TABLE", ("drop", "table"), ()),
        ("😀 \\ '", (), ()),
        ("", (), ()),
    ],
)
def test_a_question_becomes_words_and_phrases(text, words, phrases):
    assert parse(text) == Query(words, phrases)


def test_a_question_asks_for_pairs_and_looks_for_longer_words_in_the_text():
    query = parse("주차장 확대 물")

    assert query.codes == sorted({code("주차"), code("차장"), code("확대")})
    assert query.longer == ["%주차장%"]
    assert query.singles == ["물"]


@pytest.mark.parametrize(
    ("text", "word"), [("주차장", "주차장"), ("주차 장", ""), ("물", ""), ("", "")]
)
def test_a_single_word_may_have_numbers_of_its_own(text, word):
    assert parse(text).single_word == word


def test_a_question_is_cut_to_what_a_person_may_ask():
    assert len(parse("가나 " * 5000).words) == 1
    assert len(parse(" ".join(f"가나{n}" for n in range(90))).words) == 12
    assert len(parse("가" * 10_000).words[0]) == 60


def test_a_question_of_nothing_is_false():
    assert not parse("😀 !!!")


def test_a_vector_holds_each_stem_once_and_none_that_is_too_long():
    assert stems_vector(["주차", "가" * 200, "주차", "길"]) == "'주차' '길'"


def test_each_pair_of_syllables_has_a_code_of_its_own():
    assert code("가가") == 0
    assert code("힣힣") == 11_172**2 - 1
    assert len({code(one + other) for one in "가나힣" for other in "가나힣"}) == 9


@given(st.text(min_size=1, max_size=2))
def test_every_code_is_an_int4(pair):
    assert 0 <= code(pair) <= LAST_CODE


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_holds_a_word_has_its_codes(before, after):
    assert set(codes("주차장")) <= set(codes(f"{before}주차장{after}"))


awkward = st.text(alphabet=st.sampled_from([*"가나 a'\\\"&|!:*()<>-_😀\x00\t%"]), max_size=60)


@pytest.mark.django_db
@given(st.text(max_size=60) | awkward)
def test_whatever_is_asked_the_database_understands(text):
    query = parse(text) or parse("주차")
    wanted, values = probe.conditions(query)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM search_entry entry JOIN search_document document "
            f"ON document.id = entry.document_id WHERE {wanted}",
            values,
        )
        cursor.execute(
            "SELECT nullif(%s, '')::tsquery, %s::tsvector",
            [all_of(query.words), stems_vector(query.words)],
        )

        assert len(cursor.fetchone()) == 2
