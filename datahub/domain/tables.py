"""Questions to the table of a version, answered by DuckDB over its Parquet file.

No text of a visitor becomes SQL: columns are named by their place, operators come from
a closed list, values are parameters. One connection per process, one thread, bounded
memory, no files but the tables' own folder, and a time limit on every question.
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from datahub.models import Column, Version
from portal.refusals import Refused

MAX_ROWS = 32_000
SECONDS = 3.0
MEMORY = "256MB"
TYPES = {
    Column.Kind.TEXT: "VARCHAR",
    Column.Kind.INTEGER: "BIGINT",
    Column.Kind.NUMBER: "DOUBLE",
    Column.Kind.DATE: "DATE",
    Column.Kind.DATETIME: "TIMESTAMP",
    Column.Kind.BOOLEAN: "BOOLEAN",
}
OPERATORS = {"eq": "=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


@dataclass(frozen=True)
class Condition:
    """``column`` compared with any of ``values`` by an operator of ``OPERATORS``."""

    column: Column
    values: tuple[str, ...]
    operator: str = "eq"


@dataclass(frozen=True)
class Question:
    """Which rows are asked for; ``after`` is the number of the row before the first."""

    columns: tuple[Column, ...]
    conditions: tuple[Condition, ...] = ()
    words: str = ""
    order: tuple[tuple[Column | None, bool], ...] = ()
    limit: int = 100
    offset: int = 0
    after: int = 0


@dataclass
class _Where:
    """The condition of a query as SQL with its parameters."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    @property
    def sql(self) -> str:
        return f" WHERE {' AND '.join(self.parts)}" if self.parts else ""


def rows(version: Version, question: Question) -> list[tuple[Any, ...]]:
    """Give the rows: first their number in the table, then the columns' values.

    Raises ``Refused`` where the answer takes longer than ``SECONDS``.
    """
    where = _where(version, question)
    chosen = ", ".join(["_id", *(column.key for column in question.columns)])
    order = ", ".join(
        f"{column.key if column else '_id'} {'DESC' if down else 'ASC'}"
        for column, down in question.order
    )
    sql = (
        f"SELECT {chosen} FROM read_parquet(?){where.sql} "  # noqa: S608  keys and operators are ours
        f"ORDER BY {order + ', ' if order else ''}_id LIMIT ? OFFSET ?"
    )
    limits = [min(question.limit, MAX_ROWS), question.offset]
    return _ask(sql, [_path(version), *where.values, *limits])


def count(version: Version, question: Question) -> int:
    """Count the rows that fit; without conditions the version knows."""
    if not question.conditions and not question.words:
        return version.rows
    where = _where(version, question)
    sql = f"SELECT count(*) FROM read_parquet(?){where.sql}"  # noqa: S608  keys and operators are ours
    return _ask(sql, [_path(version), *where.values])[0][0]


def plain(value: Any) -> Any:
    """Write a value as JSON knows it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return value.isoformat() if isinstance(value, date) else value


def records(columns: Sequence[Column], found: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Give the rows as dictionaries by the columns' names, the row's number as ``_id``."""
    names = ["_id", *(column.name for column in columns)]
    return [dict(zip(names, map(plain, row), strict=True)) for row in found]


def _where(version: Version, question: Question) -> _Where:
    where = _Where()
    if question.after:
        where.parts.append("_id > ?")
        where.values.append(question.after)
    for condition in question.conditions:
        _compare(where, condition)
    if question.words:
        _contain(where, version, question.words)
    return where


def _compare(where: _Where, condition: Condition) -> None:
    kind = TYPES[Column.Kind(condition.column.kind)]
    one = f"{condition.column.key} {OPERATORS[condition.operator]} TRY_CAST(? AS {kind})"
    where.parts.append("(" + " OR ".join([one] * len(condition.values)) + ")")
    where.values.extend(condition.values)


def _contain(where: _Where, version: Version, words: str) -> None:
    """Every word stands in some column."""
    columns = list(version.columns.all())
    for word in words.split()[:5]:
        pattern = "%" + word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
        like = " OR ".join(rf"CAST({c.key} AS VARCHAR) ILIKE ? ESCAPE '\'" for c in columns)
        where.parts.append(f"({like})")
        where.values.extend([pattern] * len(columns))


def _path(version: Version) -> str:
    return version.table.path


@lru_cache(maxsize=1)
def _connection(folder: Path) -> Any:
    import duckdb  # noqa: PLC0415  heavy: loaded on first use

    connection = duckdb.connect(
        ":memory:", config={"threads": 1, "memory_limit": MEMORY, "temp_directory": ""}
    )
    # The order matters: each of these closes a door behind the one before.
    connection.execute("SET allowed_directories = ?", [[f"{folder}/"]])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _ask(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """Ask on a cursor of its own, and stop it when its time is up."""
    import duckdb  # noqa: PLC0415  heavy: loaded on first use

    cursor = _connection(Path(settings.MEDIA_ROOT) / "data" / "table").cursor()
    alarm = threading.Timer(SECONDS, cursor.interrupt)
    alarm.start()
    try:
        return cursor.execute(sql, values).fetchall()
    except duckdb.InterruptException as error:
        raise Refused(
            _("That question takes too long to answer here. Ask for less, or download the file.")
        ) from error
    finally:
        alarm.cancel()
        cursor.close()
