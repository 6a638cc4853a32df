"""A program of its own: lays out a workbook from its input and writes the rows as lines of JSON.

A file of two kilobytes may claim a cell in the very last row and column, or one long text a
million times; laid out, it is more than any machine holds, and the process that lays it out is
ended without a word. So ``workbooks`` lets this one do it, which may be ended: it takes at most
``MEMORY`` and ``DISK`` bytes and ``SECONDS`` of the processor's time.

The first line says how many sheets there are; then comes one line for each row, from the top of
the sheet and from its first column that holds something. It ends with ``DAMAGED`` where the
workbook cannot be opened, with any other code but 0 where it is too much.
"""

import json
import resource
import sys
from datetime import date, datetime
from typing import Any

MEMORY, DISK, SECONDS = 2 << 30, 1 << 30, 120
DAMAGED, TOO_MUCH = 2, 3
# Beyond, a float has no units.
WHOLE = 1e15


def as_text(value: Any) -> str:
    """Write a cell of a workbook as the same table in text would."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < WHOLE else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def bound() -> None:
    """Take no more than was agreed, and leave nothing behind when ended."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, DISK),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def write(found: Any) -> None:
    sys.stdout.write(json.dumps(found) + "\n")


def unfold() -> None:
    """Write the rows of the first sheet that holds something."""
    import python_calamine  # noqa: PLC0415  heavy: loaded on first use

    try:
        book = python_calamine.load_workbook(sys.stdin.buffer)
        sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
        sheet = next((sheet for sheet in sheets if sheet.start), None)
    except (python_calamine.CalamineError, ValueError, OSError):
        sys.exit(DAMAGED)
    write(len(book.sheet_names))
    for row in sheet.iter_rows() if sheet else ():
        # Rows without a value may be a million, and as wide as the widest.
        filled = row.count("") < len(row)
        write([as_text(cell) for cell in row] if filled else [])


if __name__ == "__main__":
    bound()
    try:
        unfold()
        sys.stdout.flush()
    except (MemoryError, OSError):
        sys.exit(TOO_MUCH)
