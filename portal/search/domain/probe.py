"""Looking words up: the documents that hold them, a bounded number, from the index alone.

The index of pairs is asked in a step of its own: left to itself the planner walks by date and
filters where it takes a word for common, and looks at every row for one that is rare. What the
pairs do not make sure of is looked for in the text of what they found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate, combinations
from math import log
from typing import Any, NamedTuple

from django.db import connection

from portal.keeping import kept
from portal.search.stems import stems_in
from portal.search.terms import Query, all_of

EVER = datetime(1900, 1, 1, tzinfo=UTC)
SHARES_SECONDS = 600

# What is alike shares couples of its rarest pairs; so many texts are to be expected at most.
RAREST = 12
MOST_EXPECTED = 1_500
FEW_PAIRS = 4
WORDS_OF_A_THOUGHT = 2

# A word whose pairs so large a share of texts hold is looked for among so many of the newest
# first; where these fill a page, so many times ``most`` must be expected to hold it.
OFTEN = 0.05
LOOKED_AT = 1_000
SHOWN = 20
SURELY = 2

# For this one statement: from the index or not at all, and with room to remember each row found.
BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL work_mem = '64MB';"
DOCUMENT = "JOIN search_document document ON document.id = {entry}.document_id"
TEXT = "(document.title || ' ' || document.body)"
CONDITIONS = {
    "codes": "entry.pairs @> %(codes)s::int[]",
    "longer": "{text} LIKE ALL(%(longer)s)",
    "singles": "document.m @@ %(singles)s::tsquery",
    "phrases": "{text} ~ ALL(%(phrases)s)",
}
STRICT = """
WITH probed AS MATERIALIZED (
  SELECT entry.document_id, entry.kind, entry.thing FROM search_entry entry {stems}
   WHERE {by_index} AND entry.created_at >= %(since)s
     AND (%(kinds)s::text[] IS NULL OR entry.kind = ANY(%(kinds)s::text[]))
   LIMIT %(most)s)
SELECT probed.document_id, probed.kind, probed.thing, (SELECT count(*) FROM probed)
  FROM probed {document} WHERE {in_text}"""
NEWEST = """
WITH probed AS MATERIALIZED (
  SELECT entry.document_id, entry.kind, entry.thing, entry.pairs FROM search_entry entry
   WHERE entry.created_at >= %(since)s
     AND (%(kinds)s::text[] IS NULL OR entry.kind = ANY(%(kinds)s::text[]))
   ORDER BY entry.created_at DESC, entry.document_id DESC LIMIT %(newest)s)
SELECT probed.document_id, probed.kind, probed.thing
  FROM probed {document} WHERE probed.pairs @> %(codes)s::int[] AND {in_text}"""
LOOSE = """
WITH shared AS (
  SELECT document_id, count(*) AS n
    FROM unnest(%(ones)s::int[], %(others)s::int[]) AS couple(one, other)
   CROSS JOIN LATERAL (SELECT document_id FROM search_entry
     WHERE pairs @> ARRAY[couple.one, couple.other] OFFSET 0) AS entry
   GROUP BY 1
), meant AS (
  SELECT id AS document_id, 1000 AS n FROM search_document
   WHERE %(stems)s <> '' AND m @@ %(stems)s::tsquery LIMIT %(most)s
), found AS (
  SELECT document_id, sum(n) AS n FROM (TABLE shared UNION ALL TABLE meant) AS either GROUP BY 1
)
SELECT entry.document_id, entry.kind, entry.thing
  FROM found JOIN search_entry entry USING (document_id)
 WHERE entry.created_at >= %(since)s
   AND (%(kinds)s::text[] IS NULL OR entry.kind = ANY(%(kinds)s::text[]))
 ORDER BY found.n DESC, document_id DESC LIMIT %(most)s"""
# The statistics of the planner tell how common a term is; what they do not list is rare.
SHARES = """
SELECT term, share FROM pg_stats,
  unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common(term, share)
WHERE schemaname = current_schema() AND tablename = %(table)s AND attname = %(column)s
  AND term IS NOT NULL"""


class Found(NamedTuple):
    """A document that was found, and the thing that lists show for it."""

    document: int
    kind: str
    thing: int | None


class Candidates(NamedTuple):
    """What was found; where the words are common, only some of it and perhaps not in truth."""

    found: list[Found]
    is_common: bool


@dataclass(frozen=True)
class Scope:
    """What to search in, and in which order: since when, and newest or best first."""

    since: datetime = EVER
    newest: bool = False


def strict(
    query: Query, *, most: int, kinds: Sequence[str] = (), since: datetime = EVER
) -> Candidates:
    """Find the documents that hold every word and phrase, where they are ``most`` at most."""
    asked: dict[str, Any] = {"kinds": list(kinds) or None, "since": since}
    if common := _among_the_newest(query, asked, most):
        return Candidates(common, is_common=True)
    by_index, in_text, values = _parts(query)
    statement = STRICT.format(
        stems=DOCUMENT.format(entry="entry") if "document" in by_index else "",
        by_index=by_index,
        document=DOCUMENT.format(entry="probed") if in_text != "true" else "",
        in_text=in_text,
    )
    rows = _rows(BY_INDEX + statement, values | asked | {"most": most + 1})
    found = [Found(*row[:3]) for row in rows]
    return Candidates(found, is_common=bool(rows) and rows[0][3] > most)


def _among_the_newest(query: Query, asked: dict[str, Any], most: int) -> list[Found]:
    """Return what matches among the newest, where that tells that far more than ``most`` do.

    The index would first gather all of a common word, which the newest tell faster.
    """
    shares = common_terms("search_entry", "pairs")
    if query.singles or min((shares.get(str(one), 0.0) for one in query.codes), default=0) < OFTEN:
        return []
    _by_index, in_text, values = _parts(query)
    document = DOCUMENT.format(entry="probed") if in_text != "true" else ""
    statement = NEWEST.format(document=document, in_text=in_text)
    rows = _rows(statement, values | asked | {"newest": LOOKED_AT})
    enough = len(rows) > SHOWN and len(rows) / LOOKED_AT * documents() > SURELY * most
    return [Found(*row) for row in rows] if enough else []


def loose(
    query: Query, *, most: int, kinds: Sequence[str] = (), since: datetime = EVER
) -> list[Found]:
    """Return the documents with all stems or with telling pairs of ``query``, the most first."""
    couples, stems = couples_of(query), all_of(_stems(query))
    if not couples and not stems:
        return []
    values = {
        "ones": [one for one, _other in couples],
        "others": [other for _one, other in couples],
        "stems": stems,
        "most": most,
        "kinds": list(kinds) or None,
        "since": since,
    }
    return [Found(*row) for row in _rows(BY_INDEX + LOOSE, values)]


def conditions(query: Query) -> tuple[str, dict[str, Any]]:
    """Return what an ``entry`` and, where needed, its ``document`` must meet, and the values."""
    by_index, in_text, values = _parts(query)
    return f"{by_index} AND {in_text}", values


def document_of(query: Query) -> str:
    """Return the join with the document where the index of pairs alone cannot tell."""
    needed = query.longer or query.singles or query.phrases
    return DOCUMENT.format(entry="entry") if needed else ""


def _parts(query: Query) -> tuple[str, str, dict[str, Any]]:
    """Return what the index tells, what only the text does, and the values of both."""
    values: dict[str, Any] = {
        "codes": query.codes,
        "longer": query.longer,
        "singles": all_of(query.singles),
        "phrases": list(query.phrases),
    }
    asked = {name: value for name, value in values.items() if value}
    by_index = "codes" if query.codes else "singles"
    text = [CONDITIONS[name] for name in asked if name != by_index]
    # Korean has no capitals, and making small letters takes three times as long as looking.
    whole = TEXT if all(word == word.upper() for word in query.words) else f"lower({TEXT})"
    in_text = " AND ".join(text).replace("{text}", whole) or "true"
    return CONDITIONS[by_index], in_text, asked


def couples_of(query: Query) -> list[tuple[int, int]]:
    """Return telling couples of pairs, or every pair with itself where there are few."""
    if len(query.pairs) >= FEW_PAIRS:
        return telling_couples("search_entry", "pairs", query.codes)
    return [(number, number) for number in query.codes] if len(query.pairs) > 1 else []


def telling_couples(table: str, column: str, sought: Iterable[int]) -> list[tuple[int, int]]:
    """Return couples of the rarest codes, the most telling first, within what is bearable.

    Two pairs meet in fewer texts than the rarer has, yet in more than chance would have it.
    """
    shares = common_terms(table, column)
    rarest = sorted(sought, key=lambda number: shares.get(str(number), 0.0))[:RAREST]

    def expected(couple: tuple[int, int]) -> float:
        rare, common = sorted(shares.get(str(number), 0.0) for number in couple)
        return rare * max(0.02, 3 * common)

    couples, everything = sorted(combinations(rarest, 2), key=expected), documents()
    running = accumulate(expected(couple) * everything for couple in couples)
    bearable = sum(total <= MOST_EXPECTED for total in running)
    return couples[: max(bearable, 1)]


@kept(SHARES_SECONDS, by=lambda table, column: (table, column))
def common_terms(table: str, column: str) -> Mapping[str, float]:
    """Return the share of rows that hold each of the commonest terms of a column."""
    return dict(_rows(SHARES, {"table": table, "column": column}))


def telling_stems(sought: Iterable[str]) -> dict[str, float]:
    """Return the known stems of which words are made, and how telling each is by being rare."""
    known = common_terms("search_document", "m")
    stems = (stem for word in sought for stem in stems_in(word, known))
    return {stem: -log(known[stem]) for stem in stems if known[stem] < 1}


def _stems(query: Query) -> list[str]:
    """Return the stems that the words are made of, where they say more than one thing."""
    known = common_terms("search_document", "m")
    stems = [stem for word in query.words for stem in stems_in(word, known)]
    return stems if len(set(stems)) >= WORDS_OF_A_THOUGHT else []


def documents() -> float:
    """Return about how many documents there are."""
    [(estimate,)] = _rows("SELECT reltuples FROM pg_class WHERE oid = 'search_entry'::regclass", {})
    return max(estimate, 0.0)


def _rows(statement: str, values: Mapping[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
