"""Proposals for programs: filters, pages, orders, conditional requests, and feeds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.proposals.models import Area, ProposalState, Visibility
from portal.search.domain import index
from tests.factories.portal import ProposalFactory, support_by
from tests.portal.proposals.test_lists import change

URL = "/api/v1/proposals/"
FEED = "/proposals/feed/"
S = ProposalState


def numbers(client, **query):
    return [row["id"] for row in client.get(URL, query).json()["results"]]


@pytest.fixture
def three(ana, transport):
    """Three public proposals of different ages, the oldest most supported, and two others."""
    now = timezone.now()
    made = [
        ProposalFactory(author=ana, published_at=now - timedelta(days=n), title=f"주차장 {n}")
        for n in range(3)
    ]
    support_by(made[2], 2)
    change(ProposalFactory(author=ana), visibility=Visibility.HIDDEN)
    ProposalFactory(author=ana, state=S.DRAFT)
    return made


def test_only_what_is_public_is_told_and_nothing_of_who_wrote_it(client, three, ana):
    answer = client.get(URL).json()

    assert [row["id"] for row in answer["results"]] == [p.pk for p in three]
    assert ana.email not in str(answer)
    assert ana.name not in str(answer)
    assert {key for row in answer["results"] for key in row} & {"author_id", "email"} == set()


@pytest.mark.parametrize(
    "forged",
    [
        "author__email__startswith=a",
        "author__email=ana@example.org",
        "author__password__regex=.*",
        "answered_by__isnull=true",
        "visibility=hidden",
        "stat__support_count__gt=1000",
    ],
)
def test_a_filter_that_is_not_named_changes_nothing(client, three, forged):
    assert client.get(f"{URL}?{forged}").json()["results"] == client.get(URL).json()["results"]


@pytest.mark.parametrize(
    "forged",
    [
        "author__email",
        "-author__password",
        "stat__support_count; DROP TABLE proposals_proposal",
        "(SELECT pg_sleep(9))",
        "?",
        "RANDOM()",
        "",
    ],
)
def test_an_order_that_is_not_named_is_the_usual_one(client, three, forged):
    assert numbers(client, ordering=forged) == [p.pk for p in three]


def test_the_orders_that_are_named(client, three):
    change(three[1], changed_at=timezone.now() + timedelta(hours=1))

    assert numbers(client, ordering="supported")[0] == three[2].pk
    assert numbers(client, ordering="changed")[0] == three[1].pk


@pytest.mark.parametrize("order", ["newest", "supported", "changed"])
def test_every_order_goes_on_page_by_page(client, three, order):
    seen, address = [], f"{URL}?page_size=1&ordering={order}"

    while address:
        page = client.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]

    assert sorted(seen) == sorted(p.pk for p in three)


def test_a_cursor_of_another_order_is_refused(client, three):
    following = client.get(URL, {"page_size": 1}).json()["next"]

    assert client.get(f"{following}&ordering=supported").status_code == 404


def test_filters_that_are_named(client, three, ana, transport):
    due = ProposalFactory(
        author=ana,
        state=S.ANSWER_DUE,
        area=Area.objects.get(code="health"),
        reference="2026-보건-00007",
        call_id=7,
    )

    day = timezone.now() - timedelta(days=1, hours=1)
    assert numbers(client, state="answer_due") == [due.pk]
    assert numbers(client, area="health") == [due.pk]
    assert numbers(client, department="traffic") == [due.pk]
    assert numbers(client, call=7) == [due.pk]
    assert numbers(client, reference="2026-보건-00007") == [due.pk]
    assert numbers(client, published_before=day.isoformat()) == [three[2].pk]
    assert numbers(client, due_before="2020-01-01") == []


def test_words_are_found(client, three, ana):
    ProposalFactory(author=ana, title="다른 것")
    index.reindex_changed()

    assert sorted(numbers(client, q="주차장")) == sorted(p.pk for p in three)
    assert numbers(client, q="'; DROP TABLE x; --") == []


@pytest.mark.parametrize(
    "query",
    [
        "state=lost",
        "area=nowhere",
        "published_after=soon",
        "due_before=x",
        "state=draft",
        "call=spring",
        "call=1.5",
        "call=99999999999999999999",
    ],
)
def test_a_value_that_is_not_one_is_refused_or_finds_nothing(client, three, query):
    response = client.get(f"{URL}?{query}")

    assert response.status_code in {200, 400}
    assert response.status_code == 400 or response.json()["results"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_any_number(client, ana, count, django_assert_num_queries):
    for _ in range(count):
        ProposalFactory(author=ana)

    with django_assert_num_queries(2):
        answer = client.get(URL)

    assert len(answer.json()["results"]) == count


@pytest.mark.parametrize("address", ["", "{pk}/"])
def test_what_has_not_changed_is_not_sent_again(client, three, address):
    address = URL + address.format(pk=three[0].pk)
    first = client.get(address)
    same = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])
    support_by(three[0], 1)

    changed = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])

    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200


def test_a_feed_keeps_to_what_was_chosen(client, three, ana):
    ProposalFactory(author=ana, area=Area.objects.get(code="health"), title="건강")
    index.reindex_changed()

    of_area = client.get(FEED, {"area": "health"}).text
    of_words = client.get(FEED, {"q": "주차장"}).text

    assert of_area.count("<entry>") == 1
    assert "건강" in of_area
    assert of_words.count("<entry>") == 3
    assert "/proposals/?q=" in of_words
    assert ana.name not in of_words


@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_costs_the_same_for_any_number(client, ana, count, django_assert_num_queries):
    for _ in range(count):
        ProposalFactory(author=ana)

    with django_assert_num_queries(2):
        client.get(FEED)
