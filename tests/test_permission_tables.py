"""No permission without its table: each that is registered is asked about in some test.

Here stand those that belong to an office or to the owner of a thing, whatever state it is in;
the tables by state stand beside the tests of their app.
"""

import ast
import re
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from rules.permissions import permissions

from portal.accounts.models import Role
from portal.reports.models import RunState
from tests.factories.calls import CallFactory, team_of, track_of
from tests.factories.governance import session
from tests.factories.portal import ProposalFactory, UserFactory, appoint
from tests.factories.reports import a_run

TABLES = sorted(
    path
    for path in Path(__file__).parent.rglob("test_*.py")
    if "has_perm" in path.read_text(encoding="utf-8")
)

CAST = ["ana", "zoe", "omar", "petra", "wendy", "clara", "sam", "audrey", "olga", "eric", "mona"]
EVERYONE = {"nobody", *CAST}
SIGNED_IN = set(CAST)
OFFICES = {
    "accounts.appoint": {"olga"},
    "calls.view_call": EVERYONE,
    "calls.view_entry": EVERYONE,
    "calls.view_problem": EVERYONE,
    "calls.view_team": EVERYONE,
    "delivery.see_desk_tools": {"omar", "petra", "wendy"},
    "following.add_watch": SIGNED_IN,
    "governance.view_council": EVERYONE,
    "identity.issue_code": {"clara"},
    "identity.load_register": {"olga"},
    "identity.revoke": {"olga"},
    "identity.verify_oneself": SIGNED_IN,
    "identity.verify_other": {"clara"},
    "livinglabs.leave_lab": SIGNED_IN,
    "proposals.see_approvals": {"petra"},
    "proposals.view_proposal": EVERYONE,
    "proposals.write_proposal": SIGNED_IN,
    "quarantine.look_after": {"olga"},
    "reports.request_run": {"audrey", "olga"},
    "rights.ask_datarequest": SIGNED_IN,
    "rights.see_runs": {"audrey", "olga"},
    "rights.see_waiting": {"olga"},
    "talk.read_versions": {"mona", "olga"},
}
# Acts on a thing that is ana's, or of the department of traffic.
OWNERS = {
    "delivery.keep_wording": {"omar", "petra"},
    "following.change_follow": {"ana"},
    "following.change_watch": {"ana"},
    "rights.fetch_download": {"ana"},
    "writing.answer_invitation": {"ana"},
}
# Who sits on a panel is drawn by lot: the tests of the panels let them mark and others not.
DRAWN = {"thresholds.mark_items"}
KEPT_IN_THE_ADMIN = {
    f"{model._meta.app_label}.{act}_{model._meta.model_name}"
    for model, act in product(admin.site._registry, ("add", "change", "delete", "view"))
} | {model._meta.app_label for model in admin.site._registry}


@pytest.fixture
def people(request, db):
    mona = appoint(UserFactory(name="모나리", email="mona@example.org"), Role.MODERATOR)
    others = {name: request.getfixturevalue(name) for name in CAST if name != "mona"}
    return {"nobody": AnonymousUser(), **others, "mona": mona}


def allowed(people, act, *things):
    return {name for name, person in people.items() if person.has_perm(act, *things)}


def test_offices_open_what_is_theirs_and_nothing_else(people):
    found = {act: allowed(people, act) for act in OFFICES}

    assert found == OFFICES


def test_things_are_changed_by_those_whose_they_are(people, transport):
    thing = SimpleNamespace(person_id=people["ana"].pk, department_id=transport.pk)

    found = {act: allowed(people, act, thing) for act in OWNERS}

    assert found == OWNERS


def test_a_team_is_entered_by_its_founder(people):
    team = team_of(track_of(CallFactory()), people["ana"])

    assert allowed(people, "calls.enter_team", team) == {"ana"}


@pytest.mark.parametrize("state", [RunState.FAILED, RunState.QUEUED, RunState.DONE])
def test_failed_reports_are_tried_again_and_published_ones_corrected(people, state):
    run = a_run(state=RunState.QUEUED)
    run.state = state
    makers = {"audrey", "olga"}

    assert allowed(people, "reports.retry_run", run) == (
        makers if state == RunState.FAILED else set()
    )
    assert allowed(people, "reports.correct_run", run) == (
        makers if state == RunState.DONE else set()
    )


def test_only_whoever_lacks_a_level_is_led_to_verify(people, settings):
    settings.IDENTITY_LEVELS = {
        **settings.IDENTITY_LEVELS,
        "support": "resident",
        "vote": "resident",
    }
    stranger = UserFactory(resident=False)
    motion, _meeting, _seats = session([stranger, people["zoe"]])
    proposal = ProposalFactory(author=people["ana"])

    for act, thing in (
        ("proposals.verify_to_support", proposal),
        ("governance.verify_to_vote", motion),
    ):
        assert stranger.has_perm(act, thing)
        assert allowed(people, act, thing) == set()


def test_reference_data_are_changed_by_nobody_but_operators(people):
    wrong = {
        act: who
        for act in (KEPT_IN_THE_ADMIN & set(permissions)) - set(OFFICES)
        if (who := allowed(people, act)) - {"olga"}
    }

    assert wrong == {}


def asked_in(source):
    """The permissions that a test asks about: written out, or put together from a table's words.

    ``has_perm(f"calls.{act}", thing)`` asks about each word of the file that stands for ``act``.
    """
    nodes = list(ast.walk(ast.parse(source)))
    words = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    put_together = [
        re.compile(
            "".join(
                re.escape(part.value) if isinstance(part, ast.Constant) else "(.+)"
                for part in node.values
            )
        )
        for node in nodes
        if isinstance(node, ast.JoinedStr) and len(node.values) > 1
    ]
    return {
        name
        for name in permissions
        if name in words
        or any(
            (match := form.fullmatch(name)) and words.issuperset(match.groups())
            for form in put_together
            if "." in form.pattern
        )
    }


def test_every_permission_stands_in_a_table():
    asked = set().union(*(asked_in(path.read_text(encoding="utf-8")) for path in TABLES))

    assert set(permissions) - asked - KEPT_IN_THE_ADMIN - DRAWN == set()


def test_a_permission_without_a_table_is_found():
    table = 'ACTS = ["withdraw"]\nassert person.has_perm(f"proposals.{act}_proposal", thing)'

    assert asked_in(table) == {"proposals.withdraw_proposal"}
