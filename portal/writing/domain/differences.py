"""What changed between two texts, word by word. No Django inside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORDS = re.compile(r"\s+|[^\s]+")
PARAGRAPHS = re.compile(r"[^\n]*\n|[^\n]+")
# Longer texts, in characters, are compared by paragraph: the work grows by the square of the words.
LONG = 10_000


@dataclass(frozen=True)
class Piece:
    """A run of text that stayed, was added or was taken away."""

    kind: Literal["same", "added", "removed"]
    text: str


def between(before: str, after: str) -> list[Piece]:
    """The pieces of ``after``, with what is gone from ``before``; together they give both texts."""
    unit = WORDS if max(len(before), len(after)) < LONG else PARAGRAPHS
    old, new = unit.findall(before), unit.findall(after)
    return list(_joined(_pieces(old, new)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            yield Piece("same", "".join(new[new_from:new_to]))
            continue
        if old_to > old_from:
            yield Piece("removed", "".join(old[old_from:old_to]))
        if new_to > new_from:
            yield Piece("added", "".join(new[new_from:new_to]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if piece.text)
