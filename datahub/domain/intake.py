"""Making a table of a file: read it twice, keep it three ways.

The first reading finds the columns' kinds and signs of personal data; the second writes
the table (Parquet, for questions) and the same rows as UTF-8 text (CSV, for everyone).
The file as it was handed in is kept beside them, byte for byte.
"""

import csv
import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.utils.translation import gettext as _

from datahub.domain import column_types as types
from datahub.domain.personal import RESIDENT, Finding, Watch
from datahub.domain.sheets import Table, open_table
from portal.refusals import Refused

BLOCK_ROWS = 20_000
GROUP_ROWS = 100_000

Progress = Callable[[int], Any]


@dataclass
class Reading:
    """What a file turned out to hold."""

    format: str
    encoding: str
    remarks: list[str]
    rows: int = 0
    columns: list[types.Profile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    text_size: int = 0
    text_sha256: str = ""


def read(
    file: BinaryIO, name: str, *, table_path: Path, text_path: Path, progress: Progress = int
) -> Reading:
    """Read ``file`` and write its rows to ``table_path`` (Parquet) and ``text_path`` (CSV).

    ``progress`` is told the number of rows read so far. Raises ``Refused`` with a sentence
    where the file is no table or holds resident registration numbers.
    """
    table = open_table(file, name)
    reading = profile(table, progress)
    _refuse_resident_numbers(reading.findings)
    _write(table, reading, table_path, text_path)
    reading.text_size = text_path.stat().st_size
    with text_path.open("rb") as written:
        reading.text_sha256 = hashlib.file_digest(written, "sha256").hexdigest()
    return reading


def profile(table: Table, progress: Progress = int) -> Reading:
    """Look at every cell once: kinds, gaps, ranges and signs of personal data."""
    columns = [
        types.Profile(name, title)
        for name, title in zip(table.layout.names, table.layout.titles, strict=True)
    ]
    watch, count = Watch(), 0
    for lines, cells in _blocks(table):
        for column, values in zip(columns, cells, strict=True):
            column.see(values)
            watch.see(column.name, values, lines)
        count += len(lines)
        progress(count)
    remarks = list(dict.fromkeys(table.layout.remarks))
    return Reading(table.format, table.encoding, remarks, count, columns, watch.findings)


def _blocks(table: Table) -> Iterator[tuple[list[int], list[tuple[str, ...]]]]:
    """Give the rows in blocks, turned: the lines' numbers and one tuple for each column."""
    rows = table.rows()
    while block := list(islice(rows, BLOCK_ROWS)):
        yield [line for line, _cells in block], list(zip(*(c for _line, c in block), strict=True))


def _refuse_resident_numbers(findings: list[Finding]) -> None:
    for finding in findings:
        if finding.kind == RESIDENT:
            raise Refused(
                _(
                    "Column “%(column)s” holds resident registration numbers (first on line "
                    "%(line)s). Such a file is not taken and not kept. Remove the column first."
                )
                % {"column": finding.column, "line": finding.line}
            )


def _write(table: Table, reading: Reading, table_path: Path, text_path: Path) -> None:
    """Write Parquet and CSV side by side, block by block."""
    import pyarrow as pa  # noqa: PLC0415  heavy: loaded on first use
    import pyarrow.parquet as pq  # noqa: PLC0415  heavy: loaded on first use

    schema = _schema(pa, reading.columns)
    converters = [column.converter() for column in reading.columns]
    with ExitStack() as stack:
        text = stack.enter_context(text_path.open("w", encoding="utf-8", newline=""))
        parquet = stack.enter_context(pq.ParquetWriter(table_path, schema, compression="zstd"))
        out = _header(text, reading)
        number, waiting = 0, []
        for lines, cells in _blocks(table):
            out.writerows(zip(*cells, strict=True))
            arrays = [pa.array(range(number + 1, number + len(lines) + 1), pa.int64())]
            for converter, values, kind in zip(converters, cells, schema.types[1:], strict=True):
                arrays.append(pa.array([converter(value) for value in values], kind))
            waiting.append(pa.record_batch(arrays, schema))
            number += len(lines)
            if sum(map(len, waiting)) >= GROUP_ROWS:
                parquet.write_table(pa.Table.from_batches(waiting), GROUP_ROWS)
                waiting = []
        parquet.write_table(pa.Table.from_batches(waiting, schema), GROUP_ROWS)


def _header(text: IO[str], reading: Reading) -> Any:
    out = csv.writer(text)
    out.writerow([column.name for column in reading.columns])
    return out


def _schema(pa: Any, columns: list[types.Profile]) -> Any:
    """Name the table's columns by their place; the row's number comes first."""
    arrow = {
        types.TEXT: pa.string(),
        types.INTEGER: pa.int64(),
        types.NUMBER: pa.float64(),
        types.DATE: pa.date32(),
        types.DATETIME: pa.timestamp("us"),
        types.BOOLEAN: pa.bool_(),
    }
    fields = [(f"c{n}", arrow[column.kind]) for n, column in enumerate(columns, 1)]
    return pa.schema([("_id", pa.int64()), *fields])


def scratch() -> tempfile.TemporaryDirectory[str]:
    """Make a folder for the files being written; it vanishes with the ``with`` block."""
    return tempfile.TemporaryDirectory(prefix="hamkke-intake-")
