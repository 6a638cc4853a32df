"""Kept connections: used again without a question, and made anew when the server ended them."""

from django.db import close_old_connections, connection


def test_a_live_connection_is_used_again_without_a_question(own_database):
    connection.ensure_connection()
    line = connection.connection
    close_old_connections()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = pg_backend_pid()")

    assert connection.connection is line
    with own_database.superuser().cursor() as cursor:
        cursor.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [line.info.backend_pid])
        assert "SELECT 1" not in cursor.fetchone()[0]


def test_a_connection_that_the_server_ended_is_made_anew(own_database):
    connection.ensure_connection()
    line = connection.connection
    with own_database.superuser().cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [line.info.backend_pid])
    close_old_connections()

    with connection.cursor() as cursor:
        cursor.execute("SELECT 7")
        assert cursor.fetchone() == (7,)

    assert connection.connection is not line
