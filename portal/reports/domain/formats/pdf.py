"""The report as a document for the archive: PDF/A-2a and PDF/UA-1, tagged, in Korean."""

import json
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from portal.reports.domain.formats import facts, fonts
from portal.reports.domain.snapshots import LANGUAGE, NUMBERS

LAYOUT = Path(__file__).with_name("layout.typ")
# Letters from which on a text takes room rather than leave it to the figures.
LONG = 8
STANDARDS: list[Any] = ["a-2a", "ua-1"]


def render(content: dict[str, Any]) -> bytes:
    """Set the snapshot. Raises ``FontsMissingError``."""
    with translation.override(LANGUAGE):
        data = _document(content)
    return set_in(LAYOUT, data)


def set_in(layout: Path, data: dict[str, Any]) -> bytes:
    """Set ``data`` in a layout, whose letters are fitted. Raises ``FontsMissingError``."""
    import typst  # noqa: PLC0415  heavy: loaded on first use

    return typst.compile(
        str(layout),
        root=str(layout.parent),
        font_paths=[str(fonts.folder())],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=STANDARDS,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def _document(content: dict[str, Any]) -> dict[str, Any]:
    """Prepare everything that is set, in letters that the fonts have."""
    letters = fonts.Letters()
    data = {
        "title": letters.fit(content["title"]),
        "subtitle": letters.fit(f"{content['city']} · {content['period']['label']}"),
        "id": content["id"],
        "taken": [int(part) for part in content["taken_at"][:10].split("-")],
        "author": letters.fit(content["city"]),
        "sample": _sample(content),
        "about": [[name, letters.fit(value)] for name, value in facts.about(content)],
        "about_title": _("About this report"),
        "footer": letters.fit(_("Audit trail: {seal}").format(seal=facts.seal(content["tree"]))),
        "sections": [_section(section, letters) for section in content["sections"]],
        "empty": _("Nothing in this period."),
        "dash": _("“–” means: nothing was reported."),
    }
    return data | _appendix(letters)


def _sample(content: dict[str, Any]) -> str:
    if not content["is_demo"]:
        return ""
    return _("Sample: made by a demonstration. It is no document of any public body.")


def _section(section: dict[str, Any], letters: fonts.Letters) -> dict[str, Any]:
    columns = section["table"]["columns"]
    return {
        "title": letters.fit(section["title"]),
        "note": letters.fit(section["note"]),
        "head": [letters.fit(facts.heading(column)) for column in columns],
        "right": [column["type"] in NUMBERS for column in columns],
        "wide": _wide(section["table"]),
        "rows": [
            [
                letters.fit(facts.shown(cell, column))
                for cell, column in zip(row, columns, strict=True)
            ]
            for row in section["table"]["rows"]
        ],
    }


def _wide(table: dict[str, Any]) -> list[bool]:
    """Say which columns share the room that the others leave: the first, and long texts."""
    rows = table["rows"]
    return [
        at == 0 or (column["type"] == "text" and any(len(row[at] or "") > LONG for row in rows))
        for at, column in enumerate(table["columns"])
    ]


def _appendix(letters: fonts.Letters) -> dict[str, Any]:
    """List what the fonts lack, once everything else was fitted."""
    return {
        "lacking_title": _("Characters that could not be set"),
        "lacking_text": _("{sign} stands for these; the other files have them unchanged.").format(
            sign=letters.stand_in
        ),
        "lacking_head": [_("Code point"), _("Unicode name")],
        "lacking": [list(pair) for pair in letters.lacking],
    }
