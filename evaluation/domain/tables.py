"""How a table of a report is put together: its columns, and where a day begins."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

Column = dict[str, str]


def section(
    key: str, title: str, columns: list[Column], rows: list[list[Any]], note: str = ""
) -> dict[str, Any]:
    """Make the part of a snapshot that holds one table."""
    return {
        "key": key,
        "title": title,
        "table": {"columns": columns, "rows": rows},
        "note": note,
    }


def text(key: str, title: str) -> Column:
    return {"key": key, "title": title, "type": "text"}


def count(key: str, title: str) -> Column:
    return {"key": key, "title": title, "type": "integer"}


def number(key: str, title: str) -> Column:
    return {"key": key, "title": title, "type": "decimal"}


def percent(key: str, title: str) -> Column:
    return {"key": key, "title": title, "type": "percent", "unit": "%"}


def day(key: str, title: str) -> Column:
    return {"key": key, "title": title, "type": "date"}


def moment(day: date) -> datetime:
    """The first moment of ``day`` in Seoul."""
    return timezone.make_aware(datetime.combine(day, time.min))
