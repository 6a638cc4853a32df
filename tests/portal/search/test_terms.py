"""The notation of the database's text search, which no visitor gets to write."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from portal.search.terms import any_two_of, parse, placed_pairs, vector


@pytest.mark.parametrize(
    ("text", "strict"),
    [
        ("주차", "('주차')"),
        ("주차장", "('주차' <-> '차장')"),
        ("주차장 확대", "('주차' <-> '차장') & ('확대')"),
        ("물", "('물':*)"),
        ('"공유 주차" 물', "('공유' <2> '주차') & ('물':*)"),
        ("“공유 주차”", "('공유' <2> '주차')"),
        ('"공유', "('공유')"),
        ("주차 & !교통 | (안전):*", "('주차') & ('교통') & ('안전')"),
        ("'; DROP TABLE", "('dr' <-> 'ro' <-> 'op') & ('ta' <-> 'ab' <-> 'bl' <-> 'le')"),
        ("😀 \\ '", ""),
        ("", ""),
    ],
)
def test_a_question_becomes_chains_of_pairs(text, strict):
    assert parse(text).strict == strict


def test_a_question_is_cut_to_what_a_person_may_ask():
    assert len(parse("가나 " * 5000).words) == 1
    assert len(parse(" ".join(f"가나{n}" for n in range(90))).words) == 12
    assert len(parse("가" * 10_000).words[0]) == 60


def test_a_question_of_nothing_is_false():
    assert not parse("😀 !!!")


def test_pairs_of_two_words_are_not_neighbours():
    assert placed_pairs("주차장 확대") == [("주차", 1), ("차장", 2), ("확대", 4)]


def test_a_vector_weighs_the_title():
    assert vector([("주차", 1)], [("주차", 12), ("교통", 13)]) == "'주차':1A,12 '교통':13"


def test_a_vector_leaves_out_what_is_too_long_and_keeps_terms_beyond_the_last_place():
    assert vector([("가" * 200, 1)], [("나", 99_999)]) == "'나'"


def test_couples_are_both_demanded():
    assert any_two_of([("가나", "나다"), ("가나", "물")]) == "('가나' & '나다') | ('가나' & '물':*)"


awkward = st.text(alphabet=st.sampled_from([*"가나 a'\\\"&|!:*()<>-_😀\x00\t%"]), max_size=60)


@pytest.mark.django_db
@given(st.text(max_size=60) | awkward)
def test_whatever_is_asked_the_database_understands(text):
    query = parse(text)
    asked = [query.strict, query.any_pair, query.any_word, vector(placed_pairs(text))]

    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsquery, %s::tsquery, %s::tsquery, %s::tsvector", asked)

        assert len(cursor.fetchone()) == 4
