"""What a dataset's page shows: its facts, its table's first rows, the words that credit it."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from datahub.domain import tables
from datahub.models import Column, Dataset, DatasetState, Version

TONES = {
    DatasetState.DRAFT: "gray",
    DatasetState.PUBLISHED: "success",
    DatasetState.WITHDRAWN: "danger",
}


@dataclass
class Preview:
    """Some rows of a table: the columns, the rows' cells, and the number of the last row."""

    columns: list[Column] = field(default_factory=list)
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)
    next: int = 0


def page(dataset: Dataset, user: Any, *, rows: int) -> dict[str, Any]:
    """Collect what the page of ``dataset`` (loaded by ``with_versions``) shows to ``user``."""
    shown = dataset.current if dataset.state != DatasetState.WITHDRAWN else None
    if shown:
        shown.dataset = dataset
    own = user.has_perm("datahub.edit_dataset", dataset)
    held = dataset.versions.order_by("-number")[:10] if own else []
    return {
        "dataset": dataset,
        "version": shown,
        "tone": TONES[DatasetState(dataset.state)],
        "versions": dataset.public_versions if shown else [],
        "own_versions": [one for one in held if one.released_at is None],
        "columns": list(shown.columns.all()) if shown else [],
        "preview": preview(shown, rows=rows) if shown else Preview(),
        "attribution": attribution(dataset),
        "rows_url": rows_url(shown) if shown else "",
    }


def rows_url(version: Version) -> str:
    """The whole address at which a program gets the first rows of ``version``."""
    action = reverse("datahub:ckan_action", args=["datastore_search"])
    return f"{settings.SITE_URL}{action}?resource_id={version.uuid}&limit=5"


def preview(version: Version, *, rows: int, after: int = 0, words: str = "") -> Preview:
    """Read the rows after row number ``after``. Raises ``Refused`` where that takes too long."""
    if not version.is_ready:
        return Preview()
    columns = list(version.columns.all())
    question = tables.Question(tuple(columns), words=words, limit=rows + 1, after=after)
    found = tables.rows(version, question)
    shown = [(number, list(values)) for number, *values in found[:rows]]
    return Preview(columns, shown, shown[-1][0] if len(found) > rows else 0)


def attribution(dataset: Dataset) -> str:
    """Word the sentence with which others credit the data, after the licence's pattern."""
    licence = dataset.licence
    if licence is None:
        return ""
    english = (get_language() or "ko").startswith("en")
    pattern = licence.attribution_en if english else licence.attribution_ko
    made = dataset.published_at or dataset.created_at
    return pattern.format(
        who=dataset.publisher.name,
        year=timezone.localtime(made).year,
        what=dataset.title,
        licence=licence.name,
        where=settings.SITE_URL + dataset.get_absolute_url(),
    )
