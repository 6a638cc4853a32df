"""Marked words and excerpts."""

import pytest

from portal.search.highlights import excerpt, marked


@pytest.mark.parametrize(
    ("text", "found", "markup"),
    [
        ("공유 주차장", ["주차"], "공유 <mark>주차</mark>장"),
        ("CCTV 설치", ["cctv"], "<mark>CCTV</mark> 설치"),
        ("주차주차", ["주차"], "<mark>주차</mark><mark>주차</mark>"),
        ("주차장", ["주차", "주차장"], "<mark>주차장</mark>"),
        ("청년일자리", ["청년", "년일", "일자"], "<mark>청년일자</mark>리"),
        (
            "<b>주차</b> & 물",
            ["주차", "b"],
            "&lt;<mark>b</mark>&gt;<mark>주차</mark>&lt;/<mark>b</mark>&gt; &amp; 물",
        ),
        ("아무것", [], "아무것"),
        ("", ["주차"], ""),
    ],
)
def test_words_are_marked_and_everything_else_is_escaped(text, found, markup):
    assert marked(text, found) == markup


def test_a_script_in_a_text_stays_text():
    assert marked("<script>alert('주차')</script>", ["script"]) == (
        "&lt;<mark>script</mark>&gt;alert(&#x27;주차&#x27;)&lt;/<mark>script</mark>&gt;"
    )


def test_an_excerpt_is_the_part_around_the_first_word():
    text = "앞 " * 100 + "\n주차장 " + "뒤 " * 200

    part = excerpt(text, ["주차장"])

    assert part.startswith("… ")
    assert part.endswith(" …")
    assert "주차장" in part
    assert "\n" not in part


def test_an_excerpt_of_a_short_text_is_all_of_it():
    assert excerpt("짧은 글", ["없는"]) == "짧은 글"
