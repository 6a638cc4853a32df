"""Datasets as the search finds them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from datahub.models import Dataset
from portal.registry import SearchSource


def document(dataset: Dataset) -> dict[str, Any]:
    """The words of a dataset in both languages."""
    texts = (dataset.title_en, dataset.notes_ko, dataset.notes_en, " ".join(dataset.keywords))
    return {
        "title": dataset.title_ko,
        "body": "\n".join(filter(None, texts)),
        "url": dataset.get_absolute_url(),
    }


SOURCE = SearchSource(
    key="dataset",
    label=_("Open data"),
    queryset=Dataset.objects.published,
    changed_at="modified_at",
    to_document=document,
)
