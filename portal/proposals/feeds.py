"""News of proposals for feed readers: of the whole city, or of what one chose in the list."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from portal.proposals.domain import lists
from portal.proposals.domain.choices import PLACES, Choice
from portal.proposals.models import Proposal

SHOWN = 50


class NewProposals(Feed):
    """The fifty newest public proposals that fit the choices in the address, as Atom."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Choice:
        return Choice.from_query({**request.GET.dict(), "order": "newest", "view": "list"})

    def title(self, choice: Choice) -> str:
        places = [getattr(choice, name) for name in PLACES]
        chosen = [choice.q, *(place.name for place in places if place)]
        if choice.state:
            chosen.append(str(choice.state.label))
        return " · ".join([_("New proposals"), *filter(None, chosen)])

    def subtitle(self, choice: Choice) -> str:
        return _("What citizens propose to the city")

    def link(self, choice: Choice) -> str:
        query = choice.as_query(order=None)
        return reverse("proposals:list") + (f"?{query}" if query else "")

    def feed_url(self, choice: Choice) -> str:
        query = choice.as_query(order=None)
        return reverse("proposals:feed") + (f"?{query}" if query else "")

    def items(self, choice: Choice) -> list[Proposal]:
        numbers = lists.newest(choice, SHOWN, matches=lists.matches_of(choice))
        found = Proposal.objects.public().select_related("author", "area").in_bulk(numbers)
        return [found[number] for number in numbers if number in found]

    def item_title(self, item: Proposal) -> str:
        return item.title

    def item_description(self, item: Proposal) -> str:
        return item.problem

    def item_pubdate(self, item: Proposal):
        return item.published_at

    def item_updateddate(self, item: Proposal):
        return item.changed_at

    def item_author_name(self, item: Proposal) -> str:
        return item.author.public_name
