"""Findings as pages and programs show them: hits with marked words, kinds with counts."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from portal import registry
from portal.search.domain.find import Findings
from portal.search.highlights import excerpt, marked
from portal.search.models import Document


@dataclass(frozen=True)
class Hit:
    """One thing that was found; ``title`` and ``text`` are markup, already escaped."""

    label: str | Promise
    title: SafeString
    text: SafeString
    url: str
    created_at: datetime


@dataclass(frozen=True)
class Kind:
    """A kind of thing and how many of it were found."""

    key: str
    label: str | Promise
    count: int
    is_chosen: bool


def hits(findings: Findings) -> list[Hit]:
    """Return the rows of the page with the words that were found marked."""
    sought = words_of(findings)
    return [
        Hit(
            label=label_of(row),
            title=marked(row.title, sought),
            text=marked(excerpt(row.body, sought), sought),
            url=row.url,
            created_at=row.created_at,
        )
        for row in findings.rows
    ]


def kinds(findings: Findings) -> list[Kind]:
    """Return the registered kinds of which something was found, in their own order."""
    return [
        Kind(source.key, source.label, findings.counts[source.key], source.key in findings.kinds)
        for source in registry.search_sources
        if findings.counts.get(source.key)
    ]


def words_of(findings: Findings) -> tuple[str, ...]:
    """Return what to mark: the words, or their pairs where only those were found."""
    return findings.query.pairs if findings.loose else findings.query.words


def label_of(row: Document) -> str | Promise:
    """Return what the kind of ``row`` is called."""
    source = registry.search_sources.get(row.kind)
    return source.label if source else row.kind
