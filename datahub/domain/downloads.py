"""A version as a file to take away, in the shape that its reader needs.

The data are given as they are. In the two shapes for spreadsheets a cell of text that
a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-`` or ``@``) gets
an apostrophe in front; numbers, also negative ones, stay numbers.
"""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from datahub.domain import tables
from datahub.models import Column, Version
from portal.refusals import Refused

FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"
BLOCK = 1 << 16
BLOCK_ROWS = 1000
JSON_ROWS = 10_000
XLSX_ROWS = 200_000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Download:
    """Bytes to send, what they are, and the name that the reader's machine gives them."""

    chunks: Iterator[bytes]
    content_type: str
    name: str
    size: int | None = None


def original(version: Version) -> Download:
    """The file as it was handed in, byte for byte."""
    ending = version.original_name.rpartition(".")[2].lower()
    return Download(
        _chunks(version.original), "application/octet-stream", _name(version, ending), version.size
    )


def as_csv(version: Version) -> Download:
    """UTF-8 without a mark, for programs."""
    return Download(
        _chunks(version.text), "text/csv; charset=utf-8", _name(version, "csv"), version.text_size
    )


def for_excel(version: Version) -> Download:
    """UTF-8 with the mark that Excel needs, safe to open."""
    return Download(_excel(version), "text/csv; charset=utf-8", _name(version, "csv", "-excel"))


def as_json(version: Version, *, after: int = 0) -> Download:
    """The rows after row number ``after``, at most ``JSON_ROWS``, and where the next ones begin."""
    columns = tuple(version.columns.all())
    question = tables.Question(columns, limit=JSON_ROWS, after=after)
    records = tables.records(columns, tables.rows(version, question))
    last = records[-1]["_id"] if records else after
    answer = {
        "dataset": version.dataset.name,
        "version": version.number,
        "total": version.rows,
        "next_after": last if last < version.rows else None,
        "records": records,
    }
    body = json.dumps(answer, ensure_ascii=False).encode()
    return Download(iter([body]), "application/json", _name(version, "json"), len(body))


def as_xlsx(version: Version) -> Download:
    """A workbook of one sheet. Raises ``Refused`` beyond ``XLSX_ROWS`` rows."""
    if version.rows > XLSX_ROWS:
        raise Refused(
            _("A workbook holds at most %(limit)s rows here. Download the CSV instead.")
            % {"limit": XLSX_ROWS}
        )
    file = tempfile.TemporaryFile()  # noqa: SIM115  closed when it has been sent
    _write_workbook(version, file)
    size = file.tell()
    file.seek(0)
    return Download(iter(lambda: file.read(BLOCK), b""), XLSX_TYPE, _name(version, "xlsx"), size)


SHAPES = {
    "original": original,
    "csv": as_csv,
    "excel": for_excel,
    "json": as_json,
    "xlsx": as_xlsx,
}


def guarded(cell: str) -> str:
    """Keep a spreadsheet from taking text for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _excel(version: Version) -> Iterator[bytes]:
    yield BOM.encode()
    texts = _text_places(version.columns.all())
    with version.text.open("rb") as raw:
        rows = csv.reader(io.TextIOWrapper(raw, encoding="utf-8", newline=""))
        while block := [
            _guard(row, texts) for row, _n in zip(rows, range(BLOCK_ROWS), strict=False)
        ]:
            out = io.StringIO()
            csv.writer(out).writerows(block)
            yield out.getvalue().encode()


def _guard(row: list[str], texts: set[int]) -> list[str]:
    return [guarded(cell) if n in texts else cell for n, cell in enumerate(row)]


def _text_places(columns: Iterable[Column]) -> set[int]:
    return {column.order - 1 for column in columns if column.kind == Column.Kind.TEXT}


def _write_workbook(version: Version, file: Any) -> None:
    import xlsxwriter  # noqa: PLC0415  heavy: loaded on first use

    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    columns = tuple(version.columns.all())
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("data")
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.name)
        after = 0
        while rows := tables.rows(version, tables.Question(columns, limit=JSON_ROWS, after=after)):
            for number, *values in rows:
                _write_row(sheet, number, values)
            after = rows[-1][0]


def _write_row(sheet: Any, number: int, values: list[Any]) -> None:
    for place, value in enumerate(values):
        if isinstance(value, str):
            sheet.write_string(number, place, guarded(value))
        elif value is not None:
            sheet.write(number, place, value)


def _chunks(field: Any) -> Iterator[bytes]:
    with field.open("rb") as file:
        yield from iter(lambda: file.read(BLOCK), b"")


def _name(version: Version, ending: str, mark: str = "") -> str:
    """Name the file as the public data portal does: publisher_dataset_YYYYMMDD."""
    dataset, made = version.dataset, timezone.localtime(version.created_at)
    words = f"{dataset.publisher.name_ko}_{dataset.title_ko}_{made:%Y%m%d}{mark}"
    return "".join(c if c.isalnum() or c in "-_()·" else "_" for c in words)[:120] + f".{ending}"
