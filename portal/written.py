"""How dates, amounts and sizes are written on every page."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.bilingual import day, in_korean, local, moment

KILO = 1024


def when(value: date | datetime | None, style: str = "day") -> SafeString | str:
    """Write a date as a ``<time>`` element; ``style`` is ``day`` or ``moment``."""
    if not value:
        return ""
    words = moment(value) if style == "moment" and isinstance(value, datetime) else day(value)
    return mark_safe(f'<time datetime="{local(value).isoformat()}">{escape(words)}</time>')  # noqa: S308  escaped


def date_writer() -> Callable[[date | datetime], SafeString]:
    """Give a ``when`` for many dates on one page: language and time zone are asked once."""
    zone, korean = timezone.get_current_timezone(), in_korean()

    def write(value: date | datetime) -> SafeString:
        at = value.astimezone(zone) if isinstance(value, datetime) else value
        words = f"{at.year}. {at.month}. {at.day}." if korean else day(at)
        return mark_safe(f'<time datetime="{at.isoformat()}">{words}</time>')  # noqa: S308  no text

    return write


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
            return f"{size:.1f}MB".replace(".0MB", "MB") if unit == "MB" else f"{size:.0f}{unit}"
        size /= KILO
    return f"{size:.1f}GB"


def ending(name: str) -> str:
    """Return the ending of a file's name in small letters: ``pdf``."""
    return str(name).rpartition(".")[2].lower()
