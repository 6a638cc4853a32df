"""The lab of the demo city."""

import pytest

from governance.domain import demo as councils_demo
from livinglabs.domain import demo
from livinglabs.models import Lab
from portal.accounts.domain import cast
from portal.identity.domain import demo as identity_demo
from portal.proposals.domain import demo as proposals_demo

pytestmark = pytest.mark.django_db


def test_demo_starts_one_lab_from_the_carried_motion_and_says_it_is_sample_data():
    cast.load()
    identity_demo.load()
    proposals_demo.load()
    councils_demo.load()

    demo.load()
    demo.load()

    lab = Lab.objects.get()
    assert (lab.state, lab.stage.code, lab.is_sample) == ("running", "empower", True)
    assert (lab.participant_count, lab.budget_lines.count()) == (3, 2)
    assert lab.evidence.get(kind__code="diagnosis-report").sha256


def test_demo_without_its_motion_does_nothing():
    demo.load()

    assert not Lab.objects.exists()
