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
    spans = _spans(text, words) if words else []
    ends, starts = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(text)]
    parts = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    hits = [format_html("<mark>{}</mark>", text[start:end]) for start, end in spans]
    return format_html_join("", "{}{}", zip(parts, [*hits, ""], strict=True))


def excerpt(text: str, words: Sequence[str]) -> str:
    """Return the part of ``text`` around the first of ``words``, in one line."""
    line = " ".join(text.split())
    hit = _pattern(words).search(line) if words else None
    start = max(0, hit.start() - BEFORE) if hit else 0
    part = line[start : start + LONG]
    return ("… " if start else "") + part + (" …" if start + LONG < len(line) else "")


def _spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where ``words`` stand, those that overlap as one."""
    spans: list[tuple[int, int]] = []
    for match in _pattern(words).finditer(text):
        start, end = match.span(1)
        if spans and start < spans[-1][1]:
            first, last = spans.pop()
            start, end = first, max(end, last)
        spans.append((start, end))
    return spans


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Return what finds ``words`` at every place, also inside one another."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(f"(?=({'|'.join(map(re.escape, longest_first))}))", re.IGNORECASE)
