"""One way to open any table that is handed in: text in its encoding, or a workbook.

``open_table`` gives the columns and, as often as asked, the rows; nothing is kept in
memory for text. Of a workbook the first sheet that holds something is read.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from datahub.domain import decode, layout, workbooks
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
    book = workbooks.unfold(file)
    if not any(any(cells) for _n, cells in book.records()):
        raise Refused(_("The workbook holds no row with a value in it."))
    found = layout.find_layout(book.records)
    if book.sheets > 1:
        found.remarks.append(
            _("The workbook has %(count)s sheets; only the first with values was read.")
            % {"count": book.sheets}
        )
    return Table(name.rpartition(".")[2].upper(), "", "", found, book.records)
