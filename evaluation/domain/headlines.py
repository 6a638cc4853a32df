"""What a monitoring report says first, read off its own tables.

Each figure is the sum of a column or the number of rows of a table further down, so
nothing is counted twice and nothing can differ.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from evaluation.domain import tables

Table = dict[str, Any]


def _of_column(key: str) -> Callable[[Table], int]:
    """Add up the column ``key``."""

    def added(table: Table) -> int:
        at = [column["key"] for column in table["columns"]].index(key)
        return sum(row[at] for row in table["rows"])

    return added


def _last_of_all(table: Table) -> int:
    """The last figure of the row that adds up the table."""
    figure: int = table["rows"][-1][-1]
    return figure


def _rows(table: Table) -> int:
    return len(table["rows"])


# (table, what it is called here, how it is read off the table)
HEADLINES: list[tuple[str, Any, Callable[[Table], int]]] = [
    ("proposals", _("New proposals"), _last_of_all),
    ("answers", _("Proposals answered"), _of_column("answered")),
    ("answers", _("Proposals answered after the last day"), _of_column("late")),
    ("answers", _("Proposals whose last day passed without an answer"), _of_column("overdue")),
    ("motions", _("Motions decided by councils"), _rows),
    ("labs", _("Living labs now running"), _of_column("running")),
    ("datasets", _("Datasets newly published"), _rows),
    ("unverified", _("Measurements not verified yet"), _rows),
]


def at_a_glance(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Make the first section of a report from those that follow it."""
    found = {part["key"]: part["table"] for part in parts}
    columns = [tables.text("what", str(_("Item"))), tables.count("number", str(_("How many")))]
    return tables.section("glance", str(_("At a glance")), columns, list(_lines(found)))


def _lines(found: dict[str, Table]) -> Iterator[list[Any]]:
    for key, words, figure in HEADLINES:
        if key in found:
            yield [str(words), figure(found[key])]
