"""The fonts of documents, and which characters they have.

A document for the archive must embed every character; one that no font has would stop it.
"""

import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings

NAMES = ("Pretendard-Regular.ttf", "Pretendard-Bold.ttf")
# The sign of Korean and Japanese typesetters for a missing letter, and what fonts have of it.
STANDS_IN = ("〓", "□", "?")


class FontsMissingError(RuntimeError):
    """The font files were not laid out at set-up."""


def folder() -> Path:
    """Where the font files lie. Raises ``FontsMissingError`` with what to do."""
    place = Path(settings.LOCAL_DIR) / "fonts"
    absent = [name for name in NAMES if not (place / name).is_file()]
    if absent:
        raise FontsMissingError(
            f"{', '.join(absent)} not found in {place}; "
            f"run: python -m tools.fonts node_modules {place}"
        )
    return place


def known_characters() -> frozenset[int]:
    """The code points that every one of the fonts has."""
    return _characters(folder())


@cache
def _characters(place: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  heavy: loaded on first use

    known = []
    for name in NAMES:
        with TTFont(place / name, lazy=True) as font:
            known.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*known)


class Letters:
    """Texts with a stand-in for each character that the fonts lack, and the list of those."""

    def __init__(self) -> None:
        self._known = known_characters() | {ord("\n")}
        self._stand_in = next(c for c in STANDS_IN if ord(c) in self._known)
        self._lacking: set[str] = set()

    def fit(self, text: str) -> str:
        """Return ``text`` (composed Hangul) as it can be set."""
        composed = unicodedata.normalize("NFC", text)
        self._lacking |= {c for c in composed if ord(c) not in self._known}
        return "".join(c if ord(c) in self._known else self._stand_in for c in composed)

    @property
    def stand_in(self) -> str:
        return self._stand_in

    @property
    def lacking(self) -> list[tuple[str, str]]:
        """Code point and Unicode name of each character that was replaced, in order."""
        return [(f"U+{ord(c):04X}", unicodedata.name(c, "")) for c in sorted(self._lacking)]
