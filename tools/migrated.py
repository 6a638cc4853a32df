"""Print which migrations the database has had, without waking Django."""

import os

import psycopg2

QUESTION = "SELECT count(*), max(id), max(applied)::text FROM django_migrations"


def state(url: str) -> str:
    """Sum up the table of migrations; "none" where there is no such table yet."""
    connection = psycopg2.connect(url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.django_migrations')")
        if cursor.fetchone() == (None,):
            return "none"
        cursor.execute(QUESTION)
        found = cursor.fetchone()
    connection.close()
    return repr(found)


if __name__ == "__main__":
    print(state(os.environ["DATABASE_SUPERUSER_URL"]))
