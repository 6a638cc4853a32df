"""Governed tables: no change is committed without an act on the changed row."""

import psycopg2
import pytest
from django.db import migrations
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter

from portal.audit.domain import log
from portal.audit.governed import GovernTable

TRIAL = GovernTable("trial", "test.trial", free=("n",))


@pytest.fixture
def trial(own_database):
    """A connection of the portal to a governed table with one decided row (1) and a draft (2)."""
    with own_database.superuser().cursor() as cursor:
        cursor.execute(
            "CREATE TABLE trial (id bigint PRIMARY KEY, state text, title text, n int DEFAULT 0);"
            "INSERT INTO trial VALUES (1, 'open', 'one'), (2, 'draft', 'two');"
            "GRANT ALL ON trial TO portal_app"
        )
        cursor.execute(TRIAL.sql)
    return own_database.connect()


def act(cursor, key, verb="tried"):
    cursor.execute(log.APPEND_LINKED, [log.leaf_for(verb, key, None)])


def commit(connection, *steps):
    """Run ``steps`` (statements, or keys to write an act on) and say whether they were kept."""
    try:
        with connection, connection.cursor() as cursor:
            for step in steps:
                act(cursor, step) if step.startswith("test.") else cursor.execute(step)
    except psycopg2.errors.IntegrityConstraintViolation as error:
        return str(error).partition("\n")[0]
    return "kept"


@pytest.mark.parametrize(
    ("statement", "key"),
    [
        ("INSERT INTO trial VALUES (3, 'open', 'three')", "test.trial:3"),
        ("UPDATE trial SET title = 'other' WHERE id = 1", "test.trial:1"),
        ("UPDATE trial SET title = 'other', n = 5 WHERE id = 1", "test.trial:1"),
        ("UPDATE trial SET state = 'draft' WHERE id = 1", "test.trial:1"),
        ("UPDATE trial SET state = 'open' WHERE id = 2", "test.trial:2"),
        ("DELETE FROM trial WHERE id = 1", "test.trial:1"),
    ],
)
def test_change_is_kept_with_an_act_and_undone_without(trial, statement, key):
    operation = statement.split()[0]

    assert commit(trial, statement) == f"audit: {operation} of {key} without an act"
    assert commit(trial, statement, "test.trial:9") == (
        f"audit: {operation} of {key} without an act"
    )
    assert commit(trial, statement, key) == "kept"


def test_change_with_an_act_before_it_is_kept(trial):
    assert commit(trial, "test.trial:1", "UPDATE trial SET title = 'other'  WHERE id = 1") == "kept"


def test_change_with_an_act_of_an_earlier_transaction_is_undone(trial):
    assert commit(trial, "test.trial:1") == "kept"

    assert commit(trial, "UPDATE trial SET title = 'x' WHERE id = 1") != "kept"


def test_change_whose_act_was_rolled_back_to_a_savepoint_is_undone(trial):
    steps = ["SAVEPOINT before", "test.trial:1", "ROLLBACK TO before"]

    assert commit(trial, "UPDATE trial SET title = 'x' WHERE id = 1", *steps) == (
        "audit: UPDATE of test.trial:1 without an act"
    )


def test_change_is_undone_without_an_act_also_when_the_superuser_acts_as_a_replica(
    trial, own_database
):
    connection = own_database.connect("postgres")
    steps = ["SET LOCAL session_replication_role = replica", "DELETE FROM trial WHERE id = 1"]

    assert commit(connection, *steps) == "audit: DELETE of test.trial:1 without an act"


def test_change_that_was_itself_rolled_back_to_a_savepoint_needs_no_act(trial):
    steps = ["SAVEPOINT before", "UPDATE trial SET title = 'x' WHERE id = 1", "ROLLBACK TO before"]

    assert commit(trial, *steps) == "kept"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO trial VALUES (3, 'draft', 'three')",
        "UPDATE trial SET title = 'other' WHERE id = 2",
        "DELETE FROM trial WHERE id = 2",
        "UPDATE trial SET n = n + 1",
        "UPDATE trial SET title = title",
    ],
)
def test_drafts_counts_and_empty_changes_need_no_act(trial, statement):
    assert commit(trial, statement) == "kept"


def test_old_act_with_the_same_transaction_number_does_not_answer_for_a_change(trial, own_database):
    """Transaction numbers start again when a dump is restored into another cluster."""
    with own_database.superuser().cursor() as cursor:
        cursor.execute(
            "ALTER TABLE audit.act DISABLE TRIGGER USER;"
            "INSERT INTO audit.act (recorded_at, xid, leaf_data, leaf_hash, act_uid, verb, subject)"
            " SELECT now() - interval '1 day', x::text::xid8, '{}', 'x', gen_random_uuid(), 'v', "
            "'test.trial:1' FROM generate_series(1, 20) AS near, "
            "LATERAL (SELECT pg_current_xact_id()::text::bigint + near) AS next(x)"
        )

    assert commit(trial, "UPDATE trial SET title = 'x' WHERE id = 1") != "kept"


def test_table_is_governed_and_freed_by_a_migration():
    operation = GovernTable("trial", "test.trial", "key", ["n"])

    text, _imports = MigrationWriter.serialize(operation.deconstruct()[1])

    assert text == "['trial', 'test.trial', 'key', ('n',)]"
    assert operation.reversible
    assert "'test.trial', 'key', 'n'" in operation.sql
    assert operation.describe() == "Let no row of trial change without an act"
    assert isinstance(operation, migrations.RunSQL)
    operation.state_forwards("test", ProjectState())
