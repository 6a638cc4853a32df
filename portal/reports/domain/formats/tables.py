"""The report as plain tables: a zip of CSV files (UTF-8 with a mark, commas) and a README."""

import csv
import io
import zipfile
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from portal.reports.domain.formats import facts
from portal.reports.domain.snapshots import LANGUAGE, NUMBERS

MARK = "\ufeff"
# What a spreadsheet would take for a formula at the beginning of a text.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def render(content: dict[str, Any]) -> bytes:
    """Write the snapshot as a zip; the same snapshot gives the same bytes."""
    memory = io.BytesIO()
    moment = datetime.fromisoformat(content["taken_at"]).timetuple()[:6]
    with translation.override(LANGUAGE), zipfile.ZipFile(memory, "w") as archive:
        _put(archive, "README.txt", _readme(content), moment)
        for section in content["sections"]:
            _put(archive, f"{section['key']}.csv", _table(section), moment)
    return memory.getvalue()


def _put(archive: zipfile.ZipFile, name: str, text: str, moment: Any) -> None:
    member = zipfile.ZipInfo(name, date_time=moment)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, (MARK + text).encode())


def _table(section: dict[str, Any]) -> str:
    columns = section["table"]["columns"]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([facts.heading(column) for column in columns])
    for row in section["table"]["rows"]:
        writer.writerow([_cell(v, c["type"]) for v, c in zip(row, columns, strict=True)])
    return text.getvalue()


def _cell(value: str | None, kind: str) -> str:
    if value is None:
        return ""
    if kind not in NUMBERS and value.startswith(DANGEROUS):
        return f"'{value}"
    return value


def _readme(content: dict[str, Any]) -> str:
    lines = [f"{name}: {value}" for name, value in facts.about(content)]
    lines += ["", _("An empty cell means: nothing was reported.")]
    lines.append(_("A text that a spreadsheet would take for a formula begins with an apostrophe."))
    for section in content["sections"]:
        lines += ["", f"{section['key']}.csv: {section['title']}"]
        lines += [f"  {facts.heading(c)} [{c['key']}]" for c in section["table"]["columns"]]
        lines += [section["note"]] if section["note"] else []
    return "\r\n".join(lines) + "\r\n"
