"""Several who act at the same moment, in a database where transactions really commit."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections
from django.utils import translation

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
