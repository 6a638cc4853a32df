"""What a visitor asks, in the notations that the index answers to.

Pure functions without Django. A word is sought by the codes of its pairs of letters, which all
texts that hold it have; a word of more than two letters, and a quoted phrase, are then looked for
in the text itself, because the same pairs may stand apart. A single letter is sought as a stem.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from portal.search.text import code, normalise, pairs, words

# What a person may reasonably ask.
MOST_LETTERS = 200
MOST_WORDS = 12
LONGEST_WORD = 60
LONGEST_STEM = 100
# The pairs of a word no longer than this are the word.
PAIR = 2

QUOTES = str.maketrans(dict.fromkeys("“”„«»「」『』", '"'))
PHRASE = re.compile(r'"([^"]*)"')
# What may stand between two words of a phrase, in PostgreSQL's notation.
BETWEEN = r"[\W_]+"


@dataclass(frozen=True)
class Query:
    """What a visitor asked.

    ``words`` are the words to find and to mark; ``phrases`` patterns of neighbouring ones.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words)

    @property
    def pairs(self) -> tuple[str, ...]:
        """The pairs of letters of all words, each once; a single letter stands alone."""
        return tuple(dict.fromkeys(pair for word in self.words for pair in pairs(word)))

    @property
    def codes(self) -> list[int]:
        """The codes that whatever matches has; none where only single letters are asked."""
        return sorted({code(pair) for pair in self.pairs if len(pair) == PAIR})

    @property
    def longer(self) -> list[str]:
        """Patterns of LIKE for the words whose pairs do not make sure of them."""
        return [f"%{word}%" for word in self.words if len(word) > PAIR]

    @property
    def singles(self) -> list[str]:
        """The words of one letter."""
        return [word for word in self.words if len(word) == 1]

    @property
    def patterns(self) -> list[str]:
        """Regular expressions of PostgreSQL that a text in small letters meets if it matches."""
        return [*self.words, *self.phrases]

    @property
    def single_word(self) -> str:
        """The word where nothing else is asked and its pairs are enough to look for, or nothing."""
        return self.words[0] if len(self.words) == 1 and self.codes else ""


def parse(text: str) -> Query:
    """Read a visitor's words and ``"quoted phrases"``; what is too long is cut."""
    asked = normalise(text[:MOST_LETTERS]).translate(QUOTES)
    phrases = [words(phrase) for phrase in PHRASE.findall(asked)]
    singles = [[word] for word in words(PHRASE.sub(" ", asked))]
    groups = _first_words([group for group in phrases + singles if group])
    return Query(
        words=tuple(dict.fromkeys(word for group in groups for word in group)),
        phrases=tuple(BETWEEN.join(group) for group in groups if len(group) > 1),
    )


def all_of(stems: Iterable[str]) -> str:
    """Return the tsquery that a text with all of ``stems`` meets; empty where there are none.

    Every stem is quoted, so nothing in it can be an operator.
    """
    return " & ".join(map(_quoted, stems))


def stems_vector(stems: Iterable[str]) -> str:
    """Return a tsvector of ``stems`` without places."""
    return " ".join(_quoted(stem) for stem in dict.fromkeys(stems) if len(stem) <= LONGEST_STEM)


def _first_words(groups: Iterable[list[str]]) -> list[list[str]]:
    """Return the groups as far as the first so many words reach, each word cut to its length."""
    left, kept = MOST_WORDS, []
    for group in groups:
        short = [word[:LONGEST_WORD] for word in group[:left]]
        left -= len(short)
        if short:
            kept.append(short)
    return kept


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
