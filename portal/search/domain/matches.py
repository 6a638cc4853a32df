"""Which things of one kind match a visitor's words: their numbers, for lists that filter and sort.

A first step takes a bounded number of candidates from the index of pairs. Where it reaches its
end, the words are common: the list then walks in its own order and asks of each row whether it
matches, which soon fills a page, and its numbers come from what is kept or counted per cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from portal.search.domain import numbers, probe
from portal.search.domain.cells import Key
from portal.search.domain.find import ranked
from portal.search.domain.probe import Found
from portal.search.terms import Query, parse

MOST = 5_000
MOST_RANKED = 2_000

# The end of a condition on a column that holds the thing's number: asked row by row, and never
# turned into a join, because OFFSET forbids it.
MATCHES = """EXISTS (SELECT FROM search_entry entry {document}
  WHERE entry.kind = %(sought_kind)s AND entry.thing = {column} AND {conditions} OFFSET 0)"""


@dataclass(frozen=True)
class Matches:
    """What matches: ``things`` holds the numbers, or is ``None`` where there are too many.

    ``is_loose`` tells that nothing matched every word, so that these share some of their letters.
    """

    query: Query
    kind: str
    things: tuple[int, ...] | None = ()
    is_loose: bool = False
    found: Sequence[Found] = field(default=(), repr=False)

    @property
    def is_capped(self) -> bool:
        """Whether gathering stopped: there are more than ``MOST``."""
        return self.things is None

    def condition(self, column: str) -> tuple[str, dict[str, object]]:
        """Return what a row whose ``column`` holds a thing's number must meet, and its values."""
        if self.things is not None:
            return f"{column} = ANY(%(sought_things)s::bigint[])", {"sought_things": [*self.things]}
        wanted, values = probe.conditions(self.query)
        document = probe.document_of(self.query)
        asked = MATCHES.format(column=column, document=document, conditions=wanted)
        return asked, values | {"sought_kind": self.kind}

    def some(self) -> tuple[int, ...]:
        """Return the numbers, the first ``MOST`` of them where there are more."""
        return _things(self.found)[:MOST]

    def numbers(
        self, since: datetime | None = None, until: datetime | None = None
    ) -> dict[Key, int]:
        """Return how many things of each cell match, in a period or ever."""
        return numbers.per_cell(self.query, self.kind, since=since, until=until)

    def ranked(self) -> Sequence[int] | None:
        """Return the numbers, the best match first; ``None`` where there are too many to rank."""
        if self.things is None or len(self.things) > MOST_RANKED:
            return None
        place = {found.document: found.thing for found in self._own_first}
        order = ranked(self.query, list(place))
        return [*dict.fromkeys(thing for document in order if (thing := place[document]))]

    @cached_property
    def _own_first(self) -> list[Found]:
        """One document of each thing, its own where that was found."""
        best: dict[int | None, Found] = {}
        for found in self.found:
            if found.kind == self.kind or found.thing not in best:
                best[found.thing] = found
        return list(best.values())


def matching(text: str, *, kind: str, parts: Sequence[str] = ()) -> Matches:
    """Find what matches every word of ``text``, or else what shares telling letters with it.

    ``parts`` names kinds that belong to things of ``kind``, as comments do.
    """
    query = parse(text)
    if not query:
        return Matches(query, kind)
    own, is_common = probe.strict(query, most=MOST, kinds=[kind])
    if is_common:
        return Matches(query, kind, None, found=own)
    found = own + (probe.strict(query, most=MOST, kinds=parts).found if parts else [])
    if found:
        return Matches(query, kind, _things(found), found=found)
    found = probe.loose(query, most=MOST, kinds=[kind, *parts])
    return Matches(query, kind, _things(found), is_loose=bool(found), found=found)


def _things(found: Sequence[Found]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(row.thing for row in found if row.thing is not None))
