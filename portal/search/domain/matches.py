"""Which things of one kind match a visitor's words: their numbers, for lists that filter and sort.

A first, materialised step takes a bounded number of candidates from the index of pairs. Where it
reaches its end, the words are common: the list then walks in its own order and asks of each row
whether it matches, which soon fills a page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from portal.search.domain.find import relaxed
from portal.search.terms import Query, parse

MOST = 5_000
MOST_RANKED = 2_000

CANDIDATES = """
WITH found AS MATERIALIZED (
  SELECT object_id::bigint AS thing FROM search_document
   WHERE b @@ %(query)s::tsquery AND kind = %(kind)s LIMIT %(most)s)
SELECT thing FROM found
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
    """

    query: Query
    kind: str
    sought: str = ""
    things: tuple[int, ...] | None = ()
    is_loose: bool = False

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
        asked = {"query": self.sought, "kind": self.kind, "most": MOST}
        return tuple(_numbers(CANDIDATES, asked))

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


def matching(text: str, *, kind: str) -> Matches:
    """Find what matches every word of ``text``, or else what shares telling letters with it."""
    query = parse(text)
    for sought, loose in _attempts(query):
        found = _numbers(CANDIDATES, {"query": sought, "kind": kind, "most": MOST + 1})
        if found:
            things = None if len(found) > MOST else tuple(found)
            return Matches(query, kind, sought, things, loose)
    return Matches(query, kind)


def _attempts(query: Query) -> Iterable[tuple[str, bool]]:
    """Yield the strict question, then the relaxed one: asked for only where it is needed."""
    if query:
        yield query.strict, False
        if loose := relaxed(query):
            yield loose, True


def _numbers(sql: str, asked: dict[str, object]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return [thing for (thing,) in cursor.fetchall()]
