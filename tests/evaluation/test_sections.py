"""The borders of a report's period: midnight in Seoul, whatever the database calls that moment."""

from datetime import datetime, timedelta

import pytest

from evaluation.domain import sections
from portal.reports import periods
from tests.factories.portal import ProposalFactory

pytestmark = pytest.mark.django_db

A_MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("key", "every", "first", "end"),
    [
        # Midnight in Seoul is three in the afternoon of the day before, in UTC.
        ("2026-02", "month", "2026-01-31T15:00Z", "2026-02-28T15:00Z"),
        ("2026-12", "month", "2026-11-30T15:00Z", "2026-12-31T15:00Z"),
        ("2026-W53", "week", "2026-12-27T15:00Z", "2027-01-03T15:00Z"),
        ("2026-Q4", "quarter", "2026-09-30T15:00Z", "2026-12-31T15:00Z"),
    ],
)
def test_a_period_counts_from_midnight_to_midnight_in_seoul(key, every, first, end):
    first, end = datetime.fromisoformat(first), datetime.fromisoformat(end)
    for moment in (first - A_MOMENT, first, end - A_MOMENT, end):
        ProposalFactory(published_at=moment)
    period = periods.parse(key, every)

    table = sections.proposals_by_state(period.start, period.end)["table"]

    _name, everything, new = table["rows"][-1]
    assert (everything, new) == (4, 2)
