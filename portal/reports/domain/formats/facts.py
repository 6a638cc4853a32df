"""What every file of a report says about itself, and how figures are shown to readers."""

import base64
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.reports.domain.snapshots import NUMBERS

GROUP = 4
GROUPS_SHOWN = 10
NOT_REPORTED = "–"


def about(content: dict[str, Any]) -> list[tuple[str, str]]:
    """Name and value of each fact about the report."""
    period, tree = content["period"], content["tree"]
    days = [day(period[name]) for name in ("first_day", "last_day")]
    until = pgettext("from and until", "–")
    span = f"{period['label']} ({days[0]} {until} {days[1]})"
    if days[0] == days[1]:
        span = period["label"]
    return [
        (_("Report"), content["title"]),
        (_("City"), content["city"]),
        (_("Written for"), content["body"]),
        (_("Period"), span),
        (_("Edition"), content["edition"]),
        (_("Figures of"), moment(content["taken_at"])),
        (_("Number of the report"), content["id"]),
        (_("Software"), content["software"]),
        (_("Audit trail"), seal(tree)),
    ]


def day(text: str) -> str:
    """Write a day as documents do: ``2026. 11. 22.``."""
    at = date.fromisoformat(text)
    return f"{at.year}. {at.month}. {at.day}."


def moment(text: str) -> str:
    """Write a moment as documents do, in the time of the city: ``2026. 11. 22. 14:30``."""
    at = timezone.localtime(datetime.fromisoformat(text))
    return f"{at.year}. {at.month}. {at.day}. {at:%H:%M}"


def seal(tree: dict[str, str] | None) -> str:
    """Size of the audit trail's tree and the first ten groups of four of its root, in base32."""
    if tree is None:
        return _("no signed head yet")
    letters = base64.b32encode(base64.b64decode(tree["root"])).decode().rstrip("=")
    groups = [letters[at : at + GROUP] for at in range(0, GROUP * GROUPS_SHOWN, GROUP)]
    return _("{size} acts, root {root}").format(size=tree["size"], root=" ".join(groups))


def heading(column: dict[str, str]) -> str:
    """The title of a column with its unit: ``인원 (명)``."""
    return f"{column['title']} ({column['unit']})" if column["unit"] else column["title"]


def shown(value: str | None, column: dict[str, str]) -> str:
    """Write a cell for readers: thousands apart, days in words, a dash for nothing."""
    if value is None:
        return NOT_REPORTED
    if column["type"] in NUMBERS:
        return f"{Decimal(value):,f}"
    return day(value) if column["type"] == "date" else value


def _looks(value: str | None, column: dict[str, str]) -> str:
    """The classes of a cell: a number stands to the right, what is missing falls away on phones."""
    names = {"num": column["type"] in NUMBERS, "nil": value is None}
    return " ".join(name for name, holds in names.items() if holds)


def for_page(section: dict[str, Any]) -> dict[str, Any]:
    """Prepare a table of the snapshot for a page: words in the head, words in the cells."""
    columns = section["table"]["columns"]
    return {
        "key": section["key"],
        "title": section["title"],
        "note": section["note"],
        "head": [(heading(column), column["type"] in NUMBERS) for column in columns],
        "rows": [
            [
                (shown(cell, column), _looks(cell, column), heading(column))
                for cell, column in zip(row, columns, strict=True)
            ]
            for row in section["table"]["rows"]
        ],
    }
