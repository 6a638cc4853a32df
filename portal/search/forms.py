"""What a visitor may ask of the search, and its limits."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal import registry
from portal.search.domain.find import EVER, Scope
from portal.search.terms import MOST_LETTERS

PERIODS = [
    ("", _("Any time")),
    ("7", _("Last 7 days")),
    ("30", _("Last 30 days")),
    ("365", _("Last 12 months")),
]
ORDERS = [("", _("Best match first")), ("newest", _("Newest first"))]


def kinds() -> list[tuple[str, str | Promise]]:
    """Return what there is to search in, everything first."""
    return [("", _("Everything")), *((s.key, s.label) for s in registry.search_sources)]


class SearchForm(forms.Form):
    """A question and where to look; every field may stay empty."""

    q = forms.CharField(
        label=_("Search for"),
        required=False,
        max_length=MOST_LETTERS,
        error_messages={
            "max_length": _("Please shorten your search to %(limit_value)d letters or fewer.")
        },
    )
    kind = forms.ChoiceField(label=_("Search in"), required=False, choices=kinds)
    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)
    order = forms.ChoiceField(label=_("Sort by"), required=False, choices=ORDERS)

    def kinds(self) -> list[str]:
        """Return the kinds to keep to, none for all."""
        return [self.cleaned_data["kind"]] if self.cleaned_data["kind"] else []

    def scope(self) -> Scope:
        """Return since when, and in which order."""
        days = self.cleaned_data["period"]
        since = timezone.now() - timedelta(days=int(days)) if days else EVER
        return Scope(since=since, newest=self.cleaned_data["order"] == "newest")
