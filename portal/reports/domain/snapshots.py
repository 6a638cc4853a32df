"""The frozen figures of a report: everything that its files say, as one canonical text.

Every file is made from this text and from nothing else. Keys are sorted, nothing is
spaced, and numbers are strings, so that no reader rounds them.
"""

import base64
import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from portal import registry
from portal.audit.domain import proofs
from portal.reports.models import Run

FORMAT = "hamkke-report/1"
LANGUAGE = "ko"
NUMBERS = frozenset({"integer", "decimal", "percent"})
TYPES = NUMBERS | {"text", "date"}


class SnapshotError(ValueError):
    """A report's content is not of the agreed shape."""


def take(run: Run) -> str:
    """Ask the report's kind for its figures, all of one moment, and freeze them.

    Raises ``SnapshotError`` where the kind answers with something else than tables.
    """
    with transaction.atomic(), translation.override(LANGUAGE):
        _see_one_moment()
        kind = registry.report_kinds[run.kind]
        content = kind.snapshot(run.period_start, run.period_end)
        tree = tree_now()
        return canonical(_about(run, kind, tree) | {"sections": _sections(content)})


def canonical(value: Any) -> str:
    """Write JSON in its one canonical form (the rules of RFC 8785 for what occurs here)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def identity(run: Run) -> str:
    """What every file of the report carries, so that a changed file still says what it was."""
    return f"hamkke-report:{run.kind}:{run.period}:{run.edition}"


def tree_now() -> dict[str, str] | None:
    """Give the newest signed head of the audit trail, or ``None`` before the first."""
    head = proofs.latest_head()
    if head is None:
        return None
    root = base64.b64encode(bytes(head.root)).decode()
    return {"size": str(head.tree_size), "root": root, "checkpoint": head.checkpoint}


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _see_one_moment() -> None:
    """Read everything as of one moment, where this transaction is nobody else's part."""
    if not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _about(run: Run, kind: registry.ReportKind, tree: dict[str, str] | None) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "id": identity(run),
        "kind": run.kind,
        "title": str(kind.title),
        "body": str(kind.body),
        "city": settings.SITE_NAME[LANGUAGE],
        "is_demo": settings.SITE_IS_DEMO,
        "period": {
            "key": run.period,
            "label": run.span.label,
            "first_day": run.period_start.isoformat(),
            "last_day": run.span.last_day.isoformat(),
        },
        "edition": str(run.edition),
        "language": LANGUAGE,
        "taken_at": now(),
        "software": settings.SOFTWARE_VERSION,
        "tree": tree,
    }


def _sections(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    sections = [_section(section) for section in content["sections"]]
    if len({section["key"] for section in sections}) != len(sections):
        raise SnapshotError("two sections have the same key")
    return sections


def _section(section: Mapping[str, Any]) -> dict[str, Any]:
    table = section["table"]
    columns = [
        {
            "key": str(column["key"]),
            "title": _text(column["title"]),
            "type": str(column.get("type", "text")),
            "unit": _text(column.get("unit", "")),
        }
        for column in table["columns"]
    ]
    unknown = {column["type"] for column in columns} - TYPES
    if unknown:
        raise SnapshotError(f"unknown types of columns: {', '.join(sorted(unknown))}")
    return {
        "key": str(section["key"]),
        "title": _text(section["title"]),
        "note": _text(section.get("note", "")),
        "table": {"columns": columns, "rows": [_row(row, columns) for row in table["rows"]]},
    }


def _row(row: Any, columns: list[dict[str, str]]) -> list[str | None]:
    cells = list(row)
    if len(cells) != len(columns):
        raise SnapshotError(f"a row has {len(cells)} cells under {len(columns)} columns")
    return [_cell(cell, column["type"]) for cell, column in zip(cells, columns, strict=True)]


def _cell(value: Any, kind: str) -> str | None:
    """Write one value as text; ``None`` stays: nothing was reported."""
    if value is None:
        return None
    if kind in NUMBERS:
        return _number(value)
    if kind == "date":
        return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()
    return _text(value)


def _number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise SnapshotError(f"{value!r} is not an exact number")
    if isinstance(value, Decimal) and not value.is_finite():
        raise SnapshotError(f"{value!r} is no number")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _text(value: Any) -> str:
    """Drop what no file format can hold: control characters, halves of characters."""
    return "".join(
        c for c in str(value) if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"}
    ).strip()
