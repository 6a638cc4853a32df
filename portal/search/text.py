"""Korean and Latin text as search sees it: words, pairs of letters, morphemes, likeness.

Pure functions without Django. The morphemes come from a model of half a gigabyte that is loaded
when first asked for: only workers ask, web processes live on the pairs.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any
from zlib import crc32

# The middle dots that Korean documents use for one another.
DOTS = dict.fromkeys(map(ord, "ㆍ・‧•∙⋅･"), "·")
WORD = re.compile(r"[^\W_]+")

FIRST_SYLLABLE, SYLLABLES = 0xAC00, 11_172
# Codes of two syllables take what is below; what is written otherwise shares the rest of an int4.
FIRST_OTHER = SYLLABLES**2
LAST_CODE = 2**31 - 1

# Nouns, names, roots, verbs, adjectives, foreign words and numbers; endings and particles say
# nothing about what a text is about.
TELLING = ("NNG", "NNP", "XR", "VV", "VA", "SL", "SN")
INFLECTED = ("VV", "VA")


@dataclass(frozen=True)
class Morpheme:
    """The stem of a word in small letters, and what kind of word it is."""

    form: str
    tag: str


def normalise(text: str) -> str:
    """Return ``text`` composed (NFC), in small letters and with one kind of middle dot.

    Halves of characters that belong to no text are left out.
    """
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return unicodedata.normalize("NFC", whole).lower().translate(DOTS)


def words(text: str) -> list[str]:
    """Return the runs of letters and digits of ``text``, normalised, in order."""
    return WORD.findall(normalise(text))


def pairs(word: str) -> list[str]:
    """Return the pairs of neighbouring letters of one word; a single letter stands alone."""
    return [one + two for one, two in pairwise(word)] or [word]


def code(pair: str) -> int:
    """Return the number, from 0 to 2**31 - 1, that stands for a pair of letters or a single one.

    Each pair of Korean syllables has its own; others share theirs once in two thousand million.
    """
    places = [ord(letter) - FIRST_SYLLABLE for letter in pair]
    if len(places) == 2 and all(0 <= place < SYLLABLES for place in places):  # noqa: PLR2004
        return places[0] * SYLLABLES + places[1]
    return FIRST_OTHER + crc32(pair.encode()) % (LAST_CODE - FIRST_OTHER)


def codes(*texts: str) -> list[int]:
    """Return the codes of all pairs of ``texts``, each once and in order.

    No pair reaches over the end of a word; a word of one letter has the code of that letter.
    """
    return sorted({code(pair) for text in texts for word in words(text) for pair in pairs(word)})


def similarity(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1, whatever their spaces and punctuation.

    It is Dice's measure over the pairs of letters.
    """
    mine, theirs = (Counter(_pairs_without_spaces(text)) for text in (one, other))
    both = mine.total() + theirs.total()
    if not both:
        return float(normalise(one) == normalise(other))
    return 2 * (mine & theirs).total() / both


def morphemes(text: str) -> list[Morpheme]:
    """Return the telling morphemes of ``text`` in order; the first call loads the model."""
    tokens = _kiwi().tokenize(normalise(text))
    telling = ((token.form, token.tag.partition("-")[0]) for token in tokens)
    return [Morpheme(form, tag) for form, tag in telling if tag in TELLING and WORD.match(form)]


def keywords(text: str, n: int = 10) -> list[str]:
    """Return the ``n`` commonest telling words, in their dictionary form, the earlier first."""
    return most_common((_dictionary_form(part) for part in morphemes(text)), n)


def most_common(terms: Iterable[str], n: int) -> list[str]:
    """Return the ``n`` commonest of ``terms``, among equals the earlier first."""
    return [term for term, _ in Counter(terms).most_common(n)]


def _dictionary_form(part: Morpheme) -> str:
    return f"{part.form}다" if part.tag in INFLECTED else part.form


def _pairs_without_spaces(text: str) -> list[str]:
    joined = "".join(words(text))
    return pairs(joined) if joined else []


@cache
def _kiwi() -> Any:
    """Load the tokeniser, once per process; without it there is no index, so nothing stands in."""
    from kiwipiepy import Kiwi  # noqa: PLC0415  heavy: loaded on first use

    return Kiwi()
