"""What people type, as plain text: the same letters look the same, and nothing plays tricks."""

import unicodedata
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict

# Letters and signs that show nothing: Hangul fillers and the empty Braille cell.
FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
# Marks that turn the direction of text around; a title must not rearrange the page.
DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])
# Years that a day in any form may lie in; beyond, it is a slip, and clocks cannot reckon with it.
FIRST_YEAR, LAST_YEAR = 1900, 2099


def plain(text: str) -> str:
    """Compose Hangul and take out direction marks; what shows nothing to a reader is empty."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text).translate(DIRECTION_MARKS)
    return text if shows_something(text) else ""


def shows_something(text: str) -> bool:
    """Whether a reader would see anything of ``text``."""
    return any(c not in FILLERS and unicodedata.category(c) not in UNSEEN for c in text)


def plain_fields(sent: QueryDict) -> QueryDict:
    """What was sent, each value as plain text."""
    tidied = sent.copy()
    for name, values in sent.lists():
        tidied.setlist(name, [plain(value) for value in values])
    return tidied


def is_strange_day(value: Any) -> bool:
    """Whether a value is a day in a year that nobody means."""
    return isinstance(value, date | datetime) and not FIRST_YEAR <= value.year <= LAST_YEAR


class PlainText(forms.CharField):
    """Text as it was typed: composed Hangul, without direction marks and NULs, not only blanks."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Tell the page how long a text may be without letting the browser cut what is pasted."""
        return {"data-most": str(self.max_length)} if self.max_length else {}

    def to_python(self, value: Any) -> str:
        return plain((super().to_python(value) or "").replace("\x00", "")).strip()
