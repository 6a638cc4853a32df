"""Clicks that waited in the earlier form are brought into the present one."""

from importlib import import_module

import pytest
from django.db import connection

from portal.proposals.domain import supports
from portal.proposals.models import CountedSupport, ProposalStat, WaitingSupport, WaitingWithdrawal
from tests.factories.portal import ProposalFactory, UserFactory

moved = import_module("portal.proposals.migrations.0016_let_whole_supports_wait")

EARLIER_FORM = """
CREATE TEMPORARY TABLE proposals_supportclick (
  proposal_id bigint, person_id bigint, change smallint,
  clicked_at timestamptz DEFAULT clock_timestamp())
"""
# What an account clicked since the last fold, whether it was counted before, and how it stands
# afterwards: whether it waits, and of each support taken back whether the count had it.
STORIES = [
    ("+", False, True, []),
    ("-", True, False, [True]),
    ("+-", False, False, [False]),
    ("+-+", False, True, [False]),
    ("-+", True, True, [True]),
    ("-+-", True, False, [False, True]),
    ("+-+-", False, False, [False, False]),
]


@pytest.mark.parametrize(("clicks", "was_counted", "waits", "taken_back"), STORIES)
def test_no_click_and_no_count_is_lost(db, clicks, was_counted, waits, taken_back):
    proposal, zoe = ProposalFactory(), UserFactory()
    if clicks.endswith("+"):
        CountedSupport.objects.create(proposal=proposal, person=zoe, person_hash=b"zoe")
    ProposalStat.objects.filter(pk=proposal.pk).update(support_count=was_counted)
    with connection.cursor() as cursor:
        cursor.execute(EARLIER_FORM)
        for click in clicks:
            cursor.execute(
                "INSERT INTO proposals_supportclick VALUES (%s, %s, %s)",
                [proposal.pk, zoe.pk, 1 if click == "+" else -1],
            )

        cursor.execute(moved.KEEP_WAITING)

    assert WaitingSupport.objects.exists() == waits
    assert not CountedSupport.objects.exists()
    withdrawals = WaitingWithdrawal.objects.order_by("was_counted")
    assert list(withdrawals.values_list("was_counted", flat=True)) == taken_back
    supports.fold()
    assert ProposalStat.objects.get(pk=proposal.pk).support_count == waits
    assert supports.is_given(proposal, zoe) == waits
