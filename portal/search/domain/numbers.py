"""How many things match, per cell: kept for common words, counted for all others.

A common word is one that at least ``COMMON`` things hold. Its numbers are kept by the indexer,
which knows what each text held before; every night they are counted anew.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from django.db import connection, transaction
from django.db.models import Q, Sum

from portal.search.domain import cells, probe
from portal.search.domain.cells import Key
from portal.search.models import CommonWord, Entry
from portal.search.terms import PAIR, Query, parse
from portal.search.text import words

COUNT = """
SELECT entry.cell_id, count(*) FROM search_entry entry {document}
 WHERE {conditions} AND entry.kind = %(kind)s
   AND (%(since)s::timestamptz IS NULL OR entry.created_at >= %(since)s)
   AND (%(until)s::timestamptz IS NULL OR entry.created_at < %(until)s)
 GROUP BY 1"""
MORE = """
INSERT INTO search_wordcount AS kept (word_id, cell_id, n)
SELECT * FROM unnest(%(words)s::bigint[], %(cells)s::bigint[], %(ns)s::int[])
ON CONFLICT (word_id, cell_id) DO UPDATE SET n = kept.n + excluded.n"""
FEWER = """
UPDATE search_wordcount kept SET n = greatest(0, kept.n - change.n)
  FROM unnest(%(words)s::bigint[], %(cells)s::bigint[], %(ns)s::int[])
    AS change(word_id, cell_id, n)
 WHERE (kept.word_id, kept.cell_id) = (change.word_id, change.cell_id)"""
SAMPLE = """
SELECT title || ' ' || body FROM search_document TABLESAMPLE system(%(share)s)
 WHERE kind = %(kind)s"""
# Below, counting takes a few hundredths of a second; so many words are kept for each kind.
COMMON = 5_000
MOST_WORDS = 2_500
LONGEST = 12
# A word may stand inside of others more often than by itself; a sample may miss some of it.
SAMPLED = 20_000
LIKELY = 0.5
# What has been found inside of a word is remembered for so many words.
REMEMBERED = 100_000

Held = tuple[int, str]


def per_cell(
    query: Query, kind: str, *, since: datetime | None = None, until: datetime | None = None
) -> dict[Key, int]:
    """Return how many things of ``kind`` match in each cell, by its key."""
    kept = None if since or until else _kept(query, kind)
    return cells.by_key(kind, _counted(query, kind, since, until) if kept is None else kept)


def _kept(query: Query, kind: str) -> dict[int, int] | None:
    """Return the numbers that are kept of a single word; ``None`` where none are."""
    if not query.single_word:
        return None
    word = CommonWord.objects.filter(kind=kind, word=query.single_word).first()
    return dict(word.counts.filter(n__gt=0).values_list("cell", "n")) if word else None


def _counted(
    query: Query, kind: str, since: datetime | None = None, until: datetime | None = None
) -> dict[int, int]:
    wanted, values = probe.conditions(query)
    statement = COUNT.format(conditions=wanted, document=probe.document_of(query))
    values |= {"kind": kind, "since": since, "until": until}
    with connection.cursor() as cursor:
        cursor.execute(probe.BY_INDEX + statement, values)
        return dict(cursor.fetchall())


def follow(kind: str, *, gone: Iterable[Held], come: Iterable[Held]) -> None:
    """Let the numbers of ``kind`` follow texts that left the index and texts that came into it.

    Each is the number of its cell and its title and body.
    """
    common = dict(CommonWord.objects.filter(kind=kind).values_list("word", "pk"))
    if not common:
        return
    changes = Counter(_holding(common, come))
    changes.subtract(Counter(_holding(common, gone)))
    _change(MORE, +changes)
    _change(FEWER, -changes)


@transaction.atomic
def recount(kind: str) -> int:
    """Choose the common words of ``kind`` and count them anew; return how many there are.

    The caller sees to it that nothing is indexed meanwhile.
    """
    CommonWord.objects.filter(kind=kind).delete()
    made = CommonWord.objects.bulk_create(
        CommonWord(kind=kind, word=word) for word in _candidates(kind)
    )
    _change(MORE, Counter(_holding({word.word: word.pk for word in made}, _texts(kind))))
    rare = CommonWord.objects.filter(kind=kind).annotate(n=Sum("counts__n"))
    rare.filter(Q(n=None) | Q(n__lt=COMMON)).delete()
    return CommonWord.objects.filter(kind=kind).count()


def _candidates(kind: str) -> list[str]:
    """Return the words of a sample, and the stems, that may be common: one would look for them."""
    with connection.cursor() as cursor:
        cursor.execute(SAMPLE, {"kind": kind, "share": _share()})
        texts = cursor.fetchall()
    held = Counter(word for (text,) in texts for word in set(words(text)))
    shares = Counter({word: n / len(texts) for word, n in held.items()})
    shares.update(probe.common_terms("search_document", "m"))
    least = COMMON / max(probe.documents(), COMMON)
    likely = (word for word, share in shares.most_common() if share >= least * LIKELY)
    return [word for word in likely if parse(word).single_word == word][:MOST_WORDS]


def _share() -> float:
    """Return the percentage of all texts that makes a sample."""
    return min(100.0, 100 * SAMPLED / max(probe.documents(), 1))


def _texts(kind: str) -> Iterable[Held]:
    """Yield the cell and the text of every document of ``kind``."""
    entries = Entry.objects.filter(kind=kind).values_list(
        "cell", "document__title", "document__body"
    )
    for cell, title, body in entries.iterator(chunk_size=2_000):
        yield cell, f"{title} {body}"


def _holding(common: Mapping[str, int], held: Iterable[Held]) -> Iterable[tuple[int, int]]:
    """Yield each common word that a text holds, also inside of others, and the cell of the text."""
    inside = lru_cache(REMEMBERED)(lambda word: frozenset(_inside(word, common)))
    for cell, text in held:
        held_here = frozenset().union(*map(inside, set(words(text))))
        yield from ((pk, cell) for pk in held_here)


def _inside(word: str, common: Mapping[str, int]) -> Iterable[int]:
    longest = min(len(word), LONGEST)
    for length in range(PAIR, longest + 1):
        for start in range(len(word) - length + 1):
            if pk := common.get(word[start : start + length]):
                yield pk


def _change(statement: str, changes: Mapping[tuple[int, int], int]) -> None:
    if not changes:
        return
    numbers, places = zip(*changes, strict=True)
    values = {"words": [*numbers], "cells": [*places], "ns": [*changes.values()]}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
