"""What only shows where transactions really commit."""

import pytest

from portal.audit.models import Act
from portal.reports.domain import runs
from portal.reports.models import RunState
from tests.factories import reports

pytestmark = pytest.mark.own_database


def broken(start, end):
    raise RuntimeError


def test_build_commits_each_step_with_its_act(own_database, only_kind):
    only_kind.add(reports.kind(snapshot=broken))
    failed = runs.build(runs.request(reports.KIND, "2026-09"))
    only_kind.add(reports.kind())

    done = runs.build(runs.request(reports.KIND, "2026-10"))

    assert (failed.state, done.state) == (RunState.FAILED, RunState.DONE)
    assert Act.objects.of_kind("reports.run").count() == 6
