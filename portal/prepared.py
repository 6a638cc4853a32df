"""Statements that a connection prepares once: the few that thousands of requests ask for.

psycopg2 sends every statement as text, and PostgreSQL plans it anew each time. For the click,
the list and the page of a proposal that took longer than carrying them out. ``PREPARE`` keeps a
statement with its plan for as long as the connection lives (``CONN_MAX_AGE``).

Where connections are not kept (``CONN_MAX_AGE`` 0, as behind a pooler that lends one server
connection to many clients in turn), every statement goes as text.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper
from psycopg2 import errors

PLACE = re.compile(r"%\((\w+)\)s|%s")
# The connection forgot the statement, or a migration changed the columns that it gives back.
STALE = (errors.InvalidSqlStatementName, errors.FeatureNotSupported)
# Statements that one connection keeps at the most; what comes later is sent as text.
MOST = 200
# As PostgreSQL understands what psycopg2 writes for a value; other kinds of values go as text.
TYPES = (
    (str, "unknown"),
    (type(None), "unknown"),
    (bool, "bool"),
    (datetime, "timestamptz"),
    (date, "date"),
    (UUID, "uuid"),
)
SMALL = 2**31

_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


class Statement:
    """One SQL statement with places called ``%(name)s``, under a name that its text gives it.

    What decides the plan, such as the number of rows in a ``LIMIT``, belongs in the text: the
    plan is made without knowing the values. ``types`` are those of nameless places, ``%s``.
    """

    def __init__(self, text: str, types: tuple[str, ...] = ()) -> None:
        self.text = text
        places = list(dict.fromkeys(name for name in PLACE.findall(text) if name))
        numbers = iter(range(1, len(types) + 1))
        numbered = PLACE.sub(
            lambda found: f"${places.index(found[1]) + 1 if found[1] else next(numbers)}", text
        )
        self.name = f"hamkke_{hashlib.sha256(f'{text}{types}'.encode()).hexdigest()[:16]}"
        declared, given = _in_brackets(types), [f"%({name})s" for name in places]
        self.preparing = f"PREPARE {self.name}{declared} AS {numbered.replace('%%', '%')}"
        self.executing = f"EXECUTE {self.name}{_in_brackets(given or ['%s'] * len(types))}"

    def run(self, cursor: CursorWrapper, values: Mapping[str, Any]) -> None:
        """Run the statement on ``cursor``, one query whether it is prepared already or not.

        Where the prepared one has gone stale it is sent as text and prepared again next time;
        within a transaction, which such an error ends, the error is raised.
        """
        self.run_by(cursor.execute, values)

    def run_by(self, execute: Callable[..., Any], values: Any, *more: Any) -> Any:
        """Run the statement by ``execute``, which takes SQL, values, and what ``more`` it needs."""
        if not self._is_ready():
            return execute(self.text, values, *more)
        try:
            return execute(self.executing, values, *more)
        except DatabaseError as error:
            if not isinstance(error.__cause__, STALE):
                raise
            _known.pop(connection.connection, None)
            if connection.in_atomic_block:
                raise
        return execute(self.text, values, *more)

    def _is_ready(self) -> bool:
        """Prepare what this connection does not know yet; ``False`` where text is to be sent."""
        if not connection.settings_dict["CONN_MAX_AGE"]:
            return False
        connection.ensure_connection()
        known = _known.get(connection.connection, set())
        if self.name in known:
            return True
        if len(known) >= MOST:
            return False
        with connection.connection.cursor() as raw:
            raw.execute(self.preparing if known else f"DEALLOCATE ALL; {self.preparing}")
        _known.setdefault(connection.connection, known).add(self.name)
        return True


@contextmanager
def reading() -> Iterator[None]:
    """Prepare whatever the models ask for within the block: for a page whose questions repeat."""
    with connection.execute_wrapper(_prepare):
        yield


def _prepare(execute: Callable[..., Any], sql: str, values: Any, *more: Any) -> Any:
    """What Django calls in place of ``execute``; ``more`` is ``many`` and the context."""
    types = _types_of(sql, values, *more)
    if types is None:
        return execute(sql, values, *more)
    return _statement(sql, types).run_by(execute, values, *more)


def _types_of(
    sql: str, values: Any, _many: object, context: Mapping[str, Any]
) -> tuple[str, ...] | None:
    """The types of the values, or ``None`` for a statement that is better sent as text."""
    is_read = sql.startswith("SELECT ") and not getattr(context["cursor"].cursor, "name", None)
    if not is_read or not isinstance(values, tuple | list):
        return None
    types = tuple(_type_of(value) for value in values)
    return types if all(types) else None


def _type_of(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return "int4" if -SMALL <= value < SMALL else "int8"
    return next((name for kind, name in TYPES if isinstance(value, kind)), "")


@lru_cache(maxsize=5 * MOST)
def _statement(sql: str, types: tuple[str, ...]) -> Statement:
    return Statement(sql, types)


def _in_brackets(words: Any) -> str:
    return f" ({', '.join(words)})" if words else ""
