"""Where the table lies in a sheet of cells: its separator, its header, its columns.

Real files open with titles and blank lines, repeat or omit names, carry empty columns
at the end and rows that are too short. Each of these is read and remarked upon; a row
with more cells than the header has names is refused, because no one can say where its
cells belong.
"""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datahub.domain.column_types import read_number
from portal.refusals import Refused

# The number of the line on which a row ends, and its cells.
Record = tuple[int, list[str]]

SEPARATORS = (",", "\t", ";", "|")
SAMPLE_ROWS = 200
MAX_CELL = 8 * 1024 * 1024
MAX_COLUMNS = 1000
MAX_TITLES = 20
MAX_NAME = 120
BLANKS = " \t\r\n\x0b\x0c\xa0\u3000\ufeff\u200b"
SPACE_BEFORE_QUOTE = re.compile(r'[,;|\t] +"')
YEARS = range(1900, 2101)


@dataclass
class Layout:
    """The columns of a table and how many records stand before its first row."""

    names: list[str]
    titles: list[str]
    skip: int
    remarks: list[str] = field(default_factory=list)


def separator_of(sample: str) -> str:
    """Choose the separator that cuts most lines of ``sample`` into the same number of cells."""
    best, best_rank = ",", (False, 0.0, 0)
    for separator in SEPARATORS:
        widths = _widths(sample, separator)
        if widths:
            width, often = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
            rank = (width > 1, round(often / widths.total(), 1), width)
            if rank > best_rank:
                best, best_rank = separator, rank
    return best


def records(lines: Iterable[str], separator: str, sample: str) -> Generator[Record]:
    """Read rows of cells from ``lines``. Raises ``Refused`` where a quotation does not end."""
    csv.field_size_limit(MAX_CELL)
    spaced = bool(SPACE_BEFORE_QUOTE.search(sample))
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=spaced, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refused(
                _(
                    "Line %(line)s: the quotation marks do not match. Close each quoted cell with "
                    "a mark, and double the marks inside it."
                )
                % {"line": reader.line_num}
            ) from error
        yield reader.line_num, [cell.strip(BLANKS) for cell in cells]


def find_layout(opened: Callable[[], Generator[Record]]) -> Layout:
    """Find header and columns from the first rows. Raises ``Refused`` where there is no table."""
    with closing(opened()) as found:
        head = list(islice(found, SAMPLE_ROWS))
    start = _header_at(head)
    line, header = head[start]
    body = [cells for _line, cells in head[start + 1 :] if any(cells)]
    width = _width(line, header, body)
    remarks = _remarks_on_titles(head[:start])
    if not _is_header(header[:width], body):
        remarks.append(_("The first row holds values, so the columns were numbered."))
        numbered = [_("column %(n)s") % {"n": n + 1} for n in range(width)]
        return Layout(numbered, numbered, start, remarks)
    if not body:
        raise Refused(_("The file has a header but no rows under it."))
    titles = [cell[:500] for cell in header[:width]]
    names = unique_names(titles)
    if [_clean(title) for title in titles] != names:
        remarks.append(_("Columns without a name, or with one that stands twice, were given one."))
    return Layout(names, titles, start + 1, remarks)


def rows(opened: Callable[[], Generator[Record]], layout: Layout) -> Iterator[Record]:
    """Give each row with exactly one cell for each column; remark on rows that were too short.

    Raises ``Refused`` at the first row with more cells than columns, naming its line.
    """
    width, short, first = len(layout.names), 0, 0
    for line, cells in islice(opened(), layout.skip, None):
        if not any(cells):
            continue
        if any(cells[width:]):
            raise _too_wide(line, cells, width)
        if len(cells) < width:
            short, first = short + 1, first or line
        yield line, cells if len(cells) == width else (cells + [""] * width)[:width]
    if short:
        layout.remarks.append(
            ngettext(
                "%(count)s row is shorter than the header (line %(line)s); "
                "its last cells are empty.",
                "%(count)s rows are shorter than the header (first on line %(line)s); "
                "their last cells are empty.",
                short,
            )
            % {"count": short, "line": first}
        )


def unique_names(titles: list[str]) -> list[str]:
    """Name every column, none twice (large and small letters apart count as the same)."""
    names: list[str] = []
    taken: Counter[str] = Counter()
    for number, title in enumerate(titles, 1):
        base = _clean(title) or _("column %(n)s") % {"n": number}
        name = base
        while taken[name.casefold()]:
            taken[base.casefold()] += 1
            name = f"{base}_{taken[base.casefold()]}"
        taken[name.casefold()] += 1
        names.append(name)
    return names


def _clean(title: str) -> str:
    return unicodedata.normalize("NFC", " ".join(title.split()))[:MAX_NAME]


def _widths(sample: str, separator: str) -> Counter[int]:
    """Count the numbers of cells of the lines that are not blank."""
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(sample.splitlines(keepends=True), delimiter=separator)
    try:
        return Counter(
            len(cells) for cells in islice(reader, SAMPLE_ROWS) if len(cells) > 1 or any(cells)
        )
    except csv.Error:
        return Counter()


def _trimmed(cells: list[str]) -> int:
    """Count the cells up to the last one that is not empty."""
    return next((n for n in range(len(cells), 0, -1) if cells[n - 1]), 0)


def _header_at(head: list[Record]) -> int:
    """Find the first row that is neither blank nor a title above the table."""
    widths = Counter(_trimmed(cells) for _line, cells in head if any(cells))
    if not widths:
        raise Refused(_("The file holds no row with a value in it."))
    usual = max(widths.items(), key=lambda pair: (pair[1], pair[0]))[0]
    for at, (_line, cells) in enumerate(head[: MAX_TITLES * 2]):
        filled = sum(map(bool, cells))
        if filled and (usual < 2 or filled > max(1, usual // 3)):  # noqa: PLR2004  a table of one column has no titles
            return at
    return next(at for at, (_line, cells) in enumerate(head) if any(cells))


def _width(line: int, header: list[str], body: list[list[str]]) -> int:
    """Count the columns: those named, and unnamed ones that hold something."""
    width = max([_trimmed(header), *(min(_trimmed(cells), len(header)) for cells in body)])
    if width > MAX_COLUMNS:
        raise Refused(
            _("Line %(line)s has %(count)s columns; at most %(limit)s are taken. Split the table.")
            % {"line": line, "count": width, "limit": MAX_COLUMNS}
        )
    return width


def _is_header(header: list[str], body: list[list[str]]) -> bool:
    """Whether the first row names the columns: it does, unless it is as numeric as those below."""
    numeric = [n for n, cell in enumerate(header) if cell and read_number(cell) is not None]
    if not numeric or all(_is_year(header[n]) for n in numeric):
        return True
    below = [n for n in range(len(header)) if body and _column_is_numeric(body, n)]
    return bool(set(below) - set(numeric))


def _column_is_numeric(body: list[list[str]], n: int) -> bool:
    cells = [row[n] for row in body if n < len(row) and row[n]]
    return bool(cells) and all(read_number(cell) is not None for cell in cells)


def _is_year(cell: str) -> bool:
    return cell.isdecimal() and int(cell) in YEARS


def _remarks_on_titles(above: list[Record]) -> list[str]:
    """Say what stood above the header and is no part of the table."""
    words = [" ".join(filter(None, cells)) for _line, cells in above if any(cells)]
    if not words:
        return []
    return [_("Left out above the header: “%(words)s”") % {"words": " / ".join(words)[:200]}]


def _too_wide(line: int, cells: list[str], width: int) -> Refused:
    return Refused(
        _(
            "Line %(line)s has %(cells)s cells, but there are %(columns)s columns. A comma inside "
            "a cell needs quotation marks around the cell."
        )
        % {"line": line, "cells": _trimmed(cells), "columns": width}
    )
