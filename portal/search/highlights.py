"""Showing why something was found: its words marked, and the part of the text where they are.

All text is escaped here, word by word, before it becomes markup.
"""

import re
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

BEFORE = 40
LONG = 180


def marked(text: str, words: Sequence[str]) -> SafeString:
    """Return ``text`` escaped, with each of ``words`` in ``<mark>``, whatever its letters' case."""
    if not words:
        return format_html("{}", text)
    parts = _pattern(words).split(text)
    # A split by a group alternates: what lies between, and what was found.
    return format_html_join(
        "",
        "{}{}",
        (
            (between, format_html("<mark>{}</mark>", hit) if hit else "")
            for between, hit in zip(parts[::2], [*parts[1::2], ""], strict=True)
        ),
    )


def excerpt(text: str, words: Sequence[str]) -> str:
    """Return the part of ``text`` around the first of ``words``, in one line."""
    line = " ".join(text.split())
    hit = _pattern(words).search(line) if words else None
    start = max(0, hit.start() - BEFORE) if hit else 0
    part = line[start : start + LONG]
    return ("… " if start else "") + part + (" …" if start + LONG < len(line) else "")


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest_first))})", re.IGNORECASE)
