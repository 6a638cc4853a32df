"""New data as an Atom feed."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from datahub.models import Dataset

SHOWN = 30


class NewData(Feed):
    """The datasets that changed last."""

    feed_type = Atom1Feed
    title = _("New open data")
    subtitle = _("Datasets that were published or renewed.")
    link = reverse_lazy("datahub:list")

    def items(self) -> Any:
        return Dataset.objects.published().for_pages().order_by("-modified_at", "-pk")[:SHOWN]

    def item_title(self, item: Dataset) -> str:
        return item.title

    def item_description(self, item: Dataset) -> str:
        return item.notes

    def item_updateddate(self, item: Dataset) -> datetime:
        return item.modified_at

    def item_pubdate(self, item: Dataset) -> datetime | None:
        return item.published_at

    def item_author_name(self, item: Dataset) -> str:
        return item.publisher.name
