"""Comments for programs."""

import json

import pytest

from portal.talk.domain import comments
from portal.talk.models import Comment
from tests.factories.portal import ProposalFactory, UserFactory

API = "/api/v1/comments/"


def send(client, **body):
    return client.post(API, json.dumps(body), content_type="application/json")


def test_comments_are_listed_by_proposal_without_persons(client, comment, zoe):
    comments.write(ProposalFactory(), by=UserFactory(), text="Elsewhere.")

    rows = client.get(API, {"proposal": comment.proposal_id}).json()["results"]

    assert [row["text"] for row in rows] == ["A good idea."]
    assert rows[0]["writer"] == "조*선"
    assert zoe.email not in str(rows)


def test_a_program_writes_and_answers(client, proposal, zoe):
    client.force_login(zoe)

    written = send(client, proposal=proposal.pk, text="By program.", stance="for")
    answered = send(client, parent=written.json()["id"], text="And more.")

    assert (written.status_code, answered.status_code) == (201, 201)
    assert answered.json()["level"] == 2


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": "Nowhere."}, 400),
        ({"text": "Call 010-1234-5678."}, 400),
        ({"text": "900101-1234567", "personal": "keep"}, 400),
        ({"text": "x" * 1001}, 400),
        ({"text": "x", "stance": "maybe"}, 400),
        ({"text": "\u200b\u3164"}, 400),
        ({"text": "\ud800"}, 400),
    ],
)
def test_what_cannot_be_taken_is_refused(client, proposal, zoe, body, status):
    client.force_login(zoe)
    where = {} if body["text"] == "Nowhere." else {"proposal": proposal.pk}

    assert send(client, **where, **body).status_code == status
    assert not Comment.objects.exists()


def test_personal_data_is_masked_on_request(client, proposal, zoe):
    client.force_login(zoe)

    send(client, proposal=proposal.pk, text="Call 010-1234-5678.", personal="mask")

    assert Comment.objects.get().text == "Call 010-****-****."


def test_strangers_and_guessers_are_stopped(client, ana, zoe, proposal):
    draft = ProposalFactory(author=ana, state="draft")
    closed = ProposalFactory(visibility="hidden")

    assert send(client, proposal=proposal.pk, text="x").status_code == 403
    client.force_login(zoe)
    assert send(client, proposal=draft.pk, text="x").status_code == 404
    assert send(client, proposal=closed.pk, text="x").status_code == 404
    assert client.get(API, {"proposal": draft.pk}).json()["results"] == []


def test_unknown_filters_tell_nothing(client, comment):
    rows = client.get(API, {"author__email__startswith": "zoe"}).json()["results"]

    assert len(rows) == 1


@pytest.mark.parametrize("number", ["1.5", "NaN", "1e400", "true"])
def test_a_proposal_is_named_by_a_whole_number(client, comment, number):
    given = number.replace("1.5", f"{comment.proposal_id}.5")

    answer = client.get(API, {"proposal": given})

    assert (answer.status_code, list(answer.json())) == (400, ["proposal"])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, proposal, count, django_assert_num_queries):
    for _ in range(count):
        comments.write(proposal, by=UserFactory(), text="Word.")

    with django_assert_num_queries(1):
        assert len(client.get(API).json()["results"]) == count
