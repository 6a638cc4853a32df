"""Looking for data: words, facets, and how many each choice would leave."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from datahub.models import Dataset, DatasetQuerySet, Licence, Theme
from portal.accounts.models import Department

# What a facet is called in the address, and the column that it counts.
FACETS = {
    "theme": "theme__code",
    "publisher": "publisher__code",
    "licence": "licence__code",
    "format": "current__format",
}
ORDERS = {
    "new": ["published_at", "id"],
    "changed": ["modified_at", "id"],
    "used": ["download_count", "id"],
}


@dataclass(frozen=True)
class Choice:
    """One value of a facet: its code, its name, how many datasets it would leave."""

    code: str
    name: str
    count: int


def search(words: str, datasets: DatasetQuerySet | None = None) -> DatasetQuerySet:
    """Keep the published datasets that hold every word in title, description, name or keyword."""
    found = datasets if datasets is not None else Dataset.objects.published()
    for word in words.split()[:8]:
        found = found.filter(Q(search_text__contains=word.lower()) | Q(keywords__contains=[word]))
    return found


def narrowed(datasets: DatasetQuerySet, chosen: Mapping[str, str]) -> DatasetQuerySet:
    """Keep the datasets that fit every facet in ``chosen``."""
    wanted = {FACETS[facet]: code for facet, code in chosen.items() if code and facet in FACETS}
    return datasets.filter(**wanted)


def facets(datasets: DatasetQuerySet, chosen: Mapping[str, str]) -> dict[str, list[Choice]]:
    """Count, by one grouped query, what each choice of each facet would leave.

    A facet's own choice does not narrow its counts, so that one can change one's mind.
    """
    groups = list(datasets.order_by().values(*FACETS.values()).annotate(n=Count("pk")))
    names = _names()
    return {facet: _choices(facet, groups, chosen, names) for facet in FACETS}


def _choices(
    facet: str,
    groups: list[dict[str, Any]],
    chosen: Mapping[str, str],
    names: Mapping[str, Mapping[str, str]],
) -> list[Choice]:
    others = {FACETS[f]: code for f, code in chosen.items() if code and f in FACETS and f != facet}
    counts: Counter[str] = Counter()
    for group in groups:
        if group[FACETS[facet]] and all(group[key] == code for key, code in others.items()):
            counts[group[FACETS[facet]]] += group["n"]
    known = names.get(facet, {})
    return [Choice(code, known.get(code, code), n) for code, n in counts.most_common()]


def _names() -> dict[str, dict[str, str]]:
    """Names of themes, departments and licences by their codes."""
    kinds: dict[str, Any] = {"theme": Theme, "publisher": Department, "licence": Licence}
    return {
        facet: {row.code: row.name for row in model.objects.all()} for facet, model in kinds.items()
    }
