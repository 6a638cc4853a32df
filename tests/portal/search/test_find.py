"""What is found, in which order, and what awkward questions come to."""

from datetime import timedelta

import pytest
from django.core.exceptions import BadRequest
from django.utils import timezone

from portal.search.domain import find as search
from portal.search.domain import index
from portal.search.domain.find import Scope, find, similar_titles
from portal.search.models import Document


def found(text, **more):
    return [row.title for row in find(text, **more).rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("주차장", ["공유 주차장 확대"]),
        ("주차", ["공유 주차장 확대"]),
        ("확대 공유", ["공유 주차장 확대"]),
        ('"주차장 확대"', ["공유 주차장 확대"]),
        ("cctv", ["골목길 CCTV 5대"]),
        ("CCT", ["골목길 CCTV 5대"]),
        ("5대", ["골목길 CCTV 5대"]),
        ("물", ["맑은 물 마시기"]),
        ("맑", ["맑은 물 마시기"]),
        ("맑은 '물' & !:* (😀", ["맑은 물 마시기"]),
    ],
)
def test_find_by_words_and_parts_of_words(indexed, text, expected):
    indexed("공유 주차장 확대", "골목길 CCTV 5대", "맑은 물 마시기")

    findings = find(text)

    assert [row.title for row in findings.rows] == expected
    assert findings.total == 1
    assert not findings.loose


def test_find_demands_every_word(indexed):
    indexed("공유 주차장", "공유 자전거")

    assert found("공유 자전거") == ["공유 자전거"]


def test_find_demands_the_order_of_a_phrase(indexed):
    indexed("자전거 공유", "공유 자전거")

    assert found('"공유 자전거"') == ["공유 자전거"]


def test_a_word_is_not_found_in_pieces(indexed):
    indexed("주차 차장", "주차장")

    assert found("주차장") == ["주차장"]


def test_find_ranks_the_title_above_the_body(thing):
    thing("도서관", "주차장이 넓다", days=1)
    thing("주차장", "도서관 옆", days=2)
    index.reindex_changed()

    assert found("주차장") == ["주차장", "도서관"]


def test_find_newest_first(thing):
    for days in (2, 1, 3):
        thing(f"주차장 {days}일 전", days=days)
    index.reindex_changed()

    assert found("주차장", scope=Scope(newest=True)) == [
        "주차장 1일 전",
        "주차장 2일 전",
        "주차장 3일 전",
    ]


def test_find_keeps_to_a_period(thing):
    thing("주차장 오늘")
    thing("주차장 작년", days=400)
    index.reindex_changed()

    findings = find("주차장", scope=Scope(since=timezone.now() - timedelta(days=30)))

    assert [row.title for row in findings.rows] == ["주차장 오늘"]
    assert findings.total == 1


def test_find_keeps_to_kinds_and_counts_all_of_them(second_kind, indexed):
    indexed("주차장", "주차장 둘")

    findings = find("주차장", kinds=["dataset"])

    assert {row.kind for row in findings.rows} == {"dataset"}
    assert findings.total == 2
    assert findings.counts == {"proposal": 2, "dataset": 2}


@pytest.mark.parametrize("text", ["주챠장 확대", "공유주차장확대", "주차장확되"])
def test_where_nothing_matches_every_word_some_letters_do(indexed, text):
    indexed("공유 주차장 확대", "도서관 야간 개방")

    findings = find(text)

    assert [row.title for row in findings.rows] == ["공유 주차장 확대"]
    assert findings.loose


@pytest.mark.parametrize("text", ["", "   ", "😀", "'\"\\&|!():*", "\x00", "없는말", "\ud800"])
def test_find_nothing_without_a_fault(indexed, text):
    indexed("공유 주차장 확대")

    assert find(text).rows == []


def test_find_with_a_very_long_question(indexed):
    indexed("공유 주차장 확대")

    assert found("주차장 " * 2500) == ["공유 주차장 확대"]


@pytest.mark.parametrize(("most", "newest"), [(2000, False), (2000, True), (1, True)])
def test_pages_follow_one_another_without_gap_or_repeat(thing, monkeypatch, most, newest):
    monkeypatch.setattr(search, "MOST", most)
    for number in range(5):
        thing(f"주차장 {'주차 ' * number}", days=number)
    index.reindex_changed()

    seen, after = [], ""
    while True:
        page = find("주차장", after=after, limit=2, scope=Scope(newest=newest))
        seen += [row.pk for row in page.rows]
        after = page.next
        if not after:
            break

    assert len(seen) == len(set(seen)) == 5


def test_common_words_are_read_by_date(thing, monkeypatch):
    monkeypatch.setattr(search, "MOST", 1)
    thing("주차장 주차장", days=2)
    thing("주차장", days=1)
    index.reindex_changed()

    assert found("주차장") == ["주차장", "주차장 주차장"]


def test_counting_stops_and_says_so(indexed, monkeypatch):
    monkeypatch.setattr(search, "MOST", 2)
    indexed("주차 하나", "주차 둘", "주차 셋")

    findings = find("주차")

    assert findings.is_capped
    assert findings.total == 2


@pytest.mark.parametrize("after", ["x", "WzFd:bad", "a:b:c"])
def test_a_cursor_from_elsewhere_is_refused(indexed, after):
    indexed("주차장")

    with pytest.raises(BadRequest):
        find("주차장", after=after)


@pytest.mark.parametrize("count", [1, 3])
def test_finding_costs_the_same_for_any_number(indexed, django_assert_num_queries, count):
    indexed(*(f"주차장 {number}" for number in range(count)))

    with django_assert_num_queries(3):
        rows = find("주차장").rows
        shown = [(row.title, row.body, row.url, row.kind, row.created_at) for row in rows]

    assert len(shown) == count


def test_similar_titles_are_the_likest_first(indexed):
    indexed(
        "역 앞 공유 주차장을 늘려 주세요",
        "역 앞 공유 주차장 늘려주세요 빨리",
        "도서관 야간 개방 시간을 늘려 주세요",
    )

    alike = similar_titles("역 앞 공유주차장을 늘려 주세요")

    assert [row.title for row in alike] == [
        "역 앞 공유 주차장을 늘려 주세요",
        "역 앞 공유 주차장 늘려주세요 빨리",
    ]
    assert 0.35 <= alike[1].likeness < alike[0].likeness <= 1


def test_similar_titles_keep_to_a_kind_and_a_number(second_kind, indexed):
    indexed("공유 주차장 확대 요청", "공유 주차장 확대 건의", "공유 주차장 확대 제안")

    assert len(similar_titles("공유 주차장 확대", limit=2)) == 2
    assert {row.kind for row in similar_titles("공유 주차장 확대", kind="dataset")} == {"dataset"}


@pytest.mark.parametrize("title", ["", "물", "주차", "😀😀😀", "'&|!", "가" * 5000, "\x00가나다"])
def test_similar_titles_of_anything_are_a_list(indexed, title):
    indexed("공유 주차장 확대")

    assert similar_titles(title) == []


def test_similar_titles_use_what_is_common_and_what_the_texts_speak_of(own_database, a_thing):
    for number in range(30):
        about = "어린이집 통학 차가 설 곳이 없습니다" if number in (12, 17) else "차가 많습니다"
        a_thing(f"주차장을 늘려 주세요 {number:02}번 길", about)
    a_thing("소사역 자전거 보관대를 늘려 주세요")
    index.reindex_changed()
    with own_database.superuser().cursor() as cursor:
        cursor.execute("ANALYZE search_document, search_entry")

    by_letters = similar_titles("소사역 자전거 보관대 늘려 주세요", limit=1)
    by_matter = similar_titles("어린이집 앞 주차장을 늘려 주세요", limit=2)

    assert [row.title for row in by_letters] == ["소사역 자전거 보관대를 늘려 주세요"]
    assert {row.title[-5:] for row in by_matter} == {"12번 길", "17번 길"}


def test_documents_are_visible_to_everyone(indexed, zoe):
    indexed("주차장")

    assert Document.objects.visible_to(zoe).about("proposal").filter(title="주차장").exists()
