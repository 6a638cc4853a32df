"""Every operation of the API under made-up requests: no error of ours, answers as described."""

import json
import uuid
from collections import Counter
from types import SimpleNamespace

import pytest
import schemathesis
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from datahub.domain.ckan.actions import ACTIONS
from portal.accounts.models import User
from portal.wsgi import application
from tests import conftest, databases

NAME = f"{conftest.NAME}_asked"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# The same requests in every run.
ALWAYS_THE_SAME = settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
WILD = st.one_of(
    st.sampled_from(
        ["", "0", "-1", "null", "NaN", "1e400", "a\0b", "' OR 1=1 --", "9" * 40, "9" * 5000]
    ),
    st.sampled_from(["9223372036854775808", "2026-13-45", "가" * 300, "🦋", "\u202e", "%00", "[]"]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        ),
        max_leaves=5,
    ),
)


@pytest.fixture(scope="module")
def demo_city(django_db_setup, django_db_blocker):
    """The demo city in a database of its own."""
    with django_db_blocker.unblock():
        databases.copy(conftest.TEMPLATE, NAME)
        databases.point_at(NAME)
        call_command("load_demo", force=True, verbosity=0)
        yield
        databases.point_at(conftest.NAME)
        databases.drop(NAME)


@pytest.fixture
def program(demo_city, monkeypatch):
    """What the program of a citizen who has signed in sends with each request."""
    monkeypatch.setattr(
        "rest_framework.throttling.SimpleRateThrottle.allow_request", lambda *_: True
    )
    client = Client()
    client.force_login(User.objects.get(email="citizen1@demo.hamkke"))
    token = uuid.uuid4().hex
    cookies = {"sessionid": client.cookies["sessionid"].value, "csrftoken": token}
    return SimpleNamespace(cookies=cookies, headers={"X-CSRFToken": token})


def first_of_all(operations):
    """For each list its first row, by the address of the list."""
    lists = [operation.path for operation in operations if "{" not in operation.path]
    answers = {
        path: Client().get(path, {"q": "골목"} if path.endswith("/search/") else {}).json()
        for path in lists
    }
    rows = {
        p: found["results"] if isinstance(found, dict) else found
        for p, found in answers.items()
        if isinstance(found, list) or "results" in found
    }
    return {path: found[0] for path, found in rows.items() if found}


def of_real_things(operation, rows):
    """A request that leads to a thing of the city, where the operation asks for one."""
    address, _brace, rest = operation.path.partition("{")
    row, word = rows.get(address, {}), rest.partition("}")[0]
    if operation.method == "post" and address == "/api/v1/comments/":
        proposal = rows["/api/v1/proposals/"]["id"]
        said = {"proposal": proposal, "text": "좋은 생각입니다."}
        return operation.Case(body=said, media_type="application/json")
    return operation.Case(path_parameters={word: row[word]} if word in row else {})


def test_every_operation_answers_as_it_says(program):
    api = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application)
    operations = [found.ok() for found in api.get_all_operations()]
    rows = first_of_all(operations)
    codes, faults = Counter(), {}

    def check(case, **sent):
        sent = sent or {"headers": program.headers, "cookies": program.cookies}
        answer = case.call(**sent)
        codes[answer.status_code] += 1
        try:
            case.validate_response(answer, checks=CHECKS)
        except BaseExceptionGroup as found:
            for fault in found.exceptions:
                told = (case.operation.label, fault.title, fault.message)
                faults.setdefault(told, answer.request.url)

    for operation in operations:
        real = of_real_things(operation, rows)
        check(real)
        check(real, headers={"Accept": "text/html"})
        check(real, headers={"Accept": "application/json"})
        for mode in GenerationMode:
            requests = operation.as_strategy(generation_mode=mode)
            ALWAYS_THE_SAME(given(case=requests)(check))()

    assert not faults, json.dumps(
        [[*k, v] for k, v in faults.items()], indent=1, ensure_ascii=False
    )
    assert len(operations) > 30
    assert {200, 201, 204, 400, 403, 404, 406} <= set(codes), codes


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_no_question_to_the_catalogue_is_answered_with_an_error_of_ours(demo_city, name):
    client = Client(raise_request_exception=False)
    words = st.sampled_from(
        [
            "id",
            "q",
            "fq",
            "sort",
            "rows",
            "start",
            "limit",
            "offset",
            "resource_id",
            "filters",
            "fields",
            "facet.field",
            "include_total",
        ]
    )

    @ALWAYS_THE_SAME
    @given(st.dictionaries(words, WILD, max_size=4))
    def ask(asked):
        sent = json.dumps(asked)
        answer = client.post(f"/api/3/action/{name}", sent, content_type="application/json")
        assert answer.status_code < 500, sent
        assert isinstance(answer.json(), dict | str)

    ask()
