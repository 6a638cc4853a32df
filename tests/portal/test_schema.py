"""The API's description: whole, readable, and true to what the addresses answer."""

import json

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.portal import ProposalFactory


@pytest.fixture(scope="module")
def schema(django_db_setup, django_db_blocker, tmp_path_factory):
    """The description as it is served."""
    path = tmp_path_factory.mktemp("schema") / "schema.yaml"
    with django_db_blocker.unblock():
        call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(path))
    return yaml.safe_load(path.read_text())


def test_the_description_is_made_without_a_warning(schema):
    assert schema["openapi"].startswith("3.")
    assert "/api/v1/proposals/" in schema["paths"]


def test_the_description_is_served(client, db):
    answer = client.get("/api/schema/")

    assert answer.status_code == 200
    assert yaml.safe_load(answer.content)["info"]["title"] == "Hamkke API"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_description_can_be_read_by_people(client, db, language):
    client.cookies["django_language"] = language

    page = client.get("/api/docs/")

    assert page.status_code == 200
    assert "/api/v1/proposals/" in page.text


def test_every_address_that_reads_says_what_it_gives(schema):
    silent = [
        path
        for path, operations in schema["paths"].items()
        if "get" in operations and not operations["get"].get("responses")
    ]

    assert silent == []


WILD = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.sampled_from(["", "0", "-1", "null", "NaN", "\0", "' OR 1=1", "9" * 40, "2026-13-45", "가"]),
)


@pytest.mark.django_db
def test_no_question_to_the_api_is_answered_with_an_error_of_ours(schema):
    proposal = ProposalFactory()
    client = Client(raise_request_exception=False)
    known = {"id": str(proposal.pk), "pk": str(proposal.pk)}
    reads = [
        (path, operations["get"].get("parameters", []))
        for path, operations in schema["paths"].items()
        if "get" in operations
    ]

    @settings(
        max_examples=150,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(reads), st.data())
    def ask(read, data):
        path, parameters = read
        query = {}
        for parameter in parameters:
            name = parameter["name"]
            if parameter["in"] == "path":
                value = data.draw(st.one_of(st.just(known.get(name, "x")), WILD))
                path = path.replace("{" + name + "}", value.replace("/", "") or "x")
            elif parameter["in"] == "query" and data.draw(st.booleans()):
                query[name] = data.draw(WILD)
        answer = client.get(path, query)
        assert answer.status_code < 500, json.dumps([path, query])

    ask()
