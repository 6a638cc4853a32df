"""Which things of one kind match a visitor's words: their numbers, for lists that filter and sort.

A first, materialised step takes a bounded number of candidates from the index of pairs. Where it
reaches its end, the words are common: the list then walks in its own order and asks of each row
whether it matches, which soon fills a page.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from portal.search.domain.find import relaxed
from portal.search.terms import Query, parse

MOST = 5_000
MOST_RANKED = 2_000

CANDIDATES = """
WITH found AS MATERIALIZED (
  SELECT object_id::bigint AS thing, kind FROM search_document
   WHERE b @@ %(query)s::tsquery AND kind = ANY(%(kinds)s) LIMIT %(most)s)
SELECT thing, kind = %(kind)s FROM found
"""
PLACES = """
WITH found AS MATERIALIZED (
  SELECT object_id::bigint AS thing, b, m FROM search_document
   WHERE kind = %(kind)s AND object_id = ANY(%(things)s))
SELECT thing FROM found ORDER BY
  ts_rank('{0.1, 0.2, 0.4, 1.0}', b, %(any_pair)s::tsquery)
  + 0.5 * ts_rank('{0.1, 0.2, 0.4, 1.0}', m, %(any_word)s::tsquery) DESC, thing DESC
"""
# The end of a condition on a column that holds the thing's number: asked row by row, and never
# turned into a join, because OFFSET forbids it.
MATCHES = """EXISTS (SELECT FROM search_document found
  WHERE found.kind = %(sought_kind)s AND found.object_id = {column}::text
    AND found.b @@ %(sought)s::tsquery OFFSET 0)"""


@dataclass(frozen=True)
class Matches:
    """What matches: ``things`` holds the numbers, or is ``None`` where there are too many.

    ``is_loose`` tells that nothing matched every word, so that these share some of their letters.
    ``parts`` holds the numbers of what matches of other kinds that belong to these things.
    """

    query: Query
    kind: str
    sought: str = ""
    things: tuple[int, ...] | None = ()
    is_loose: bool = False
    parts: tuple[int, ...] = ()

    @property
    def is_capped(self) -> bool:
        """Whether counting stopped: there are more than ``MOST``."""
        return self.things is None

    def condition(self, column: str) -> tuple[str, dict[str, object]]:
        """Return what a row whose ``column`` holds a thing's number must meet, and its values."""
        if self.things is None:
            values: dict[str, object] = {"sought": self.sought, "sought_kind": self.kind}
            return MATCHES.format(column=column), values
        return f"{column} = ANY(%(sought_things)s::bigint[])", {"sought_things": [*self.things]}

    def some(self) -> tuple[int, ...]:
        """Return the numbers, the first ``MOST`` of them where there are more."""
        if self.things is not None:
            return self.things
        return tuple(_candidates(self.sought, self.kind, (), MOST)[0])

    def ranked(self) -> Sequence[int] | None:
        """Return the numbers, the best match first; ``None`` where there are too many to rank."""
        if self.things is None or len(self.things) > MOST_RANKED:
            return None
        asked = {
            "kind": self.kind,
            "things": [str(thing) for thing in self.things],
            "any_pair": self.query.any_pair,
            "any_word": self.query.any_word,
        }
        return _numbers(PLACES, asked)


def matching(text: str, *, kind: str, parts: Sequence[str] = ()) -> Matches:
    """Find what matches every word of ``text``, or else what shares telling letters with it.

    ``parts`` names kinds that belong to things of ``kind``, as comments do.
    """
    query = parse(text)
    for sought, loose in _attempts(query):
        own, other = _candidates(sought, kind, parts, MOST + 1)
        if own or other:
            things = None if len(own) + len(other) > MOST else tuple(own)
            return Matches(query, kind, sought, things, loose, tuple(other))
    return Matches(query, kind)


def _candidates(
    sought: str, kind: str, parts: Sequence[str], most: int
) -> tuple[list[int], list[int]]:
    """Return the numbers of ``kind`` and those of its parts, ``most`` of both together."""
    asked = {"query": sought, "kind": kind, "kinds": [kind, *parts], "most": most}
    own: list[int] = []
    other: list[int] = []
    for thing, is_own in _rows(CANDIDATES, asked):
        (own if is_own else other).append(thing)
    return own, other


def _attempts(query: Query) -> Iterable[tuple[str, bool]]:
    """Yield the strict question, then the relaxed one: asked for only where it is needed."""
    if query:
        yield query.strict, False
        if loose := relaxed(query):
            yield loose, True


def _numbers(sql: str, asked: Mapping[str, Any]) -> list[int]:
    return [thing for (thing,) in _rows(sql, asked)]


def _rows(sql: str, asked: Mapping[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return cursor.fetchall()
