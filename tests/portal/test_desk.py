"""The work list beyond its first lines."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.desk.domain import desk
from portal.proposals.models import ProposalState
from tests.factories.portal import ProposalFactory

KEY = "proposals-to-assign"
WHOLE = reverse("desk:whole", args=[KEY])


def owed(number, department):
    """Proposals that wait for an answer of ``department``, the later made the later due."""
    today = timezone.localdate()
    for day in range(number):
        ProposalFactory(
            title=f"Lamp {day:02}",
            state=ProposalState.ANSWER_DUE,
            department=department,
            due_on=today + timedelta(days=day),
        )


def test_a_long_list_leads_to_all_of_it_page_by_page(client, omar, transport, monkeypatch):
    monkeypatch.setattr(desk, "A_PAGE", 8)
    owed(12, transport)
    client.force_login(omar)

    short = client.get(reverse("desk:show")).text
    first = client.get(WHOLE).text
    second = client.get(WHOLE, {"after": 8}).text

    assert "See all 12" in short
    assert "Lamp 10" not in short
    assert ("Lamp 07" in first, "Lamp 08" in first) == (True, False)
    assert "?after=8" in first
    assert ("Lamp 08" in second, "Lamp 11" in second, "last page" in second) == (True, True, True)


def test_a_short_list_leads_nowhere(client, omar, transport):
    owed(10, transport)
    client.force_login(omar)

    assert "See all" not in client.get(reverse("desk:show")).text


def test_a_list_costs_the_same_for_any_number(client, omar, transport):
    client.force_login(omar)
    client.get(WHOLE)
    costs = []
    for more in (1, 2):
        owed(more, transport)
        with CaptureQueriesContext(connection) as queries:
            client.get(WHOLE)
        costs.append(len(queries))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("key", ["nothing-like-it", "proposals-to-approve"])
def test_lists_of_others_are_not_found(client, omar, key):
    client.force_login(omar)

    assert client.get(reverse("desk:whole", args=[key])).status_code == 404


@pytest.mark.parametrize("after", ["x", "-1", "²", "99999"])
def test_a_place_that_is_none_is_refused(client, omar, after):
    client.force_login(omar)

    assert client.get(WHOLE, {"after": after}).status_code == 400
