"""Councils, meetings and motions as the search finds them."""

from typing import Any

from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from governance.models import Council, Meeting, Motion
from portal.registry import SearchSource


def council(found: Council) -> dict[str, Any]:
    """Both names and both purposes: people search in either language."""
    words = [found.name_en, found.purpose_ko, found.purpose_en, found.body.name_ko]
    return {"title": found.name_ko, "body": "\n".join(words), "url": found.get_absolute_url()}


def meeting(found: Meeting) -> dict[str, Any]:
    """Place and agenda, and the minutes once they are signed."""
    minutes = found.published_minutes
    words = [found.place, *(item.title for item in found.items.all())]
    if minutes:
        words += [minutes.remarks, minutes.decisions]
    title = f"{found.council.name_ko} 제{found.number}차 회의"
    return {"title": title, "body": "\n".join(words), "url": found.get_absolute_url()}


def meetings() -> Any:
    """Noticed meetings; a signature under the minutes changes them too."""
    found = Meeting.objects.noticed().select_related("council", "minutes")
    changed = Greatest("state_since", "minutes__signed_at")
    return found.annotate(changed_at=changed).prefetch_related("items")


def motion(found: Motion) -> dict[str, Any]:
    return {"title": found.title, "body": found.text, "url": found.get_absolute_url()}


SOURCES = [
    SearchSource(
        key="council",
        label=_("Councils"),
        queryset=lambda: Council.objects.select_related("body"),
        changed_at="changed_at",
        to_document=council,
    ),
    SearchSource(
        key="meeting",
        label=_("Meetings"),
        queryset=meetings,
        changed_at="changed_at",
        to_document=meeting,
    ),
    SearchSource(
        key="motion",
        label=_("Motions"),
        queryset=Motion.objects.all,
        changed_at="state_since",
        to_document=motion,
    ),
]
