"""The report as a spreadsheet: a sheet about it, one for each table; no text is a formula."""

import io
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from portal.reports.domain.formats import facts
from portal.reports.domain.snapshots import LANGUAGE, NUMBERS

# What a spreadsheet's number keeps exactly, and the longest name of a sheet.
MOST_DIGITS = 15
LONGEST_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
NARROWEST, WIDEST = 12, 60
LATIN = "\u02ff"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render(content: dict[str, Any]) -> bytes:
    """Write the snapshot as XLSX."""
    memory = io.BytesIO()
    with translation.override(LANGUAGE), xlsxwriter.Workbook(memory, OPTIONS) as book:
        book.set_properties(
            {
                "title": content["title"],
                "author": content["city"],
                "keywords": content["id"],
                "created": datetime.fromisoformat(content["taken_at"]).replace(tzinfo=None),
            }
        )
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        _write_about(book, content)
        taken = {_("About this report").lower()}
        for section in content["sections"]:
            _write_section(book, section, _sheet_name(section["title"], taken), bold)
    return memory.getvalue()


def _write_about(book: Any, content: dict[str, Any]) -> None:
    sheet = book.add_worksheet(_("About this report"))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, WIDEST, book.add_format({"text_wrap": True, "valign": "top"}))
    notes = [(s["title"], s["note"]) for s in content["sections"] if s["note"]]
    for at, (name, value) in enumerate([*facts.about(content), *notes]):
        sheet.write_string(at, 0, name)
        sheet.write_string(at, 1, value)


def _write_section(book: Any, section: dict[str, Any], name: str, bold: Any) -> None:
    columns = section["table"]["columns"]
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    rows = section["table"]["rows"]
    for x, column in enumerate(columns):
        words = [facts.heading(column), *(row[x] or "" for row in rows)]
        sheet.set_column(x, x, min(WIDEST, max(NARROWEST, *map(_width, words))))
        sheet.write_string(0, x, facts.heading(column), bold)
    for y, row in enumerate(rows, start=1):
        for x, (value, column) in enumerate(zip(row, columns, strict=True)):
            _write(sheet, (y, x), value, column["type"])


def _width(words: str) -> int:
    """How many columns of letters ``words`` take: a syllable of Hangul takes two."""
    return 2 + sum(2 if letter > LATIN else 1 for letter in words)


def _write(sheet: Any, place: tuple[int, int], value: str | None, kind: str) -> None:
    """Write a number where the spreadsheet can keep it exactly, else text; leave out ``None``."""
    if value is None:
        return
    if kind in NUMBERS and len(Decimal(value).as_tuple().digits) <= MOST_DIGITS:
        sheet.write_number(*place, float(value))
    else:
        sheet.write_string(*place, value)


def _sheet_name(title: str, taken: set[str]) -> str:
    """Shorten a title to what may name a sheet, unlike those ``taken`` (in small letters)."""
    plain = " ".join(title.translate(FORBIDDEN).split()) or "-"
    name, number = plain[:LONGEST_NAME], 1
    while name.lower() in taken:
        number += 1
        name = f"{plain[: LONGEST_NAME - 4]} {number}"
    taken.add(name.lower())
    return name
