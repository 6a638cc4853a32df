"""Finding: what the words of a visitor match, best or newest first, and titles like a title.

No tokeniser is needed here: words are looked up by their pairs of letters, and where morphemes
happen to equal a word they lift its rank. A first, materialised step takes a bounded number of
candidates from the index and only those are ranked; what matches more than that is common, its
rank means little, and it is read by date. All text reaches the database as parameters.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import accumulate, combinations
from typing import Any

from django.core import signing
from django.core.exceptions import BadRequest
from django.db import connection

from portal.search.models import Document
from portal.search.terms import Query, any_of, any_two_of, parse
from portal.search.text import bigrams

MOST = 2_000
FEW_PAIRS = 4
EVER = datetime(1900, 1, 1, tzinfo=UTC)

# What is alike shares couples of its rarest pairs; so many texts are to be expected at most.
RAREST = 12
MOST_EXPECTED = 1_500
LEAST_LIKENESS = 0.35

COUNTS = """
SELECT kind, count(*) FROM (
  SELECT kind FROM search_document
  WHERE b @@ %(query)s::tsquery AND created_at >= %(since)s LIMIT %(most)s
) AS found GROUP BY kind"""

BEST = """
WITH found AS MATERIALIZED (
  SELECT id, created_at, b, m FROM search_document
  WHERE b @@ %(query)s::tsquery AND created_at >= %(since)s
    AND (%(kinds)s::text[] IS NULL OR kind = ANY(%(kinds)s::text[])) LIMIT %(most)s
), ranked AS (
  SELECT id, CASE WHEN %(newest)s THEN extract(epoch FROM created_at)::float8 ELSE
    ts_rank('{0.1, 0.2, 0.4, 1.0}', b, %(any_pair)s::tsquery)::float8
    + 0.5 * ts_rank('{0.1, 0.2, 0.4, 1.0}', m, %(any_word)s::tsquery)::float8 END AS place
  FROM found
), page AS (
  SELECT id, place FROM ranked
  WHERE %(place)s::float8 IS NULL OR (place, id) < (%(place)s::float8, %(id)s)
  ORDER BY place DESC, id DESC LIMIT %(limit)s
)
SELECT id, kind, object_id, title, body, url, created_at, place
FROM page JOIN search_document USING (id) ORDER BY place DESC, id DESC"""

NEWEST = """
SELECT id, kind, object_id, title, body, url, created_at,
  extract(epoch FROM created_at)::float8 AS place
FROM search_document
WHERE b @@ %(query)s::tsquery AND created_at >= %(since)s
  AND (%(kinds)s::text[] IS NULL OR kind = ANY(%(kinds)s::text[]))
  AND (%(place)s::float8 IS NULL OR (created_at, id) < (%(moment)s, %(id)s))
ORDER BY created_at DESC, id DESC LIMIT %(limit)s"""

# The statistics of the planner tell how common a pair is; a pair that they do not list is rare.
COMMON = """
SELECT term, share FROM pg_stats,
  unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common(term, share)
WHERE schemaname = current_schema() AND tablename = 'search_document'
  AND attname = %(column)s AND term = ANY(%(terms)s)"""

ALIKE = """
WITH found AS MATERIALIZED (
  SELECT id, title FROM search_document
  WHERE title_b @@ %(query)s::tsquery AND kind = %(kind)s LIMIT 3000
), alike AS (
  SELECT id, 0.6 * similarity(title, %(title)s) + 0.4 * word_similarity(%(title)s, title)
    AS likeness FROM found ORDER BY likeness DESC, id DESC LIMIT %(limit)s
)
SELECT id, kind, object_id, title, url, created_at, likeness
FROM alike JOIN search_document USING (id) WHERE likeness >= %(least)s
ORDER BY likeness DESC, id DESC"""


@dataclass(frozen=True)
class Scope:
    """What to search in, and in which order: since when, and newest or best first."""

    since: datetime = EVER
    newest: bool = False


@dataclass(frozen=True)
class Findings:
    """A page of what was found.

    ``counts`` holds how many of each kind there are, whatever kinds were asked for; ``next`` is
    the cursor of the next page. ``loose`` tells that nothing matched every word, so that these
    share only some of their letters.
    """

    query: Query
    rows: list[Document] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    next: str = ""
    loose: bool = False

    @property
    def total(self) -> int:
        """How many were found of the kinds asked for, ``MOST`` at most."""
        asked = self.kinds or tuple(self.counts)
        return min(sum(self.counts.get(kind, 0) for kind in asked), MOST)

    @property
    def is_capped(self) -> bool:
        """Whether counting stopped: there are at least so many, and they come by date."""
        return sum(self.counts.values()) > MOST


def find(
    text: str,
    *,
    kinds: Iterable[str] = (),
    after: str = "",
    limit: int = 20,
    scope: Scope | None = None,
) -> Findings:
    """Find the documents that match ``text``; ``after`` is the cursor of an earlier page.

    Raises ``BadRequest`` where the cursor was not made here.
    """
    query, kinds, scope = parse(text), tuple(kinds), scope or Scope()
    if not query:
        return Findings(query, kinds=kinds)
    sought, counts = query.strict, _counts(query.strict, scope)
    loose = not counts
    if loose:
        sought = relaxed(query)
        counts = _counts(sought, scope)
    found = Findings(query, counts=counts, kinds=kinds, loose=loose)
    rows = _page(found, sought, scope, after=after, limit=limit + 1)
    more = _cursor(rows[limit - 1]) if len(rows) > limit else ""
    return replace(found, rows=rows[:limit], next=more)


def similar_titles(title: str, *, kind: str = "proposal", limit: int = 5) -> list[Document]:
    """Return the documents of ``kind`` with the titles most like ``title``, the likest first.

    Each has its ``likeness``, from 0 to 1.
    """
    couples = _telling_couples("title_b", bigrams(title[:300]))
    if not couples:
        return []
    asked = {
        "query": any_two_of(couples),
        "kind": kind,
        "title": title[:300].replace("\0", ""),
        "limit": limit,
        "least": LEAST_LIKENESS,
    }
    return list(Document.objects.raw(ALIKE, asked))


def _counts(sought: str, scope: Scope) -> dict[str, int]:
    asked = {"query": sought, "since": scope.since, "most": MOST + 1}
    return dict(_rows(COUNTS, asked)) if sought else {}


def _page(found: Findings, sought: str, scope: Scope, *, after: str, limit: int) -> list[Document]:
    """Return one page: from the best of the candidates, or by date where there are too many."""
    place, last_id = _read_cursor(after)
    asked = {
        "query": sought,
        "any_pair": found.query.any_pair,
        "any_word": found.query.any_word,
        "kinds": list(found.kinds) or None,
        "since": scope.since,
        "newest": scope.newest,
        "place": place,
        "moment": None if place is None else datetime.fromtimestamp(place, UTC),
        "id": last_id,
        "limit": limit,
        "most": MOST + 1,
    }
    return list(Document.objects.raw(NEWEST if found.is_capped else BEST, asked))


def relaxed(query: Query) -> str:
    """Return the query that some pairs meet: couples of telling ones, or any of a few."""
    if len(query.pairs) >= FEW_PAIRS:
        return any_two_of(_telling_couples("b", query.pairs))
    return any_of(query.pairs) if len(query.pairs) > 1 else ""


def _telling_couples(column: str, pairs: Iterable[str]) -> list[tuple[str, str]]:
    """Return couples of the rarest pairs, the most telling first, within what is bearable.

    Two pairs meet in fewer texts than the rarer has, yet in more than chance would have it.
    """
    shares = _shares(column, pairs)
    rarest = sorted(dict.fromkeys(pairs), key=lambda pair: shares.get(pair, 0.0))[:RAREST]

    def expected(couple: tuple[str, str]) -> float:
        rare, common = sorted(shares.get(pair, 0.0) for pair in couple)
        return rare * max(0.02, 3 * common)

    couples, documents = sorted(combinations(rarest, 2), key=expected), _documents()
    running = accumulate(expected(couple) * documents for couple in couples)
    bearable = sum(total <= MOST_EXPECTED for total in running)
    return couples[: max(bearable, 1)]


def _shares(column: str, terms: Iterable[str]) -> dict[str, float]:
    """Return the share of documents that hold each term, for the terms that are common."""
    return dict(_rows(COMMON, {"column": column, "terms": list(terms)}))


def _documents() -> float:
    [(estimate,)] = _rows(
        "SELECT reltuples FROM pg_class WHERE oid = 'search_document'::regclass", {}
    )
    return max(estimate, 0.0)


def _rows(sql: str, asked: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return cursor.fetchall()


def _cursor(row: Document) -> str:
    return signing.dumps([row.place, row.pk], salt="search")


def _read_cursor(after: str) -> tuple[float | None, int]:
    if not after:
        return None, 0
    try:
        place, last_id = signing.loads(after, salt="search")
    except (signing.BadSignature, ValueError) as error:
        raise BadRequest from error
    return place, last_id
