"""Words in the notation of PostgreSQL's text search, made here so that no visitor writes it.

Pure functions without Django. Every term is quoted, so nothing in it can be an operator.
Neighbouring pairs of a word have neighbouring places, and a free place parts two words: a word
of a query is a chain of places, and a quoted phrase a longer one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.search.text import normalise, pairs, words

Placed = tuple[str, int]

# Limits of a tsvector, and of what a person may reasonably ask.
LAST_PLACE = 16_383
MOST_PLACES = 255
LONGEST_TERM = 100
MOST_LETTERS = 200
MOST_WORDS = 12
LONGEST_WORD = 60

QUOTES = str.maketrans(dict.fromkeys("“”„«»「」『』", '"'))
PHRASE = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Query:
    """What a visitor asked, in three notations.

    ``strict`` demands every word and phrase; ``any_pair`` and ``any_word`` rank what was found by
    its pairs and by its morphemes. ``words`` are the words to mark, ``pairs`` those to relax by.
    """

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    strict: str
    any_pair: str
    any_word: str

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words)


def parse(text: str) -> Query:
    """Read a visitor's words and ``"quoted phrases"``; what is too long is cut."""
    asked = normalise(text[:MOST_LETTERS]).translate(QUOTES)
    phrases = [words(phrase) for phrase in PHRASE.findall(asked)]
    singles = [[word] for word in words(PHRASE.sub(" ", asked))]
    groups = _first_words([group for group in phrases + singles if group])
    flat = tuple(dict.fromkeys(word for group in groups for word in group))
    every = tuple(dict.fromkeys(pair for word in flat for pair in pairs(word)))
    return Query(
        words=flat,
        pairs=every,
        strict=" & ".join(f"({_chain(group)})" for group in groups),
        any_pair=any_of(every),
        any_word=any_of(flat),
    )


def any_of(terms: Iterable[str]) -> str:
    """Return the query that one of ``terms`` meets."""
    return " | ".join(_sought(term) for term in terms)


def any_two_of(couples: Iterable[tuple[str, str]]) -> str:
    """Return the query that one couple, both of it, meets."""
    return " | ".join(f"({_sought(one)} & {_sought(other)})" for one, other in couples)


def placed_pairs(text: str, start: int = 1) -> list[Placed]:
    """Return the pairs of ``text`` with their places from ``start``."""
    placed, place = [], start
    for word in words(text):
        for pair in pairs(word):
            placed.append((pair, place))
            place += 1
        place += 1
    return placed


def vector(title: Sequence[Placed], body: Sequence[Placed] = ()) -> str:
    """Return a tsvector with the terms of the title (weight A) and of the body (weight D)."""
    places: dict[str, list[str]] = {}
    for terms, weight in ((title, "A"), (body, "")):
        for term, place in terms:
            known = places.setdefault(term, [])
            if len(known) < MOST_PLACES and place <= LAST_PLACE:
                known.append(f"{place}{weight}")
    fit = ((term, known) for term, known in places.items() if len(term) <= LONGEST_TERM)
    return " ".join(
        f"{_quoted(term)}:{','.join(known)}" if known else _quoted(term) for term, known in fit
    )


def _first_words(groups: Iterable[list[str]]) -> list[list[str]]:
    """Return the groups as far as the first so many words reach, each word cut to its length."""
    left, kept = MOST_WORDS, []
    for group in groups:
        short = [word[:LONGEST_WORD] for word in group[:left]]
        left -= len(short)
        if short:
            kept.append(short)
    return kept


def _chain(group: Sequence[str]) -> str:
    """Return neighbouring words as one chain of places."""
    return " <2> ".join(" <-> ".join(_sought(pair) for pair in pairs(word)) for word in group)


def _sought(term: str) -> str:
    """Quote a term of a query; a single letter also stands for the pairs that it begins."""
    return _quoted(term) + (":*" if len(term) == 1 else "")


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
