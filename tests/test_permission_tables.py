"""No permission without its table, and none that allows more or less than its table says.

Here stand those that belong to an office, whatever it is used on; the tables by state stand
beside the tests of their app.
"""

import re
from inspect import getclosurevars, signature
from itertools import product
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import transaction
from rules.permissions import permissions
from rules.predicates import Predicate

from livinglabs.models import Conflict
from portal.accounts.models import Role
from portal.lifecycle import Living
from tests.factories.portal import UserFactory
from tests.permission_tables import (
    APPROVERS,
    AUDITOR,
    CITY,
    CLERK,
    KNOWN,
    MODERATORS,
    OFFICIALS,
    OPERATOR,
    SECRETARY,
    SIGNED_IN,
    all_tables,
    cast,
    with_every_office,
)

TABLES = all_tables()
VIEWS = [
    path
    for package in ("portal", "governance", "datahub", "livinglabs", "evaluation")
    for path in (Path(__file__).parent.parent / package).rglob("*.py")
]
OFFICES = {
    "accounts.appoint": OPERATOR,
    "assisted.enter_proposal": CLERK,
    "assisted.enter_verification": CLERK,
    "assisted.open_counter": CLERK,
    "audit.export_trail": AUDITOR,
    "audit.see_values": AUDITOR,
    "calls.plan_call": CITY,
    "calls.report_problem": SIGNED_IN,
    "datahub.add_dataset": OFFICIALS,
    "delivery.see_desk_tools": CITY,
    "following.add_watch": SIGNED_IN,
    "governance.table_motion": SECRETARY,
    "identity.issue_code": CLERK,
    "identity.load_register": OPERATOR,
    "identity.revoke": OPERATOR,
    "identity.verify_oneself": SIGNED_IN,
    "identity.verify_other": CLERK,
    "livinglabs.prepare_lab": OFFICIALS,
    "proposals.see_approvals": APPROVERS,
    "proposals.write_proposal": SIGNED_IN,
    "reports.request_run": AUDITOR | OPERATOR,
    "rights.ask_datarequest": SIGNED_IN,
    "rights.see_runs": AUDITOR | OPERATOR,
    "rights.see_waiting": OPERATOR,
    "talk.read_versions": MODERATORS,
    "thresholds.announce_panel": OPERATOR,
    "thresholds.consent_to_panels": SIGNED_IN,
    "thresholds.simulate": CITY | OPERATOR,
}
IN_TABLES = {act for table in TABLES for act in table.allowed}
KEPT_IN_THE_ADMIN = {
    f"{model._meta.app_label}.{act}_{model._meta.model_name}"
    for model, act in product(admin.site._registry, ("add", "change", "delete", "view"))
} | {model._meta.app_label for model in admin.site._registry}


# A conflict in a lab is kept by whoever keeps the records of the lab.
WITHOUT_ACTS_OF_ITS_OWN = {Conflict}


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    """The cast, made once for this file and gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield cast()
        transaction.set_rollback(True)


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_what_the_table_does_not_allow_is_refused(people, table, db):
    found, written = table.found(people), table.written()

    assert (found - written, written - found) == (set(), set())


@pytest.mark.parametrize("table", [table for table in TABLES if table.is_owned], ids=str)
def test_no_office_adds_anything_to_what_is_ones_own(people, table, db):
    author = with_every_office(UserFactory())

    found = table.found({**people, "author": author}, only="author")

    assert found - table.written() == set()


def test_offices_open_what_is_theirs_and_nothing_else(people, db):
    found = {act: allowed(people, act) for act in OFFICES}

    assert found == OFFICES


def test_reference_data_are_changed_by_nobody_but_operators(people, db):
    kept = (KEPT_IN_THE_ADMIN & set(permissions)) - IN_TABLES - set(OFFICES)

    assert {act: who for act in kept if (who := allowed(people, act)) - OPERATOR} == {}


def test_only_whoever_lacks_the_level_is_refused_to_write(people, settings, db):
    settings.IDENTITY_LEVELS = {**settings.IDENTITY_LEVELS, "write": "resident"}

    assert allowed(people, "proposals.write_proposal") == KNOWN


def allowed(people, act):
    return {name for name, person in people.items() if person.has_perm(act)}


# The tables are whole


def test_every_permission_stands_in_a_table():
    assert set(permissions) - IN_TABLES - set(OFFICES) - KEPT_IN_THE_ADMIN == set()
    assert (IN_TABLES | set(OFFICES)) - set(permissions) == set()


def leaves(predicate):
    """The predicates that answer a question themselves, of those that ``predicate`` combines."""
    within = getclosurevars(predicate.fn).nonlocals
    parts = [part for name in ("self", "other") if isinstance(part := within.get(name), Predicate)]
    return [leaf for part in parts for leaf in leaves(part)] or [predicate]


def looks_at_the_thing(act):
    """Whether the answer may depend on what the permission is asked about."""
    return any(
        len([p for p in signature(leaf.fn).parameters.values() if p.default is p.empty]) > 1
        and not leaf.var_args
        for leaf in leaves(permissions[act])
    )


def test_whatever_depends_on_a_thing_stands_in_a_table_of_such_things():
    assert {act for act in permissions if looks_at_the_thing(act)} - IN_TABLES == set()


def test_predicates_are_looked_through():
    assert looks_at_the_thing("proposals.support_proposal")
    assert looks_at_the_thing("writing.view_versions")
    assert not looks_at_the_thing("thresholds.simulate")


def test_every_permission_asked_about_a_thing_stands_in_a_table_of_such_things():
    """Also one that everybody has: the doors ask ``get_allowed`` for each by its name."""
    asked = {
        act
        for path in VIEWS
        for act in re.findall(r'get_allowed\(\s*request\.user,\s*"([\w.]+)"', path.read_text())
    }

    assert asked - IN_TABLES == set()


def test_every_living_model_has_a_table():
    living = {model for model in apps.get_models() if issubclass(model, Living)}

    assert living - {table.model for table in TABLES} == WITHOUT_ACTS_OF_ITS_OWN


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_tables_go_through_every_state_of_their_things(table):
    columns = getattr(table.model, "_meta", None)
    axes = {f.name for f in columns.fields} & {"state", "visibility"} if columns else set()

    assert axes <= set(table.axes)
    assert all(len(table.choices(axis)) > 1 for axis in table.axes)


def test_every_office_has_somebody_in_the_tables(people, db):
    held = {a.role for name in people for a in getattr(people[name], "current_appointments", [])}

    assert held | {Role.CITIZEN} == set(Role)
