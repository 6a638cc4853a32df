"""A table of public data as CSV and JSON, row by row: a city of any size in little memory.

CSV is UTF-8 with a byte order mark, because the spreadsheets of most readers take it for an
older Korean encoding otherwise, with commas and CRLF (RFC 4180). A text that a spreadsheet would
take for a formula gets an apostrophe in front (OWASP, CSV injection); JSON has it as it is.
What looks like personal data in a text is masked in both.
"""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, cast

from django.utils import timezone

from portal.personal_data import found_in, masked
from portal.registry import Column, OpenDataExport

MARK = b"\xef\xbb\xbf"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Written:
    """A file that was written: its name, its rows (``None`` where it has none), size, hash."""

    name: str
    rows: int | None
    size: int
    sha256: str


class Hashed:
    """A file for text that counts and hashes what passes through; lines end as they come."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.size, self.hash = file, 0, hashlib.sha256()

    def write(self, text: str) -> None:
        self.write_bytes(text.encode())

    def write_bytes(self, data: bytes) -> None:
        self.file.write(data)
        self.hash.update(data)
        self.size += len(data)

    def as_written(self, name: str, rows: int | None) -> Written:
        return Written(name, rows, self.size, self.hash.hexdigest())


def write(export: OpenDataExport, folder: Path) -> list[Written]:
    """Write ``<key>.csv`` and ``<key>.json`` into ``folder`` in one pass over the rows."""
    names = [f"{export.key}.csv", f"{export.key}.json"]
    with ExitStack() as stack:
        files = [Hashed(stack.enter_context((folder / name).open("wb"))) for name in names]
        as_csv, as_json = files
        as_csv.write_bytes(MARK)
        table = csv.writer(cast("Any", as_csv))
        table.writerow(column.name for column in export.columns)
        as_json.write("[")
        count = 0
        for row in _plain(export):
            table.writerow(_cells(row))
            as_json.write(",\n" if count else "\n")
            as_json.write(_object(export.columns, row))
            count += 1
        as_json.write("\n]\n")
    return [file.as_written(name, count) for file, name in zip(files, names, strict=True)]


def write_text(text: str, folder: Path, name: str) -> Written:
    """Write a text file."""
    with (folder / name).open("wb") as file:
        hashed = Hashed(file)
        hashed.write(text)
    return hashed.as_written(name, None)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _plain(export: OpenDataExport) -> Iterator[tuple[Any, ...]]:
    for row in export.rows():
        if len(row) != len(export.columns):
            raise ValueError(f"{export.key}: {len(row)} cells, {len(export.columns)} columns")
        yield tuple(_value(value) for value in row)


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return masked(value, found_in(value)) if isinstance(value, str) else value


def _cells(row: Iterable[Any]) -> list[Any]:
    return [_cell(value) for value in row]


def _cell(value: Any) -> Any:
    """What a spreadsheet reads as a value and never as a formula; numbers stay numbers."""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, str) and value.lstrip().startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _object(columns: Iterable[Column], row: Iterable[Any]) -> str:
    names = (column.name for column in columns)
    return json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
