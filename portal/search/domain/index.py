"""Keeping the index: what changed is read again, what is no longer public is taken out.

A source is read from the newest change that the index knows, less a while for transactions that
were still open then. The nightly round reads everything and heals whatever that missed.
"""

import unicodedata
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from portal import registry
from portal.registry import SearchSource
from portal.search.models import Document
from portal.search.terms import Placed, placed_pairs, vector
from portal.search.text import morphemes

BATCH = 200
MOST_BATCHES = 10
OVERLAP = timedelta(minutes=5)
LONGEST_BODY = 20_000
# Ranks need places, phrases must not run from a title into its body.
GAP = 10
ONE_INDEXER = 7_310_465  # an arbitrary number that names the lock

FIELDS = ["title", "body", "url", "language", "m", "b", "title_b", "created_at", "updated_at"]


def reindex_changed() -> int:
    """Read what changed lately of every source, at most ``BATCH * MOST_BATCHES`` things of each.

    Returns how many documents were written or taken out.
    """
    return sum(_follow(source) for source in registry.search_sources)


def reindex_everything() -> int:
    """Read every source through, and take out what no source offers any more."""
    kinds = [source.key for source in registry.search_sources]
    gone, _ = Document.objects.exclude(kind__in=kinds).delete()
    return gone + sum(_read_through(source) for source in registry.search_sources)


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
    Document.objects.bulk_create(
        [_document(source, thing) for thing in things],
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=FIELDS,
    )
    return len(things)


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
    gone, _ = mine.exclude(object_id__in=public.values_list(_key(), flat=True)).delete()
    return gone


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


def _document(source: SearchSource, thing: Any) -> Document:
    """Compose the document of ``thing``; the source gives plain text, never HTML."""
    given = source.to_document(thing)
    title, body = _stored(given["title"]), _stored(given.get("body", ""))
    changed_at = getattr(thing, source.changed_at)
    return Document(
        kind=source.key,
        object_id=str(thing.pk),
        title=title,
        body=body,
        url=given["url"],
        language=given.get("language", "ko"),
        created_at=given.get("created_at", changed_at),
        updated_at=changed_at,
        **_vectors(title, body[:LONGEST_BODY]),
    )


def _stored(text: Any) -> str:
    """Compose the letters of ``text``, as those of questions are, so that they can be marked."""
    return unicodedata.normalize("NFC", str(text)).replace("\0", "")


def _vectors(title: str, body: str) -> dict[str, str]:
    pairs, stems = placed_pairs(title), _placed_morphemes(title)
    body_pairs = placed_pairs(body, start=_after(pairs))
    return {
        "title_b": vector(pairs),
        "b": vector(pairs, body_pairs),
        "m": vector(stems, _placed_morphemes(body, start=_after(stems))),
    }


def _after(placed: list[Placed]) -> int:
    return (placed[-1][1] if placed else 0) + GAP


def _placed_morphemes(text: str, start: int = 1) -> list[Placed]:
    return [(part.form, place) for place, part in enumerate(morphemes(text), start)]
