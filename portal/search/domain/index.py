"""Keeping the index: what changed is read again, what is no longer public is taken out.

A source is read from the newest change that the index knows, less a while for transactions that
were still open then. The nightly round reads everything and heals whatever that missed.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from portal import registry
from portal.registry import SearchSource
from portal.search.domain import cells, numbers
from portal.search.domain.cells import Key
from portal.search.models import Cell, Document, Entry
from portal.search.terms import stems_vector
from portal.search.text import codes, morphemes

BATCH = 200
MOST_BATCHES = 10
OVERLAP = timedelta(minutes=5)
LONGEST_BODY = 20_000
ONE_INDEXER = 7_310_465  # an arbitrary number that names the lock

FIELDS = ["title", "body", "url", "language", "m", "title_pairs", "created_at", "updated_at"]
ENTRY_FIELDS = ["kind", "thing", "cell", "created_at", "pairs"]


@dataclass(frozen=True)
class Reading:
    """What a source says of one thing, as it is stored: plain text, never HTML."""

    key: str
    thing: int | None
    cell: Key
    title: str
    body: str
    url: str
    language: str
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, source: SearchSource, thing: Any) -> "Reading":
        given, changed_at = source.to_document(thing), getattr(thing, source.changed_at)
        return cls(
            key=str(thing.pk),
            thing=given.get("thing", thing.pk if isinstance(thing.pk, int) else None),
            cell=tuple(map(str, given.get("cell", ()))),
            title=_stored(given["title"]),
            body=_stored(given.get("body", "")),
            url=given["url"],
            language=given.get("language", "ko"),
            created_at=given.get("created_at", changed_at),
            updated_at=changed_at,
        )

    def document(self, kind: str) -> Document:
        return Document(
            kind=kind,
            object_id=self.key,
            title=self.title,
            body=self.body,
            url=self.url,
            language=self.language,
            m=stems_vector(stem.form for stem in morphemes(f"{self.title}\n{self._sought_body}")),
            title_pairs=codes(self.title),
            created_at=self.created_at,
            updated_at=self.updated_at,
        )

    def entry(self, document: Document, cell: int) -> Entry:
        return Entry(
            document=document,
            kind=document.kind,
            thing=self.thing,
            cell_id=cell,
            created_at=self.created_at,
            pairs=codes(self.title, self._sought_body),
        )

    @property
    def _sought_body(self) -> str:
        return self.body[:LONGEST_BODY]


def _stored(text: Any) -> str:
    """Compose the letters of ``text``, as those of questions are, so that they can be marked."""
    return unicodedata.normalize("NFC", str(text)).replace("\0", "")


def reindex_changed() -> int:
    """Read what changed lately of every source, at most ``BATCH * MOST_BATCHES`` things of each.

    Returns how many documents were written or taken out.
    """
    return sum(_follow(source) for source in registry.search_sources)


def reindex_everything() -> int:
    """Read every source through, and take out what no source offers any more."""
    kinds = [source.key for source in registry.search_sources]
    gone = _delete(Document.objects.exclude(kind__in=kinds))
    return gone + sum(_read_through(source) for source in registry.search_sources)


@transaction.atomic
def count_words() -> int:
    """Count the common words of every source that has cells anew; return how many there are."""
    if not _is_the_only_indexer():
        return 0
    kinds = Cell.objects.exclude(key=[]).values_list("kind", flat=True).distinct()
    return sum(numbers.recount(kind) for kind in kinds.order_by())


def _follow(source: SearchSource) -> int:
    since = _mark(source)
    changed = _take_out(source, since)
    for _ in range(MOST_BATCHES):
        written = _write_batch(source, since)
        changed += written
        if written < BATCH:
            break
    return changed


def _read_through(source: SearchSource) -> int:
    changed = _take_out(source, None)
    while written := _write_batch(source, None):
        changed += written
    return changed


def _mark(source: SearchSource) -> datetime | None:
    """Return the time from which changes of ``source`` may be missing."""
    last = Document.objects.about(source.key).aggregate(last=Max("updated_at"))["last"]
    return min(last, timezone.now()) - OVERLAP if last else None


def _changed_since(source: SearchSource, since: datetime | None) -> Q:
    return Q(**{f"{source.changed_at}__gte": since}) if since else Q()


@transaction.atomic
def _write_batch(source: SearchSource, since: datetime | None) -> int:
    """Write the documents of the next things that have none or an old one; return how many."""
    if not _is_the_only_indexer():
        return 0
    stale = _without_document(source).filter(_changed_since(source, since))
    things = list(stale.order_by(source.changed_at, "pk")[:BATCH])
    _write(source.key, [Reading.of(source, thing) for thing in things])
    return len(things)


def _write(kind: str, readings: list[Reading]) -> None:
    """Write documents and their entries, and let the numbers of common words follow."""
    gone = _held(Document.objects.about(kind).filter(object_id__in=[r.key for r in readings]))
    written = Document.objects.bulk_create(
        [reading.document(kind) for reading in readings],
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=FIELDS,
    )
    numbers_of = cells.numbers_of(kind, {reading.cell for reading in readings})
    entries = [
        reading.entry(document, numbers_of[reading.cell])
        for reading, document in zip(readings, written, strict=True)
    ]
    Entry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["document"], update_fields=ENTRY_FIELDS
    )
    come = [(entry.cell_id, entry.document.text) for entry in entries]
    numbers.follow(kind, gone=gone, come=come)


def _held(documents: QuerySet[Document]) -> list[numbers.Held]:
    """Return the cells and texts of ``documents``."""
    held = documents.values_list("entry__cell", "title", "body")
    return [(cell, f"{title} {body}") for cell, title, body in held]


def forget(kind: str, keys: Iterable[Any]) -> int:
    """Take the things of ``kind`` with these numbers out at once; return how many there were."""
    return _delete(Document.objects.about(kind).filter(object_id__in=[str(key) for key in keys]))


@transaction.atomic
def _delete(documents: QuerySet[Document]) -> int:
    """Delete documents of one kind, and let the numbers of common words follow."""
    gone: dict[str, list[numbers.Held]] = defaultdict(list)
    for kind, cell, title, body in documents.values_list("kind", "entry__cell", "title", "body"):
        gone[kind].append((cell, f"{title} {body}"))
    for kind, held in gone.items():
        numbers.follow(kind, gone=held, come=())
    _all, deleted = documents.delete()
    return deleted.get(Document._meta.label, 0)


@transaction.atomic
def _take_out(source: SearchSource, since: datetime | None) -> int:
    """Delete the documents of things that are no longer public, looking at what changed."""
    if not _is_the_only_indexer():
        return 0
    mine = Document.objects.about(source.key)
    public = source.queryset().order_by()
    # Only a column tells of things that are no longer public; an annotation stands on public ones.
    columns = {field.name for field in public.model._meta.concrete_fields}
    if since and source.changed_at in columns:
        everything = public.model._base_manager.filter(_changed_since(source, since))
        mine = mine.filter(object_id__in=everything.values_list(_key(), flat=True))
    return _delete(mine.exclude(object_id__in=public.values_list(_key(), flat=True)))


def _without_document(source: SearchSource) -> QuerySet[Any]:
    up_to_date = Document.objects.about(source.key).filter(
        object_id=Cast(OuterRef("pk"), models.CharField()), updated_at=OuterRef(source.changed_at)
    )
    return source.queryset().filter(~Exists(up_to_date))


def _key() -> Cast:
    return Cast(F("pk"), models.CharField())


def _is_the_only_indexer() -> bool:
    """Take the lock that lasts for this transaction, or see that another one has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_INDEXER])
        return bool(cursor.fetchone()[0])
