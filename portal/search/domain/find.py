"""Finding: what the words of a visitor match, best or newest first, and titles like a title.

A first step takes a bounded number of candidates from the index and only those are ranked, by
the likeness of their titles; what matches more than that is common, its rank means little, and it
is read by date. All text reaches the database as parameters.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.core import signing
from django.core.exceptions import BadRequest

from portal.search.domain import probe
from portal.search.domain.probe import DOCUMENT, EVER, Found, Scope
from portal.search.models import Document
from portal.search.terms import Query, all_of, parse
from portal.search.text import codes, words

__all__ = ["EVER", "Findings", "Scope", "find", "ranked", "similar_titles"]

MOST = 2_000
LEAST_LIKENESS = 0.23
# The same where the letters alone tell, as long as the index knows no stems.
LEAST_OF_LETTERS = 0.35
# How much of the likeness of two proposals their matter is: the stems of the one's title that the
# other's text has, each by how telling it is. The rest are the letters of their titles.
OF_MATTER = 0.3
LONGEST_TITLE = 300
# A title that holds the words of a long question counts, and one that is like the whole of it.
LIKENESS = """0.6 * similarity(document.title, %(asked)s)
  + 0.4 * word_similarity(%(asked)s, document.title)"""

BEST = f"""
WITH ranked AS (
  SELECT document.id, ({LIKENESS})::float8 AS place FROM search_document document
   WHERE document.id = ANY(%(found)s)
), page AS (
  SELECT id, place FROM ranked
   WHERE %(place)s::float8 IS NULL OR (place, id) < (%(place)s::float8, %(id)s)
   ORDER BY place DESC, id DESC LIMIT %(limit)s
)
SELECT id, kind, object_id, title, body, url, created_at, place
  FROM page JOIN search_document USING (id) ORDER BY place DESC, id DESC"""  # noqa: S608  a constant
RANKED = f"""
SELECT document.id FROM search_document document WHERE document.id = ANY(%(found)s)
 ORDER BY {LIKENESS} DESC, document.id DESC"""  # noqa: S608  a constant of this module
FEW_NEWEST = """
SELECT id, kind, object_id, title, body, url, created_at,
       extract(epoch FROM created_at)::float8 AS place
  FROM search_document document
 WHERE id = ANY(%(found)s)
   AND (%(place)s::float8 IS NULL OR (created_at, id) < (%(moment)s, %(id)s))
 ORDER BY created_at DESC, id DESC LIMIT %(limit)s"""
# By date and nothing else: a bitmap or a sort would first gather all that matches, and where few
# matches are expected the texts of all would be read once and kept.
BY_DATE = """SET LOCAL enable_bitmapscan = off; SET LOCAL enable_seqscan = off;
SET LOCAL enable_sort = off; SET LOCAL enable_material = off;
SET LOCAL max_parallel_workers_per_gather = 0;"""
MANY_NEWEST = f"""
SELECT document.id, document.kind, object_id, title, body, url, document.created_at,
       extract(epoch FROM entry.created_at)::float8 AS place
  FROM search_entry entry {DOCUMENT.format(entry="entry")}
 WHERE {{conditions}} AND entry.created_at >= %(since)s
   AND (%(kinds)s::text[] IS NULL OR entry.kind = ANY(%(kinds)s::text[]))
   AND (%(place)s::float8 IS NULL OR
        (entry.created_at, entry.document_id) < (%(moment)s, %(id)s))
 ORDER BY entry.created_at DESC, entry.document_id DESC LIMIT %(limit)s"""  # noqa: S608  the same

ALIKE = f"""
WITH found AS MATERIALIZED (
  SELECT DISTINCT id
    FROM unnest(%(ones)s::int[], %(others)s::int[]) AS couple(one, other)
   CROSS JOIN LATERAL (SELECT id FROM search_document
     WHERE title_pairs @> ARRAY[couple.one, couple.other] AND kind = %(kind)s OFFSET 0) AS one
   LIMIT 3000
), near AS (
  SELECT document.id, document.title, document.m FROM found JOIN search_document document USING (id)
   ORDER BY similarity(document.title, %(asked)s) DESC, id DESC LIMIT 60
), alike AS (
  SELECT id, (1 - %(of_matter)s) * ({LIKENESS}) + %(of_matter)s * matter.shared AS likeness
    FROM near AS document CROSS JOIN LATERAL (
      SELECT coalesce(sum(telling) FILTER (WHERE document.m @@ stem) / sum(telling), 0) AS shared
        FROM unnest(%(stems)s::tsquery[], %(telling)s::float8[]) AS asked(stem, telling)
    ) AS matter
   ORDER BY likeness DESC, id DESC LIMIT %(limit)s
)
SELECT id, kind, object_id, title, url, created_at, likeness
  FROM alike JOIN search_document USING (id) WHERE likeness >= %(least)s
 ORDER BY likeness DESC, id DESC"""  # noqa: S608  the same


@dataclass(frozen=True)
class Findings:
    """A page of what was found.

    ``counts`` holds how many of each kind there are, whatever kinds were asked for; ``next`` is
    the cursor of the next page. ``loose`` tells that nothing matched every word, so that these
    share only some of their letters; ``is_capped`` that counting stopped and they come by date.
    """

    query: Query
    rows: list[Document] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    next: str = ""
    loose: bool = False
    is_capped: bool = False

    @property
    def total(self) -> int:
        """How many were found of the kinds asked for, ``MOST`` where they are more."""
        asked = self.kinds or tuple(self.counts)
        return MOST if self.is_capped else sum(self.counts.get(kind, 0) for kind in asked)


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
    found, is_capped = probe.strict(query, most=MOST, since=scope.since)
    loose = not found
    if loose:
        found = probe.loose(query, most=MOST, since=scope.since)
    counts = dict(Counter(row.kind for row in found))
    findings = Findings(query, counts=counts, kinds=kinds, loose=loose, is_capped=is_capped)
    rows = _page(findings, found, scope, after=after, limit=limit + 1)
    more = _cursor(rows[limit - 1]) if len(rows) > limit else ""
    return replace(findings, rows=rows[:limit], next=more)


def similar_titles(title: str, *, kind: str = "proposal", limit: int = 5) -> list[Document]:
    """Return the documents of ``kind`` with the titles most like ``title``, the likest first.

    Each has its ``likeness``, from 0 to 1: of the letters of both titles, and of what the title
    speaks of to the text. Where the index knows no stems yet the letters alone tell.
    """
    asked = title[:LONGEST_TITLE].replace("\0", "")
    couples = probe.telling_couples("search_document", "title_pairs", codes(asked))
    telling = probe.telling_stems(words(asked))
    values = {
        "stems": [all_of([stem]) for stem in telling],
        "telling": [*telling.values()],
        "of_matter": OF_MATTER if telling else 0.0,
        "ones": [one for one, _other in couples],
        "others": [other for _one, other in couples],
        "kind": kind,
        "asked": asked,
        "limit": limit,
        "least": LEAST_LIKENESS if telling else LEAST_OF_LETTERS,
    }
    return list(Document.objects.raw(probe.BY_INDEX + ALIKE, values)) if couples else []


def ranked(query: Query, documents: Sequence[int]) -> list[int]:
    """Return ``documents`` by the likeness of their titles to ``query``, the likest first."""
    values = {"found": [*documents], "asked": " ".join(query.words)}
    return [document.pk for document in Document.objects.raw(RANKED, values)]


def _page(
    findings: Findings, found: Sequence[Found], scope: Scope, *, after: str, limit: int
) -> list[Document]:
    """Return one page: from the best of the candidates, or by date where there are too many."""
    place, last_id = _read_cursor(after)
    kinds = findings.kinds
    values: dict[str, Any] = {
        "found": [row.document for row in found if not kinds or row.kind in kinds],
        "asked": " ".join(findings.query.words),
        "kinds": list(kinds) or None,
        "since": scope.since,
        "place": place,
        "moment": None if place is None else datetime.fromtimestamp(place, UTC),
        "id": last_id,
        "limit": limit,
    }
    if not findings.is_capped:
        return list(Document.objects.raw(FEW_NEWEST if scope.newest else BEST, values))
    wanted, sought = probe.conditions(findings.query)
    statement = MANY_NEWEST.format(conditions=wanted)
    return list(Document.objects.raw(BY_DATE + statement, values | sought))


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
