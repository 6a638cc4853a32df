"""Korean texts for the synthetic city, recombined from real petitions where these are at hand.

A text of a million is made of the sentences and halves of titles of a few thousand; some stand
among them unchanged, so that it can be asked whether they are found again. Nothing of them is
kept in the project. Without them there is nothing to measure a search by, and it says so.
"""

import os
import random
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from portal.writing.domain.imports import FORMATS

PETITIONS = Path(
    os.environ.get("REAL_INPUT", Path(__file__).resolve().parent.parent.parent / "shared" / "data")
)
FILES = {
    "cheongwadae": "01_kr_petitions/cheongwadae/*.jsonl",
    "gwanghwamun": "01_kr_petitions/gwanghwamun1st/*.tsv",
}
END = re.compile(r"(?<=[.!?다요])\s+|\n+")
SENTENCES_OF_A_TEXT = 6
LONGEST_SENTENCE = 120
SHORTEST_SENTENCE = 6
LONGEST_TITLE = 60
# About so many other titles share a half with each real one.
SHARING = 20


class Text(NamedTuple):
    """A title and what it is about, each as the pieces that it was put together from."""

    title: tuple[str, ...]
    body: tuple[str, ...]


class Texts:
    """Real sentences and titles, and any number of texts made of them."""

    def __init__(self, *, seed: int) -> None:
        self._seed = seed

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.petitions)

    @cached_property
    def petitions(self) -> list[tuple[str, list[str]]]:
        """Title and sentences of each real petition whose title can be found again: it is the only one."""
        found = [
            (_plain(written.title)[:LONGEST_TITLE].strip(), _sentences(written.text))
            for kind, pattern in FILES.items()
            for path in sorted(PETITIONS.glob(pattern))
            for written in FORMATS[kind](path)
        ]
        first = {title: text for title, text in reversed(found) if len(title) > SHORTEST_SENTENCE}
        return list(first.items())

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences of all petitions, each once and cut where they are long."""
        every = (sentence for _title, text in self.petitions for sentence in text)
        return list(dict.fromkeys(s for s in every if len(s) > SHORTEST_SENTENCE))

    def hidden(self, number: int) -> list[tuple[int, str]]:
        """Place and title of so many real petitions that stand among the texts unchanged."""
        chance = random.Random(self._seed)
        titles = [title for title, _text in self.petitions if len(title.split()) > 3]
        return list(enumerate(chance.sample(titles, number)))

    def make(self, count: int) -> Iterator[Text]:
        """Yield ``count`` texts: first the real ones as they are, then others made of them."""
        chance = random.Random(self._seed)
        titles = [title.split() for title, _text in self.petitions]
        real = min(len(self.petitions), count)
        for title, text in self.petitions[:real]:
            yield Text((title,), tuple(text[: 3 * SENTENCES_OF_A_TEXT]))
        share = SHARING * len(titles) / max(count - real, 1)
        for _number in range(count - real):
            sentences = tuple(chance.choices(self.sentences, k=SENTENCES_OF_A_TEXT))
            if chance.random() < share:
                one, other = chance.choices(titles, k=2)
                title = (" ".join(one[: len(one) // 2]), " ".join(other[len(other) // 2 :]))
            else:
                title = (" ".join(chance.choice(self.sentences).split()[:6]),)
            yield Text(title, sentences)


def _sentences(text: str) -> list[str]:
    cut = (_plain(sentence)[:LONGEST_SENTENCE].strip() for sentence in END.split(text))
    return [sentence for sentence in cut if sentence]


def _plain(text: str) -> str:
    """One line without what COPY reads as its own."""
    return " ".join(text.replace("\\", " ").replace("\0", " ").split())
