"""The catalogue under /api/v1/, the desk, the search and the front page."""

import pytest

from datahub import desk, search
from datahub.models import Dataset, DatasetState, Licence
from portal import registry
from tests.factories.datahub import DatasetFactory, csv_file, version_of

PUBLISHED = DatasetState.PUBLISHED
URL = "/api/v1/datasets/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, db, count, django_assert_num_queries):
    for _ in range(count):
        DatasetFactory(state=PUBLISHED)
    DatasetFactory()

    with django_assert_num_queries(3):
        body = client.get(URL).json()

    assert len(body["results"]) == count


def test_one_dataset_shows_columns_and_versions(client, db):
    dataset = DatasetFactory(state=PUBLISHED)

    body = client.get(f"{URL}{dataset.name}/").json()

    assert (body["publisher"], body["licence"], body["rows"]) == ("traffic", "kogl-1", 2)
    assert [column["name"] for column in body["columns"]] == ["이름", "수"]
    assert body["versions"][0]["sha256"] == dataset.current.sha256


def test_rows_go_on_where_they_ended(client, db):
    dataset = DatasetFactory(state=PUBLISHED, data=csv_file("수\n5\n6\n7\n"))
    url = f"{URL}{dataset.name}/rows/"

    first = client.get(url, {"limit": 2}).json()
    last = client.get(url, {"after": first["next_after"]}).json()

    assert first == {
        "total": 3,
        "next_after": 2,
        "records": [{"_id": 1, "수": 5}, {"_id": 2, "수": 6}],
    }
    assert (last["next_after"], last["records"]) == (None, [{"_id": 3, "수": 7}])


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": "x"}, {"after": -1}, {"limit": 5000}])
def test_rows_refuse_numbers_that_make_no_sense(client, db, query):
    dataset = DatasetFactory(state=PUBLISHED)

    assert client.get(f"{URL}{dataset.name}/rows/", query).status_code == 400


def test_drafts_are_not_there_and_nothing_can_be_written(client, omar):
    dataset = DatasetFactory(data=True)
    client.force_login(omar)

    assert client.get(f"{URL}{dataset.name}/").status_code == 404
    assert client.post(URL, {}).status_code in {403, 405}


def test_the_desk_names_what_a_draft_still_needs(omar, wendy):
    DatasetFactory(data=False)
    DatasetFactory(data=True, licence=None)
    DatasetFactory(data=True)

    notes = [item.note for item in desk.draft_items(omar, 10)]

    assert notes == [
        "A file with data is missing.",
        "A licence is missing.",
        "Ready to be published.",
    ]
    assert desk.draft_items(wendy, 10) == []


def test_the_desk_names_files_that_need_a_look_until_a_newer_one_is_there(omar):
    dataset = DatasetFactory(state=PUBLISHED)
    version_of(dataset, "가게,전화\n하나,010-1234-5678\n")

    before = [item.title for item in desk.stuck_items(omar, 10)]
    version_of(dataset)

    assert before == [dataset.title]
    assert desk.stuck_items(omar, 10) == []


def test_the_search_offers_published_data_alone(db):
    dataset = DatasetFactory(state=PUBLISHED, keywords=["주차"])
    DatasetFactory()

    (found,) = search.SOURCE.queryset()

    document = search.document(found)
    assert found == dataset
    assert document["title"] == dataset.title_ko
    assert "주차" in document["body"]


def test_the_front_page_counts_published_data(db):
    DatasetFactory(state=PUBLISHED)

    assert registry.tiles["data"].news() == "1"


def test_every_act_on_data_has_words():
    acts = ["drafted", "described", "columns_described", "version_added", "personal_data_confirmed"]

    for act in [*acts, DatasetState.PUBLISHED, DatasetState.WITHDRAWN]:
        assert f"datahub.dataset:{act}" in registry.verbs


def test_the_demo_is_loaded_once(db):
    from datahub.domain import demo
    from portal.accounts.domain import cast

    cast.load()

    demo.load()
    demo.load()

    states = Dataset.objects.order_by("name").values_list("name", "state", "current__encoding")
    assert list(states) == [
        (demo.RESIDENT_BAYS, PUBLISHED, "cp949"),
        (demo.SHARED_PARKING, PUBLISHED, "cp949"),
    ]


def test_only_types_0_and_1_and_cc_by_are_open(db):
    open_ones = Licence.objects.filter(is_open=True).values_list("code", flat=True)

    assert sorted(open_ones) == ["cc-by", "kogl-0", "kogl-1"]
