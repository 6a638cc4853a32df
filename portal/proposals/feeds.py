"""News of proposals for feed readers."""

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from portal.proposals.models import Proposal


class NewProposals(Feed):
    """The fifty newest public proposals, as Atom."""

    feed_type = Atom1Feed
    title = _("New proposals")
    subtitle = _("What citizens propose to the city")
    link = reverse_lazy("proposals:list")

    def items(self) -> QuerySet[Proposal]:
        found = Proposal.objects.public().select_related("author", "area")
        return found.order_by("-stat__published_at", "-stat__proposal_id")[:50]

    def item_title(self, item: Proposal) -> str:
        return item.title

    def item_description(self, item: Proposal) -> str:
        return item.problem

    def item_pubdate(self, item: Proposal):
        return item.published_at

    def item_author_name(self, item: Proposal) -> str:
        return item.author.public_name
