"""One way to open any table that is handed in: text in its encoding, or a workbook.

``open_table`` gives the columns and, as often as asked, the rows; nothing is kept in
memory for text. Of a workbook the first sheet that holds something is read.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from datahub.domain import decode, layout
from datahub.domain.layout import Layout, Record
from portal.refusals import Refused

SAMPLE = 256 * 1024
WORKBOOK_ENDINGS = (".xlsx", ".xls", ".ods")


@dataclass
class Table:
    """A table as it was found: format and encoding, columns, and a way to its rows."""

    format: str
    encoding: str
    separator: str
    layout: Layout
    opened: Callable[[], Generator[Record]]

    def rows(self) -> Iterator[Record]:
        """Give every row: the number of its line and one cell for each column."""
        return layout.rows(self.opened, self.layout)


def open_table(file: BinaryIO, name: str) -> Table:
    """Open the table in ``file``, called ``name``. Raises ``Refused`` with a sentence."""
    file.seek(0)
    start = file.read(8)
    if start.startswith((decode.ZIP, decode.OLE)) and name.lower().endswith(WORKBOOK_ENDINGS):
        return _open_workbook(file, name)
    return _open_text(file)


def _open_text(file: BinaryIO) -> Table:
    encoding = decode.find_encoding(file)
    sample = _sample(file, encoding.name)
    separator = layout.separator_of(sample)

    def opened() -> Generator[Record]:
        return layout.records(decode.lines(file, encoding.name), separator, sample)

    found = layout.find_layout(opened)
    if encoding.doubtful:
        found.remarks.append(
            _(
                "The letters look unlike Korean. Look at the preview: "
                "the file may be in another encoding."
            )
        )
    return Table("CSV", encoding.name, separator, found, opened)


def _sample(file: BinaryIO, encoding: str) -> str:
    """Decode the first lines, whole."""
    file.seek(0)
    text = file.read(SAMPLE).decode(encoding, errors="ignore")
    file.seek(0)
    whole = max(text.rfind("\n"), text.rfind("\r"))
    return text[: whole + 1] if len(text) > SAMPLE // 8 and whole > 0 else text


def _open_workbook(file: BinaryIO, name: str) -> Table:
    import python_calamine  # noqa: PLC0415  heavy: loaded on first use

    file.seek(0)
    try:
        book = python_calamine.load_workbook(file)
        sheets = [book.get_sheet_by_name(sheet) for sheet in book.sheet_names]
        cells = next((rows for rows in (sheet.to_python() for sheet in sheets) if rows), [])
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise Refused(
            _("The workbook cannot be opened (is it locked or damaged?). Save its table as CSV.")
        ) from error
    if not cells:
        raise Refused(_("The workbook holds no row with a value in it."))
    shape = name.rpartition(".")[2].upper()

    def opened() -> Generator[Record]:
        return ((n, [_as_text(cell) for cell in row]) for n, row in enumerate(cells, 1))

    found = layout.find_layout(opened)
    if len(sheets) > 1:
        found.remarks.append(
            _("The workbook has %(count)s sheets; only the first with values was read.")
            % {"count": len(sheets)}
        )
    return Table(shape, "", "", found, opened)


def _as_text(value: Any) -> str:
    """Write a cell of a workbook as the same table in text would."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004  beyond, a float has no units
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip(layout.BLANKS)
