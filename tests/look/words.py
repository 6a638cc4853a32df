"""Which words of a page belong to the other language."""

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from django.conf import settings

PO = "locale/ko/LC_MESSAGES/django.po"
# Three words of English in a row; names of standards and files are shorter or carry other signs.
ENGLISH = re.compile(r"\b[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}")
HANGUL = re.compile(r"[가-힣]")
NAMES = ("CKAN Action API", "like Gecko")
SAME_IN_BOTH = frozenset({"English", "API", "–"})


def homes() -> list[str]:
    """The folders of the portal that keep a catalogue."""
    root = Path(settings.BASE_DIR)
    found = [*root.glob(f"*/{PO}"), *root.glob(f"portal/*/{PO}")]
    return sorted(str(po.relative_to(root)).removesuffix(f"/{PO}") for po in found)


@cache
def catalogue_of(home: str) -> dict[tuple[str | None, str], str]:
    """The messages of one folder with their Korean, by context and message; plurals aside."""
    with (Path(settings.BASE_DIR) / home / PO).open(encoding="utf-8") as text:
        return {
            (message.context, message.id): message.string
            for message in read_po(text)
            if isinstance(message.id, str) and message.id
        }


@cache
def catalogue() -> dict[str, str]:
    """Every message of the portal with its Korean, contexts aside."""
    return {message: said for home in homes() for (_, message), said in catalogue_of(home).items()}


def foreign(texts: list[str], language: str) -> list[str]:
    """Those of ``texts`` that should have been said in ``language``; data are left alone."""
    if language == "ko":
        return [text for text in texts if _is_english(text)]
    korean = {said for english, said in catalogue().items() if HANGUL.search(said)}
    return [text for text in texts if text in korean]


def _is_english(text: str) -> bool:
    if text in SAME_IN_BOTH or catalogue().get(text) == text:
        return False
    if text in catalogue():
        return True
    long = ENGLISH.search(text)
    return bool(long) and not any(name in text for name in NAMES)
