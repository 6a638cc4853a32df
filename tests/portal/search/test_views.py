"""The search page: what it shows, keeps and refuses."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from portal.search.domain import index

URL = "/search/"


def page(client, **question):
    response = client.get(URL, question)
    assert response.status_code == 200
    return response, response.content.decode()


def test_the_page_lives_at_its_address():
    assert reverse("search:find") == URL


def test_the_page_without_a_question_shows_the_form(client, db):
    response, html = page(client)

    assert "findings" not in response.context
    assert 'name="q"' in html


def test_the_story_of_a_search(client, thing, second_kind):
    thing("공유 주차장 확대", "골목길 주차장을 함께 씁니다")
    index.reindex_changed()

    response, html = page(client, q="주차장")

    assert "공유 <mark>주차장</mark> 확대" in html
    assert "골목길 <mark>주차장</mark>을 함께 씁니다" in html
    assert "2 results" in html
    assert 'value="주차장"' in html
    assert [(kind.label, kind.count) for kind in response.context["kinds"]] == [
        ("Proposals", 1),
        ("Datasets", 1),
    ]
    assert "?q=%EC%A3%BC%EC%B0%A8%EC%9E%A5&amp;kind=dataset" in html


def test_the_page_keeps_to_a_kind(client, second_kind, indexed):
    indexed("주차장")

    response, html = page(client, q="주차장", kind="dataset")

    assert [hit.label for hit in response.context["hits"]] == ["Datasets"]
    assert "1 result" in html
    assert '<option value="dataset" selected>' in html


def test_a_script_in_a_title_is_escaped(client, indexed):
    indexed("<script>alert(1)</script> 주차장")

    _, html = page(client, q="주차장 script")

    assert "<script>alert" not in html
    assert "&lt;<mark>script</mark>&gt;alert(1)" in html


def test_a_script_in_the_question_is_escaped(client, db):
    _, html = page(client, q='"><script>alert(1)</script>')

    assert "<script>alert" not in html


def test_nothing_found_offers_help_and_each_word(client, db):
    _, html = page(client, q="없는말 다른말", period="7")

    assert "Nothing was found." in html
    assert "0 results" in html
    assert f'href="?q={"%EC%97%86%EB%8A%94%EB%A7%90"}"' in html
    assert "/help/" in html


def test_a_loose_answer_says_so(client, indexed):
    indexed("공유 주차장 확대")

    _, html = page(client, q="공유주차장확대")

    assert "Nothing has every word that you asked for." in html


@pytest.mark.parametrize("q", ["물", "'", '"', "😀", "&|!:*()", "\\", "%", "<>"])
def test_awkward_questions_get_an_answer(client, indexed, q):
    indexed("물")

    _, html = page(client, q=q)

    assert f'value="{escape(q)}"' in html


def test_a_question_that_is_too_long_is_kept_and_told(client, db):
    response, html = page(client, q="가" * 10_000)

    assert "Please shorten your search to 200 letters or fewer." in html
    assert "findings" not in response.context
    assert "가" * 10_000 in html


@pytest.mark.parametrize("wrong", [{"kind": "people"}, {"period": "1000"}, {"order": "password"}])
def test_a_choice_that_does_not_exist_is_told(client, db, wrong):
    response, _ = page(client, q="주차장", **wrong)

    assert set(response.context["form"].errors) == set(wrong)


def test_a_cursor_from_elsewhere_is_a_bad_request(client, indexed):
    indexed("주차장")

    assert client.get(URL, {"q": "주차장", "after": "1"}).status_code == 400


def test_only_reading_is_allowed(client, db):
    assert client.post(URL, {"q": "주차장"}).status_code in {403, 405}


def test_the_next_page_is_linked(client, indexed):
    indexed(*(f"주차장 {number}" for number in range(25)))

    response, html = page(client, q="주차장")
    after = response.context["findings"].next
    second, _ = page(client, q="주차장", after=after)

    assert f"after={after.replace(':', '%3A')}" in html
    assert len(response.context["hits"]) == 20
    assert len(second.context["hits"]) == 5


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number(client, indexed, django_assert_num_queries, count):
    indexed(*(f"주차장 {number}" for number in range(count)))

    with django_assert_num_queries(3):
        response, _ = page(client, q="주차장")

    assert len(response.context["hits"]) == count


def test_the_page_speaks_korean(client, indexed):
    indexed("주차장")
    client.cookies["django_language"] = "ko"

    _, html = page(client, q="주차장")

    assert "검색 결과 1건" in html
