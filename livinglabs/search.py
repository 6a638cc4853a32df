"""Labs as the search finds them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from livinglabs.models import Lab
from portal.registry import SearchSource


def document(lab: Lab) -> dict[str, Any]:
    """The words of a lab: its plan, and what came of it."""
    return {
        "title": lab.title,
        "body": f"{lab.problem}\n{lab.goal}\n{lab.place}\n{lab.outcome}\n{lab.learnings}",
        "url": lab.get_absolute_url(),
        "created_at": lab.created_at,
    }


SOURCE = SearchSource(
    key="lab",
    label=_("Living labs"),
    queryset=Lab.objects.all,
    changed_at="changed_at",
    to_document=document,
)
