"""Indicators as the search finds them, under both of their names."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from evaluation.models import Indicator
from portal.registry import SearchSource


def document(indicator: Indicator) -> dict[str, Any]:
    """The words of an indicator, its group and its framework."""
    group = indicator.group
    words = [indicator.name_en, group.name_ko, group.name_en, group.framework.name_ko]
    return {
        "title": indicator.name_ko,
        "body": "\n".join([*words, group.framework.name_en]),
        "url": indicator.get_absolute_url(),
        "created_at": indicator.changed_at,
    }


SOURCE = SearchSource(
    key="indicator",
    label=_("Indicators"),
    queryset=Indicator.objects.with_place,
    changed_at="changed_at",
    to_document=document,
)
