"""Several who act at the same moment, in a database where transactions really commit."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection, connections, transaction
from django.utils import translation

from portal.proposals.domain import supports
from portal.refusals import Refused

# Seconds within which all of them have begun, on the slowest of machines too.
PATIENCE = 120


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run ``acts`` in threads that begin together; give what each returned, or its refusal.

    Each has connections of its own. Any other error of one of them is raised here.
    """
    start = Barrier(len(acts), timeout=PATIENCE)

    def run(act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            with translation.override("en"):
                return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def in_the_moment_of_a_fold(act: Callable[[], Any]) -> Any:
    """Let ``act`` begin while a fold has taken what waits and has not yet ended."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            supports.fold()
            answer = pool.submit(at_once, act)
            until_somebody_waits()
        return answer.result()[0]


def just_before_a_fold(act: Callable[[], Any]) -> Any:
    """Let ``act`` wait for a fold that has begun and has yet to take what waits."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [supports.FOLD_LOCK])
            answer = pool.submit(at_once, act)
            until_somebody_waits()
            supports.fold()
        return answer.result()[0]


def until_somebody_waits() -> None:
    """Look until a lock of this database is waited for."""
    with connection.cursor() as cursor:
        for _look in range(100_000):
            cursor.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) "
                "WHERE NOT granted AND datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits")
