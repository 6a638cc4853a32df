"""Statements that a connection prepares once, and what happens where it forgot them."""

import pytest
from django.db import DatabaseError, connection, transaction

from portal.prepared import MOST, Statement, _known


def asked(statement, **values):
    with connection.cursor() as cursor:
        statement.run(cursor, values)
        return cursor.fetchall()


def names():
    """What the server keeps for this connection, asked behind Django's back."""
    with connection.connection.cursor() as raw:
        raw.execute("SELECT name FROM pg_prepared_statements")
        return {name for (name,) in raw.fetchall()}


def forget():
    with connection.connection.cursor() as raw:
        raw.execute("DEALLOCATE ALL")


def test_a_statement_is_prepared_once_and_counts_as_one_query(db, django_assert_num_queries):
    sum_of = Statement("SELECT %(a)s::int + %(b)s::int, %(a)s::int, '10%%'")

    with django_assert_num_queries(1) as captured:
        first = asked(sum_of, a=1, b=2, unused="x")
    with django_assert_num_queries(1):
        second = asked(sum_of, b=5, a=-1)

    assert (first, second) == ([(3, 1, "10%")], [(4, -1, "10%")])
    assert captured[0]["sql"].startswith("EXECUTE hamkke_")
    assert sum_of.name in names()


def test_a_new_connection_a_forgetful_one_and_a_changed_column_are_all_answered(own_database):
    one = Statement("SELECT name_ko FROM proposals_area ORDER BY id LIMIT 1")
    before = asked(one)

    connection.close()
    anew = asked(one)
    forget()
    forgotten = asked(one)
    asked(one)
    with own_database.superuser().cursor() as cursor:
        cursor.execute("ALTER TABLE proposals_area ALTER name_ko TYPE varchar(300)")
    changed = asked(one)

    assert before == anew == forgotten == changed == asked(one)
    assert one.name in names()


def test_within_a_transaction_the_next_one_prepares_again(db):
    one = Statement("SELECT 'once more'")
    asked(one)
    forget()

    with pytest.raises(DatabaseError), transaction.atomic():
        asked(one)

    assert asked(one) == [("once more",)]


def test_connections_that_are_not_kept_send_text(db, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    one = Statement("SELECT 'as text', %(n)s")

    assert asked(one, n=1) == [("as text", 1)]
    assert one.name not in names()


def test_a_connection_keeps_only_so_many(db):
    connection.ensure_connection()
    known = _known.setdefault(connection.connection, set())
    fillers = {f"filler{n}" for n in range(MOST)}
    known |= fillers
    one = Statement("SELECT 'one too many'")

    try:
        assert asked(one) == [("one too many",)]
        assert one.name not in names()
    finally:
        known -= fillers


def test_other_errors_stay_what_they_are(db):
    wrong = Statement("SELECT 1 / %(n)s::int")

    with pytest.raises(Exception, match="division by zero"), transaction.atomic():
        asked(wrong, n=0)

    assert asked(wrong, n=1) == [(1,)]
