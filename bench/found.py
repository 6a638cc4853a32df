"""The index of a synthetic city, written at once: each piece of a text is read only once.

What the portal's own indexer would write of a text is put together from what it would write of
the pieces, so a million texts take minutes.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from django.db import connections, transaction

from bench.texts import Text, Texts
from portal.proposals.domain.bulk import Lines
from portal.proposals.search import CELL
from portal.search.domain import cells
from portal.search.domain.index import count_words
from portal.search.terms import stems_vector
from portal.search.text import codes, morphemes

GIN = ("entry_pairs", "document_title_pairs", "document_morphemes")
TABLE = """
CREATE TEMP TABLE read_texts (n bigint PRIMARY KEY, title text, body text, m tsvector,
  title_pairs int[], pairs int[]) ON COMMIT DROP"""
COPY = "COPY read_texts FROM STDIN"
KEY = ", ".join(f"coalesce(p.{column}::text, '')" for column in CELL)
CELLS = f"SELECT DISTINCT {KEY} FROM proposals_proposal p WHERE state <> 'draft'"
DOCUMENTS = """
INSERT INTO search_document (kind, object_id, title, body, url, language, m, title_pairs,
                             created_at, updated_at)
SELECT 'proposal', p.id::text, t.title, t.body, '/proposals/' || p.id || '/', 'ko', t.m,
       t.title_pairs, p.published_at, p.changed_at
  FROM read_texts t JOIN proposals_proposal p ON p.id = %(first)s + t.n ORDER BY t.n"""
ENTRIES = f"""
INSERT INTO search_entry (document_id, kind, thing, cell_id, created_at, pairs)
SELECT d.id, 'proposal', p.id, c.id, p.published_at, t.pairs
  FROM read_texts t JOIN proposals_proposal p ON p.id = %(first)s + t.n
  JOIN search_document d ON d.kind = 'proposal' AND d.object_id = p.id::text
  JOIN search_cell c ON c.kind = 'proposal' AND c.key::text[] = ARRAY[{KEY}] ORDER BY t.n"""


class Piece(NamedTuple):
    """What the indexer reads in a piece of a text."""

    codes: frozenset[int]
    stems: frozenset[str]


@cache
def read(piece: str) -> Piece:
    """Read a sentence or a part of a title, once."""
    return Piece(frozenset(codes(piece)), frozenset(stem.form for stem in morphemes(piece)))


def load(texts: Texts, count: int, *, first: int) -> None:
    """Index ``count`` proposals, whose numbers run from ``first``, with what ``texts`` makes."""
    with transaction.atomic("migrator"), connections["migrator"].cursor() as cursor:
        cursor.execute(TABLE)
        cursor.cursor.copy_expert(COPY, Lines(_lines(texts, count)))
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [[*GIN]])
        definitions = [definition for (definition,) in cursor.fetchall()]
        for name in GIN:
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute(CELLS)
        cells.numbers_of("proposal", cursor.fetchall())
        cursor.execute(DOCUMENTS, {"first": first})
        cursor.execute(ENTRIES, {"first": first})
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL maintenance_work_mem = '1GB'")
        for definition in definitions:
            cursor.execute(definition)
    read.cache_clear()
    with connections["migrator"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE search_document, search_entry")
    count_words()


def _lines(texts: Texts, count: int) -> Iterator[str]:
    for n, text in enumerate(texts.make(count)):
        yield "\t".join((str(n), *_columns(text))) + "\n"


def _columns(text: Text) -> Iterator[str]:
    title, body = [read(piece) for piece in text.title], [read(piece) for piece in text.body]
    stems = frozenset().union(*(piece.stems for piece in title + body))
    yield " ".join(text.title)
    yield " ".join(text.body)
    yield stems_vector(stems).replace("\\", "\\\\")
    yield _array(title)
    yield _array(title + body)


def _array(pieces: list[Piece]) -> str:
    held: frozenset[int] = frozenset().union(*(piece.codes for piece in pieces))
    return f"{{{','.join(map(str, sorted(held)))}}}"


def sizes(cursor: Any) -> dict[str, int]:
    """The bytes that each index of the search takes."""
    cursor.execute("SELECT indexname, pg_relation_size(indexname::regclass) FROM pg_indexes "
                   "WHERE indexname = ANY(%s)", [[*GIN]])  # fmt: skip
    return dict(cursor.fetchall())
