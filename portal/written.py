"""How dates, amounts and sizes are written on every page."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.bilingual import day, in_korean, local, moment

KILO = 1024


def when(value: date | datetime | None, style: str = "day") -> SafeString | str:
    """Write a date as a ``<time>`` element; ``style`` is ``day`` or ``moment``."""
    if not value:
        return ""
    words = moment(value) if style == "moment" and isinstance(value, datetime) else day(value)
    return format_html('<time datetime="{}">{}</time>', local(value).isoformat(), words)


def won(value: Decimal | int | None) -> str:
    """Write an amount in won: ``1,234,000원``, in English ``KRW 1,234,000``."""
    if value is None:
        return ""
    return f"{value:,.0f}원" if in_korean() else f"KRW {value:,.0f}"


def file_size(value: int | None) -> str:
    """Write a size in bytes the short way that file links use: ``17KB``, ``2.4MB``."""
    size = float(value or 0)
    for unit in ("B", "KB", "MB"):
        if size < KILO:
            return f"{size:.0f}{unit}" if unit != "MB" else f"{size:.1f}MB"
        size /= KILO
    return f"{size:.1f}GB"


def ending(name: str) -> str:
    """Return the ending of a file's name in small letters: ``pdf``."""
    return str(name).rpartition(".")[2].lower()
