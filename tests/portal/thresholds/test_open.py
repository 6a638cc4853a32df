"""Steps, duties and panels in the open: by the API and as nightly tables."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.proposals.models import ProposalState as S
from portal.proposals.models import Visibility
from portal.registry import open_data_exports
from portal.thresholds import exports
from portal.thresholds.domain import crossings, duties
from portal.thresholds.models import Duty, Effect, Step
from tests.factories.portal import ProposalFactory, support_by
from tests.factories.thresholds import make_step
from tests.portal.proposals.test_lists import change


@pytest.fixture
def owed(db):
    """Two proposals, each with the duty to answer and one to discuss; one of them is hidden."""
    make_step(5)
    shown, hidden = (support_by(ProposalFactory(), 5) for _ in range(2))
    crossings.follow()
    change(hidden, visibility=Visibility.HIDDEN)
    return Duty.objects.get(proposal=shown, step__effect=Effect.DISCUSSION)


def read(client, name, **asked):
    return client.get(f"/api/v1/{name}/", asked).json()["results"]


def test_programs_read_the_duties_of_public_proposals(client, owed, omar):
    duties.fulfil(owed, by=omar, what="A discussion was held.")

    found = read(client, "duties", effect="discussion")
    one = client.get(f"/api/v1/duties/{owed.pk}/").json()

    assert found == [one]
    assert (one["department"], one["outcome"], one["days"]) == ("traffic", "fulfilled", 0)
    assert "done_by" not in one
    assert len(read(client, "duties")) == 2


def test_an_answer_is_owed_until_the_date_of_the_proposals_clock(client, owed):
    answer = Duty.objects.get(proposal=owed.proposal, step__effect=Effect.ANSWER)
    today = timezone.localdate()
    days = [today - timedelta(days=1), today + timedelta(days=9)]
    moves = [(days[0], S.ANSWER_DUE), (days[0], S.SUPPLEMENT), (days[1], S.PRELIM_REVIEW)]
    found = []

    for due_on, state in moves:
        change(owed.proposal, due_on=due_on, state=state)
        told = client.get(f"/api/v1/duties/{answer.pk}/").json()
        late = [duty["id"] for duty in read(client, "duties", is_late="true")]
        found.append((told["due_on"], told["is_late"], told["stands_still"], late))
        assert ("overdue" in client.get("/thresholds/").text) == told["is_late"]

    first, second = (day.isoformat() for day in days)
    assert found == [
        (first, True, False, [answer.pk]),
        (first, False, True, []),
        (second, False, False, []),
    ]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"is_open": "true"}, 2),
        ({"is_late": "true"}, 1),
        ({"is_late": "false"}, 1),
        ({"department": "welfare"}, 0),
        ({"reason": "panel"}, 0),
        ({"effect": "answer", "is_open": "true"}, 1),
    ],
)
def test_duties_are_asked_for_by_what_they_are(client, owed, asked, count):
    yesterday = timezone.localdate() - timedelta(days=1)
    Duty.objects.filter(pk=owed.pk).update(due_on=yesterday)

    assert len(read(client, "duties", **asked)) == count


def test_programs_read_the_steps_of_a_day(client, db):
    today = timezone.localdate()
    make_step(7, channel="phone", valid_from=today)

    assert [step["supports"] for step in read(client, "steps", channel="phone")] == [7]
    before = read(client, "steps", channel="phone", in_force_on=str(today - timedelta(days=1)))
    assert before == []
    assert len(read(client, "steps")) == Step.objects.count()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_duties_asks_as_often_for_many(client, db, django_assert_num_queries, count):
    for _ in range(count):
        support_by(ProposalFactory(), 5)
    crossings.follow()

    with django_assert_num_queries(1):
        assert len(read(client, "duties")) == count


def test_the_nightly_tables_have_every_public_row(owed, omar):
    duties.fulfil(owed, by=omar, what="A discussion was held.")

    tables = {
        export.key: [
            dict(zip((column.name for column in export.columns), row, strict=True))
            for row in export.rows()
        ]
        for export in exports.EXPORTS
    }

    assert {export.key for export in exports.EXPORTS} <= {e.key for e in open_data_exports}
    assert len(tables["support-steps"]) == Step.objects.count()
    assert {row["proposal"] for row in tables["duties"]} == {owed.proposal_id}
    assert [row["days"] for row in tables["duties"] if row["effect"] == "discussion"] == [0]
