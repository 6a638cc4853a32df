"""CKAN's Action API: its envelope, its search language, its errors; and its real client."""

import json
import re
import threading
import uuid
from wsgiref.simple_server import WSGIRequestHandler, make_server

import ckanapi
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from datahub.models import Dataset, DatasetState, Licence, Theme
from portal.accounts.models import Department
from tests.factories.datahub import DatasetFactory, csv_file, version_of

PUBLISHED = DatasetState.PUBLISHED
TABLE = "동네,면수,날짜\n상살미,12,2026-01-01\n소사,7,2026-01-02\n상살미,-3,2026-01-03\n"
REQUIRED = {
    *("id", "name", "title", "notes", "license_id", "license_title", "tags", "metadata_created"),
    *("metadata_modified", "organization", "resources", "private", "type", "author", "state"),
    *("author_email", "maintainer", "maintainer_email"),
}
RESOURCE_REQUIRED = {
    *("id", "position", "name", "description", "format", "mimetype", "size", "hash", "created"),
    *("last_modified", "url", "resource_type"),
}
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}")


@pytest.fixture
def parking(db):
    return DatasetFactory(
        name="parking",
        state=PUBLISHED,
        title_ko="공유주차 현황",
        keywords=["주차", "공유"],
        data=csv_file(TABLE, encoding="cp949"),
    )


@pytest.fixture
def lights(db):
    return DatasetFactory(
        name="lights",
        state=PUBLISHED,
        title_ko="가로등",
        keywords=["불빛"],
        publisher=Department.objects.get(code="safety"),
        theme=Theme.objects.get(code="safety"),
        licence=Licence.objects.get(code="kogl-4"),
    )


@pytest.fixture
def act(client):
    """Call an action as harvesters do, and give status and body."""

    def call(name, prefix="/api/3/action/", **params):
        response = client.get(f"{prefix}{name}", params)
        return response.status_code, response.json()

    return call


def names(body):
    return sorted(package["name"] for package in body["result"]["results"])


@pytest.mark.parametrize("prefix", ["/api/3/action/", "/api/action/"])
def test_the_envelope_is_ckans_under_both_addresses(act, parking, prefix):
    status, body = act("package_list", prefix)

    assert status == 200
    assert body["success"] is True
    assert body["result"] == ["parking"]
    assert body["help"].endswith("/api/3/action/help_show?name=package_list")


def test_post_takes_json_without_a_token_of_the_form(client, parking):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    response = strict.post(
        "/api/action/package_show", json.dumps({"id": "parking"}), content_type="application/json"
    )

    assert response.json()["result"]["title"] == "공유주차 현황"


def test_post_takes_a_form_too(client, parking):
    assert client.post("/api/action/package_show", {"id": "parking"}).json()["success"]


def test_a_package_has_every_key_that_harvesters_want(act, parking):
    package = act("package_show", id="parking")[1]["result"]

    assert set(package) >= REQUIRED
    (resource,) = package["resources"]
    assert set(resource) >= RESOURCE_REQUIRED
    assert package["type"] == "dataset"
    assert STAMP.fullmatch(package["metadata_modified"])
    assert len(resource["hash"]) == 64
    assert package["isopen"] is True
    assert [tag["name"] for tag in package["tags"]] == ["주차", "공유"]
    assert package["organization"]["name"] == "traffic"
    assert all(isinstance(extra["value"], str) for extra in package["extras"])


def test_a_package_is_found_by_its_identifier_too(act, parking):
    assert act("package_show", id=str(parking.uuid))[1]["result"]["name"] == "parking"


def test_the_newest_version_is_the_first_resource(act, parking):
    version_of(parking)

    resources = act("package_show", id="parking")[1]["result"]["resources"]

    assert [one["position"] for one in resources] == [0, 1]
    assert "/versions/2/csv/" in resources[0]["url"]


@pytest.mark.parametrize("state", [DatasetState.DRAFT, DatasetState.WITHDRAWN])
def test_what_is_not_published_does_not_exist(act, omar, client, state):
    DatasetFactory(name="secret", state=state, created_by=omar)
    client.force_login(omar)

    assert act("package_list")[1]["result"] == []
    assert act("package_search")[1]["result"]["count"] == 0
    status, body = act("package_show", id="secret")
    assert (status, body["error"]["__type"]) == (404, "Not Found Error")


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, ["lights", "parking"]),
        ({"q": "*:*"}, ["lights", "parking"]),
        ({"q": "공유주차"}, ["parking"]),
        ({"q": '"공유주차 현황"'}, ["parking"]),
        ({"q": "가로등 OR 공유주차"}, ["lights", "parking"]),
        ({"q": "가로등 AND 공유주차"}, []),
        ({"q": "불빛"}, ["lights"]),
        ({"q": "title:가로등"}, ["lights"]),
        ({"q": "NOT 가로등"}, ["parking"]),
        ({"q": "organization:safety AND tags:불빛"}, ["lights"]),
        ({"fq": "organization:traffic"}, ["parking"]),
        ({"fq": "-organization:traffic"}, ["lights"]),
        ({"fq": "+organization:traffic +tags:주차"}, ["parking"]),
        ({"fq": "organization:(traffic OR safety)"}, ["lights", "parking"]),
        ({"fq": 'groups:"safety"'}, ["lights"]),
        ({"fq": "license_id:kogl-4"}, ["lights"]),
        ({"fq": "res_format:CSV"}, ["lights", "parking"]),
        ({"fq": "res_format:PDF"}, []),
        ({"fq": "name:park*"}, ["parking"]),
        ({"fq": "type:dataset state:active"}, ["lights", "parking"]),
        ({"fq": "id:nonsense"}, []),
        ({"fq": "metadata_modified:[2020-01-01T00:00:00.123456Z TO *]"}, ["lights", "parking"]),
        ({"fq": "metadata_modified:[* TO 2020-01-01T00:00:00Z]"}, []),
        ({"fq_list": '["tags:주차", "organization:traffic"]'}, ["parking"]),
    ],
)
def test_package_search_speaks_the_search_language(act, parking, lights, params, found):
    status, body = act("package_search", **params)

    assert status == 200
    assert names(body) == found
    assert body["result"]["count"] == len(found)


@pytest.mark.parametrize(
    "params",
    [
        {"fq": "colour:red"},
        {"q": "(("},
        {"q": "a)"},
        {"q": '"open'},
        {"fq": "metadata_modified:[yesterday TO *]"},
        {"fq": "metadata_modified:today"},
        {"fq": "tags:"},
        {"q": "NOT"},
        {"q": "(" * 100},
        {"q": "x" * 5000},
        {"sort": "password desc"},
        {"facet.field": '["colour"]'},
    ],
)
def test_a_query_that_makes_no_sense_is_refused_and_never_passed_over(act, parking, params):
    status, body = act("package_search", **params)

    assert status == 400
    assert body["success"] is False
    assert body["error"]["__type"] == "Search Query Error"


def test_package_search_pages_sorts_and_counts_facets(act, parking, lights):
    facets = '["organization", "tags", "license_id", "res_format", "groups"]'

    result = act("package_search", rows=1, start=1, sort="name asc", **{"facet.field": facets})[1][
        "result"
    ]

    assert (result["count"], [one["name"] for one in result["results"]]) == (2, ["parking"])
    assert result["facets"]["organization"] == {"safety": 1, "traffic": 1}
    assert result["facets"]["tags"] == {"공유": 1, "불빛": 1, "주차": 1}
    assert result["facets"]["res_format"] == {"CSV": 2}
    item = result["search_facets"]["license_id"]["items"][0]
    assert set(item) == {"name", "display_name", "count"}


@pytest.mark.parametrize("count", [1, 3])
def test_package_search_costs_the_same_for_any_number(client, db, count, django_assert_num_queries):
    for _ in range(count):
        DatasetFactory(state=PUBLISHED)

    with django_assert_num_queries(4):
        body = client.get("/api/3/action/package_search").json()

    assert body["result"]["count"] == count


def test_the_lists_name_departments_themes_keywords_and_licences(client, act, parking, lights):
    assert act("organization_list")[1]["result"] == ["safety", "traffic"]
    assert act("organization_list", all_fields="true")[1]["result"][0]["package_count"] == 1
    assert "transport" in act("group_list")[1]["result"]
    assert act("tag_list")[1]["result"] == ["공유", "불빛", "주차"]
    assert act("license_list")[1]["result"][1]["id"] == "kogl-1"
    shown = act("organization_show", id="traffic", include_datasets="true")[1]["result"]
    assert (shown["package_count"], shown["packages"][0]["name"]) == (1, "parking")
    assert act("group_show", id="safety")[1]["result"]["title"] == "안전"
    assert act("site_read")[1]["result"] is True
    assert act("status_show")[1]["result"]["ckan_version"]
    help_ = client.get("/api/3/action/help_show?name=package_list")
    assert "Name all datasets" in help_.json()["result"]
    assert len(act("current_package_list_with_resources", limit=1)[1]["result"]) == 1


def datastore(act, dataset, **params):
    status, body = act("datastore_search", resource_id=str(dataset.current.uuid), **params)
    assert status == 200, body
    return body["result"]


def test_datastore_search_gives_typed_rows_and_fields(act, parking):
    result = datastore(act, parking)

    assert result["total"] == 3
    assert result["records"][0] == {"_id": 1, "동네": "상살미", "면수": 12, "날짜": "2026-01-01"}
    assert [(one["id"], one["type"]) for one in result["fields"]] == [
        ("_id", "int"),
        ("동네", "text"),
        ("면수", "int"),
        ("날짜", "date"),
    ]


@pytest.mark.parametrize(
    ("params", "ids"),
    [
        ({"filters": '{"동네": "상살미"}'}, [1, 3]),
        ({"filters": '{"동네": ["상살미", "소사"], "면수": 7}'}, [2]),
        ({"filters": '{"면수": {"gte": 7, "lt": 12}}'}, [2]),
        ({"filters": '{"날짜": "2026-01-02"}'}, [2]),
        ({"filters": '{"면수": "seven"}'}, []),
        ({"filters": "{\"동네\": \"x' OR '1'='1\"}"}, []),
        ({"q": "소사"}, [2]),
        ({"q": "%"}, []),
        ({"q": "_"}, []),
        ({"q": '{"동네": "살미"}'}, [1, 3]),
        ({"sort": "면수 desc"}, [1, 2, 3]),
        ({"sort": '"동네" asc, _id desc'}, [3, 1, 2]),
        ({"limit": "1", "offset": "1"}, [2]),
        ({"limit": "0"}, []),
    ],
)
def test_datastore_search_filters_sorts_and_pages(act, parking, params, ids):
    assert [row["_id"] for row in datastore(act, parking, **params)["records"]] == ids


def test_datastore_search_gives_chosen_fields_as_lists(act, parking):
    result = datastore(act, parking, fields="면수", records_format="lists", limit=1)

    assert result["records"] == [[1, 12]]


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"filters": '{"비밀": 1}'}, "filters"),
        ({"filters": '{"면수": {"like": 1}}'}, "filters"),
        ({"filters": "nonsense"}, "filters"),
        ({"sort": "c1; DROP TABLE x"}, "sort"),
        ({"sort": "1"}, "sort"),
        ({"fields": "비밀"}, "fields"),
        ({"limit": "many"}, "limit"),
        ({"offset": "-1"}, "offset"),
        ({"records_format": "yaml"}, "records_format"),
    ],
)
def test_datastore_search_refuses_what_is_not_in_the_table(act, parking, params, field):
    status, body = act("datastore_search", resource_id=str(parking.current.uuid), **params)

    assert (status, body["error"]["__type"]) == (409, "Validation Error")
    assert field in body["error"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"filters": {"면수": NaN}}', 400),
        ('{"filters": {"면수": 1e400}}', 400),
        ('{"filters": "{\\"면수\\": Infinity}"}', 409),
        (json.dumps({"filters": '{"a":' * 100_000}), 409),
        ('{"q": true}', 409),
    ],
)
def test_no_number_that_is_none_reaches_the_table(client, parking, body, status):
    address = f"/api/3/action/datastore_search?resource_id={parking.current.uuid}"

    assert client.post(address, body, "application/json").status_code == status


@pytest.mark.parametrize(
    "name", ["package_show", "resource_show", "organization_show", "datastore_search"]
)
def test_a_missing_parameter_and_an_unknown_thing_are_told_apart(act, db, name):
    key = "resource_id" if name == "datastore_search" else "id"

    assert act(name)[0] == 409
    status, body = act(name, **{key: str(uuid.uuid4())})
    assert (status, body["error"]["message"].partition(": ")[0]) == (404, "Not found")


def test_there_is_no_sql(act, parking):
    assert act("datastore_search_sql", sql="SELECT 1") == (
        400,
        "Bad request: Action name not known: datastore_search_sql",
    )


@pytest.mark.parametrize("body", ["{", "[1]", '"x"', "[" * 10000])
def test_a_broken_body_is_refused(client, db, body):
    response = client.post("/api/action/package_list", body, content_type="application/json")

    assert response.status_code == 400
    assert response.json().startswith("Bad request")


@pytest.mark.parametrize(
    "body", [{"id": ["a"]}, {"id": {"a": 1}}, {"id": "a\0"}, {"id": None}, {"id": 5}]
)
def test_parameters_of_another_kind_are_refused(client, db, body):
    response = client.post(
        "/api/action/package_show", json.dumps(body), content_type="application/json"
    )

    assert response.status_code in {404, 409}


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def address(own_database):
    """A real server on a port of its own, for clients that speak over the wire."""
    handler = WSGIHandler()

    def answer(environ, start_response):
        try:
            return list(handler(environ, start_response))
        finally:
            connections.close_all()

    server = make_server("127.0.0.1", 0, answer, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("get_only", [False, True])
def test_the_real_client_reads_the_catalogue(address, get_only):
    dataset = DatasetFactory(
        name="parking", state=PUBLISHED, data=csv_file(TABLE, encoding="cp949")
    )
    with ckanapi.RemoteCKAN(address, get_only=get_only) as remote:
        assert remote.action.package_list() == ["parking"]
        package = remote.action.package_show(id="parking")
        assert package["resources"][0]["datastore_active"]
        found = remote.action.package_search(fq="organization:traffic", rows=1000)
        assert found["count"] == 1
        rows = remote.action.datastore_search(resource_id=package["resources"][0]["id"], limit=2)
        assert [row["동네"] for row in rows["records"]] == ["상살미", "소사"]
        with pytest.raises(ckanapi.NotFound):
            remote.action.package_show(id="nothing")
        with pytest.raises(ckanapi.ValidationError):
            remote.action.package_show()
        with pytest.raises(ckanapi.SearchQueryError):
            remote.action.package_search(q="colour:red")
        with pytest.raises(ckanapi.CKANAPIError):
            remote.call_action("package_delete", {"id": "parking"})
    assert Dataset.objects.get().pk == dataset.pk
