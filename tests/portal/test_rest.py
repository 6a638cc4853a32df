"""The habits of the API: open to read, closed to write, page by page, never without end."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from portal.refusals import Refused
from portal.talk.models import Comment
from tests.factories.portal import ProposalFactory

LIST = "/api/v1/proposals/"
COMMENTS = "/api/v1/comments/"
LISTS = sorted(
    reverse(name)
    for name in get_resolver().reverse_dict
    if isinstance(name, str) and name.endswith("-list")
)


class Writable(APIView):
    def get(self, request):
        raise Refused("Too late.")

    def post(self, request):
        raise Refused("Too late.")


def ask(method, person=None):
    request = getattr(APIRequestFactory(), method)("/")
    if person:
        force_authenticate(request, person)
    return Writable.as_view()(request)


def test_a_stranger_may_read_and_a_refusal_is_409(db):
    answer = ask("get")

    assert (answer.status_code, answer.data) == (409, {"detail": "Too late."})


def test_a_stranger_may_not_write(db):
    answer = ask("post")

    assert answer.status_code in {401, 403}
    assert isinstance(answer.data["detail"], str)


def test_whoever_signed_in_reaches_the_view(ana):
    assert ask("post", ana).status_code == 409


def test_writing_needs_the_token_of_the_site(ana):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)

    assert client.post(LIST, {}).status_code in {403, 405}


def test_the_list_goes_on_by_its_own_link(client, db):
    made = {ProposalFactory().pk for _ in range(5)}

    first = client.get(LIST, {"page_size": 3}).json()
    second = client.get(first["next"]).json()

    found = [row["id"] for row in first["results"] + second["results"]]
    assert (len(found), set(found)) == (5, made)
    assert second["next"] is None


@pytest.mark.parametrize("size", ["0", "-1", "x", "1000000", "9" * 400, ""])
def test_no_size_of_a_page_breaks_anything(client, db, size):
    ProposalFactory()

    answer = client.get(LIST, {"page_size": size})

    assert answer.status_code == 200
    assert len(answer.json()["results"]) <= 100


@pytest.mark.parametrize("cursor", ["x", "%00", "cj0xJnA9eA==", "bz05OTk5OTk5OTk5OTk5OTk5OTk5OTk="])
def test_a_forged_cursor_is_no_error_of_ours(client, db, cursor):
    ProposalFactory()

    assert client.get(f"{LIST}?cursor={cursor}").status_code == 404


@pytest.mark.parametrize("address", LISTS)
def test_an_answer_that_a_program_has_already_is_not_sent_again(client, db, address):
    first = client.get(address)

    again = client.get(address, headers={"if-none-match": first["ETag"]})
    other = client.get(address, headers={"if-none-match": '"another"'})

    assert (first.status_code, again.status_code, other.status_code) == (200, 304, 200)
    assert not again.content


@pytest.mark.parametrize(
    ("body", "english", "korean"),
    [
        ("[" * 100_000, "nested too deeply", "너무 깊게"),
        ('{"a":' * 100_000, "nested too deeply", "너무 깊게"),
        ('{\n"text" "x"}', "line 2, character 8", "2번째 줄 8번째 글자"),
        ("\xff", "send it as UTF-8", "UTF-8로"),
        ("NaN", "NaN, Infinity", "NaN"),
        ('{"text": -Infinity}', "NaN, Infinity", "NaN"),
        ('{"text": "a", "more": [1e400]}', "NaN, Infinity", "NaN"),
        ("9" * 5000, "NaN, Infinity", "NaN"),
    ],
)
def test_json_that_cannot_be_read_is_told_so_in_words(client, ana, body, english, korean):
    client.force_login(ana)

    for language, words in (("en", english), ("ko", korean)):
        client.cookies["django_language"] = language
        answer = client.post(COMMENTS, body.encode("latin-1"), "application/json")

        assert answer.status_code == 400
        assert words in answer.json()["detail"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("text", value) for value in (1, 1.5, True, ["a"], {"a": "b"}, None)),
        *(("proposal", value) for value in (True, [1], {"a": 1}, 1.5, "x", "1e3", 2**70, None)),
        *(("stance", value) for value in (True, 0, ["for"], {"for": 1}, None, "")),
        *(("personal", value) for value in (True, ["keep"], "")),
    ],
)
def test_a_value_of_another_kind_is_not_taken_for_what_a_field_asks(client, ana, field, value):
    client.force_login(ana)
    given = {"proposal": ProposalFactory().pk, "text": "Yes.", field: value}

    answer = client.post(COMMENTS, given, "application/json")

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "This must be text, in quotation marks."), ("ko", "따옴표로 묶은 글이어야 합니다.")],
)
def test_a_number_in_place_of_text_is_told_so_in_words(client, ana, language, sentence):
    client.force_login(ana)
    client.cookies["django_language"] = language

    answer = client.post(COMMENTS, {"proposal": 1, "text": 15}, "application/json")

    assert answer.json() == {"text": [sentence]}


def test_answers_are_json_alone(client, db):
    answer = client.get(LIST, headers={"Accept": "text/html"})

    assert answer.status_code in {200, 406}
    assert "html" not in answer["Content-Type"]


def test_a_program_that_asks_without_end_is_told_to_wait(client, db, own_memory, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "2/min", "user": "2/min"})
    answers = [client.get(LIST) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) <= 60


def test_a_request_of_the_framework_knows_nobody_by_default(db):
    assert not Request(APIRequestFactory().get("/")).user.is_authenticated
