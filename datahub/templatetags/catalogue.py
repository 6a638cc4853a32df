"""How cells of a table are written on a page: as they are in the data."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _

from datahub.models import Version

register = template.Library()

LONGEST = 200


@register.filter
def cell(value: Any) -> str:
    """Write a value without the page's own habits (no thousands commas, no local dates)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return value.isoformat(" ")
    words = value.isoformat() if isinstance(value, date) else str(value)
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


@register.filter
def is_figure(value: Any) -> bool:
    """Whether a value stands in a column of figures: numbers and dates, which must not wrap."""
    return isinstance(value, int | float | date) and not isinstance(value, bool)


@register.filter
def address_of_row(version: Version, number: int) -> str:
    """The address of a version's table that begins with the row of this number."""
    return f"{version.get_absolute_url()}?after={number - 1}"
