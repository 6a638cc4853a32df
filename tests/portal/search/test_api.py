"""The search for programs."""

import pytest

URL = "/api/v1/search/"


def test_the_answer_has_counts_and_results(client, second_kind, indexed):
    [made] = indexed("공유 주차장 <b>확대</b>")

    answer = client.get(URL, {"q": "주차장", "kind": "proposal"}).json()

    [result] = answer.pop("results")
    assert answer == {
        "count": 1,
        "is_capped": False,
        "is_loose": False,
        "kinds": [
            {"key": "proposal", "label": "Proposals", "count": 1},
            {"key": "dataset", "label": "Datasets", "count": 1},
        ],
        "next": None,
    }
    assert result.pop("created_at")
    assert result == {
        "kind": "proposal",
        "id": str(made.pk),
        "title": "공유 주차장 <b>확대</b>",
        "excerpt": "",
        "url": f"http://testserver/things/{made.pk}/",
    }


def test_the_next_page_follows(client, indexed):
    indexed(*(f"주차장 {number}" for number in range(21)))

    first = client.get(URL, {"q": "주차장"}).json()
    second = client.get(URL, {"q": "주차장", "after": first["next"]}).json()

    assert [len(first["results"]), len(second["results"])] == [20, 1]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": "가" * 201}, "q"),
        ({"q": "가", "kind": "people"}, "kind"),
    ],
)
def test_what_cannot_be_asked_is_told(client, db, question, field):
    response = client.get(URL, question)

    assert response.status_code == 400
    assert set(response.json()) == {field}


def test_a_cursor_from_elsewhere_is_a_bad_request(client, indexed):
    indexed("주차장")

    assert client.get(URL, {"q": "주차장", "after": "x"}).status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_the_answer_costs_the_same_for_any_number(
    client, indexed, django_assert_num_queries, count
):
    indexed(*(f"주차장 {number}" for number in range(count)))

    with django_assert_num_queries(3):
        response = client.get(URL, {"q": "주차장"})

    assert len(response.json()["results"]) == count
