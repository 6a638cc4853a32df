"""Who can change a written act, by which statement: the whole matrix, on a real server.

``right`` = refused for lack of a right, ``trigger`` = refused by a trigger, ``check`` =
refused by a constraint, ``done`` = the change went through.
"""

from pathlib import Path

import psycopg2
import pytest

from tests.portal.audit.sealers import add

EVENT_TRIGGERS = Path(__file__).parents[3] / "ops" / "audit_event_triggers.sql"
WORKING_ROLES = ("portal_app", "portal_sealer", "portal_eraser", "portal_auditor")
OUTCOMES = {"42501": "right", "23000": "trigger", "23514": "check", "23502": "check"}
NEW_LEAF = (
    "jsonb_build_object('v', 1, 'uid', gen_random_uuid(), 'at', {at}, 'verb', 't', "
    "'subject', 's'{more})::text"
)


def _odd(more, build="jsonb_build_object"):
    leaf = NEW_LEAF.replace("jsonb_build_object", build)
    return leaf.format(at="clock_timestamp()", more=f", {more}")


STATEMENTS = {
    "update": "UPDATE audit.act SET leaf_data = leaf_data || ' '",
    "update of no row": "UPDATE audit.act SET leaf_data = '{}' WHERE id = -1",
    "delete": "DELETE FROM audit.act",
    "delete of no row": "DELETE FROM audit.act WHERE id = -1",
    "truncate": "TRUNCATE audit.act CASCADE",
    "merge": "MERGE INTO audit.act USING (SELECT 1) AS s ON act.id > 0 WHEN MATCHED THEN DELETE",
    "on conflict": (
        "INSERT INTO audit.act (id, leaf_data) OVERRIDING SYSTEM VALUE "
        "SELECT id, leaf_data FROM audit.act LIMIT 1 "
        "ON CONFLICT (id) DO UPDATE SET leaf_data = excluded.leaf_data || ' '"
    ),
    "ignored triggers": (
        "SET LOCAL pgtrigger.ignore = '{audit.act:act_00_row}'; "
        "UPDATE audit.act SET leaf_data = leaf_data || ' '"
    ),
    "replica": (
        "SET LOCAL session_replication_role = replica; "
        "UPDATE audit.act SET leaf_data = leaf_data || ' '"
    ),
    "leaf": "DELETE FROM audit.leaf",
    "node": "UPDATE audit.node SET idx = idx",
    "head": "UPDATE audit.head SET checkpoint = ''",
    "altered value": "UPDATE audit.act_private SET value = 'x'",
}
CHANGES = {
    "disabled trigger": (
        "ALTER TABLE audit.act DISABLE TRIGGER USER; UPDATE audit.act SET leaf_data = leaf_data"
    ),
    "dropped trigger": "DROP TRIGGER act_00_row ON audit.act",
    "dropped table": "DROP TABLE audit.act CASCADE",
    "rule": "CREATE RULE away AS ON INSERT TO audit.act DO INSTEAD NOTHING",
    "other function": (
        "CREATE OR REPLACE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN RETURN NEW; END $$"
    ),
    "renamed table": "ALTER TABLE audit.act RENAME TO other",
    "dropped schema": "DROP SCHEMA audit CASCADE",
    "renamed schema": "ALTER SCHEMA audit RENAME TO other",
    "moved table": "ALTER TABLE audit.act SET SCHEMA public",
    "ungoverned table": "ALTER TABLE proposals_proposal DISABLE TRIGGER must_have_act",
    "thawed report": "DROP TRIGGER published_stays ON reports_run",
}
FORGERIES = {
    "other date": (
        "INSERT INTO audit.act (leaf_data, recorded_at) VALUES ('{}', '2020-01-01')",
        "right",
    ),
    "act of another day": (
        "INSERT INTO audit.act (leaf_data) VALUES ("
        + NEW_LEAF.format(at="'2020-01-01T00:00:00Z'", more="")
        + ")",
        "check",
    ),
    "act without a time": (
        "INSERT INTO audit.act (leaf_data) VALUES (" + NEW_LEAF.format(at="NULL", more="") + ")",
        "check",
    ),
    "false link": (
        "INSERT INTO audit.act (leaf_data) VALUES ("
        + NEW_LEAF.format(at="clock_timestamp()", more=", 'seq', 9, 'prev', ''")
        + ")",
        "check",
    ),
    "two lines": (
        "INSERT INTO audit.act (leaf_data) VALUES ("
        + NEW_LEAF.format(at="clock_timestamp()", more="")
        + " || chr(10))",
        "check",
    ),
    "act without a subject": (
        "INSERT INTO audit.act (leaf_data) VALUES ("
        + NEW_LEAF.format(at="clock_timestamp()", more=", 'subject', NULL")
        + ")",
        "check",
    ),
    **{
        f"odd act, {what}": (f"INSERT INTO audit.act (leaf_data) VALUES ({text})", "check")
        for what, text in {
            "number in another form": _odd("'uid', upper(gen_random_uuid()::text)"),
            "list for a subject": _odd("'subject', '[1]'::json"),
            "text for a place": _odd("'seq', '1', 'prev', ''"),
            "place without a link": _odd("'seq', 1"),
            "deep value": _odd("'more', (repeat('[', 900) || repeat(']', 900))::json"),
            "name said twice": _odd("'verb', 'other'", "json_build_object"),
            "commitments in a list": _odd("'c', '[\"x\"]'::json"),
            "commitment that is none": _odd("'c', '{\"reason\": 5}'::json"),
            "commitment said twice": _odd(
                '\'c\', \'{"a": "x", "a": "y"}\'::json', "json_build_object"
            ),
        }.items()
    },
    "place in the tree": ("INSERT INTO audit.leaf VALUES (0, 1, sha256('x'))", "right"),
    "head": ("INSERT INTO audit.head VALUES (9, '', '', now(), '', '')", "right"),
    "empty queue": ("DELETE FROM audit.pending", "right"),
    "chain": ("UPDATE audit.subject_head SET seq = 0", "right"),
    "erasure": ("DELETE FROM audit.act_private", "right"),
}


@pytest.fixture
def attempt(own_database, write, seal):
    """Try statements as a role, each undone again, and give the outcome of each."""
    write(3, reason="Because.")
    seal()
    # As ops/roles.sql does; a copied database does not inherit it.
    with own_database.superuser().cursor() as cursor:
        cursor.execute(f'GRANT CREATE ON DATABASE "{own_database.name}" TO portal_owner')

    def attempt(role, statements):
        connection = own_database.connect(role)
        outcomes = {name: outcome(connection, sql) for name, sql in statements.items()}
        connection.close()
        return outcomes

    return attempt


def outcome(connection, sql):
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
    except psycopg2.Error as error:
        return OUTCOMES.get(error.pgcode, error.pgcode)
    else:
        return "done"
    finally:
        connection.rollback()


def grant_all(database):
    with database.superuser().cursor() as cursor:
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA audit TO portal_app")


def test_no_working_role_has_the_right_to_change_an_act(attempt):
    for role in WORKING_ROLES:
        assert attempt(role, STATEMENTS) == dict.fromkeys(STATEMENTS, "right")


def test_the_portal_with_all_rights_is_still_refused_by_the_triggers(own_database, attempt):
    grant_all(own_database)

    outcomes = attempt("portal_app", STATEMENTS)

    assert outcomes == dict.fromkeys(STATEMENTS, "trigger") | {"replica": "right"}


def test_the_owner_is_refused_by_the_triggers(attempt):
    outcomes = attempt("portal_owner", STATEMENTS)

    assert outcomes == dict.fromkeys(STATEMENTS, "trigger") | {"replica": "right"}


def test_the_superuser_is_refused_by_the_triggers_also_as_a_replica(attempt):
    assert attempt("postgres", STATEMENTS) == dict.fromkeys(STATEMENTS, "trigger")


def test_no_working_role_can_take_the_safeguards_away(attempt):
    for role in WORKING_ROLES:
        assert attempt(role, CHANGES) == dict.fromkeys(CHANGES, "right")


@pytest.mark.parametrize("role", ["portal_owner", "postgres"])
def test_owner_and_superuser_can_take_the_safeguards_away_without_event_triggers(attempt, role):
    """Why the event triggers exist."""
    assert attempt(role, CHANGES) == dict.fromkeys(CHANGES, "done")


@pytest.mark.parametrize("role", ["portal_owner", "postgres"])
def test_nobody_can_take_the_safeguards_away_with_event_triggers(own_database, attempt, role):
    with own_database.superuser().cursor() as cursor:
        cursor.execute(EVENT_TRIGGERS.read_text())
        cursor.execute(EVENT_TRIGGERS.read_text())

    assert attempt(role, CHANGES) == dict.fromkeys(CHANGES, "trigger")


def test_event_triggers_let_migrations_and_the_rest_of_the_database_alone(own_database, attempt):
    with own_database.superuser().cursor() as cursor:
        cursor.execute(EVENT_TRIGGERS.read_text())

    assert attempt("postgres", {"table": "CREATE TABLE other (id int)"}) == {"table": "done"}
    with own_database.superuser().cursor() as cursor:
        cursor.execute("SET SESSION AUTHORIZATION portal_migrator; SET ROLE portal_owner")
        cursor.execute("CREATE TABLE audit.later (id int)")
    later = {"later": "ALTER TABLE audit.later SET SCHEMA public"}
    assert attempt("portal_owner", later) == {"later": "trigger"}


TYPES_OF_THE_TRAIL = ("jsonb", "uuid", "text", "bytea", "timestamptz", "xid8")


def test_no_type_of_a_caller_lets_code_run_as_the_owner(own_database):
    """A temporary type is found first where the search path does not name its schema."""
    connection = own_database.connect("portal_app")
    with connection.cursor() as cursor:
        for name in TYPES_OF_THE_TRAIL:
            base = f"pg_catalog.{name}"
            cursor.execute(
                f"CREATE FUNCTION pg_temp.take({base}) RETURNS boolean LANGUAGE plpgsql AS "
                "$$ BEGIN EXECUTE 'GRANT ALL ON ALL TABLES IN SCHEMA audit TO portal_app'; "
                "RETURN true; END $$;"
                f"CREATE DOMAIN pg_temp.{name} AS {base} CHECK (pg_temp.take(VALUE))"
            )
        leaf = NEW_LEAF.format(at="clock_timestamp()", more="").replace("::text", "")
        cursor.execute(f"SELECT audit.append_linked(({leaf})::pg_catalog.text)")
        cursor.execute("SELECT has_table_privilege('audit.act', 'UPDATE')")

        assert cursor.fetchone() == (False,)
    connection.rollback()


def test_the_portal_can_forge_nothing(attempt):
    outcomes = attempt("portal_app", {name: sql for name, (sql, _refused) in FORGERIES.items()})

    assert outcomes == {name: refused for name, (_sql, refused) in FORGERIES.items()}


def test_the_same_act_is_written_once(own_database, attempt):
    again = "INSERT INTO audit.act (leaf_data) SELECT leaf_data FROM audit.act LIMIT 1"

    # The first line of defence is the chain, the second the number of the act.
    assert attempt("portal_app", {"linked": again}) == {"linked": "check"}

    connection = own_database.connect()
    add(connection, "unlinked")
    connection.commit()
    again += " OFFSET 3"
    assert attempt("portal_app", {"unlinked": again}) == {"unlinked": "23505"}


@pytest.mark.parametrize(
    ("role", "may"),
    [("portal_app", "done"), ("portal_eraser", "done"), ("portal_auditor", "right")],
)
def test_private_values_are_not_for_the_auditor_role(attempt, role, may):
    assert attempt(role, {"read": "SELECT value FROM audit.act_private"}) == {"read": may}


def test_only_the_eraser_erases(attempt):
    erase = {"erase": "DELETE FROM audit.act_private"}

    assert attempt("portal_eraser", erase) == {"erase": "done"}
