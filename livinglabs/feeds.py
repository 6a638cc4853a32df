"""News of labs for feed readers."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from livinglabs.models import Lab


class NewLabs(Feed):
    """The fifty newest labs, as Atom; an entry is renewed when its lab moves on."""

    feed_type = Atom1Feed
    title = _("Living labs")
    subtitle = _("Ideas that the city tries out with its citizens")
    link = reverse_lazy("livinglabs:list")

    def items(self) -> QuerySet[Lab]:
        return Lab.objects.for_cards().order_by("-created_at", "-id")[:50]

    def item_title(self, item: Lab) -> str:
        return item.title

    def item_description(self, item: Lab) -> str:
        return f"{item.get_state_display()} · {item.stage.name}\n{item.problem}"

    def item_pubdate(self, item: Lab) -> datetime:
        return item.created_at

    def item_updateddate(self, item: Lab) -> datetime:
        return item.changed_at
