"""The talk about one proposal for feed readers."""

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from portal.proposals.models import Proposal
from portal.talk.models import Comment


class Comments(Feed):
    """The fifty newest public comments on a public proposal, as Atom."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, pk: int) -> Proposal:
        return get_object_or_404(Proposal.objects.public(), pk=pk)

    def title(self, obj: Proposal) -> str:
        return _("Comments on: {title}").format(title=obj.title)

    def link(self, obj: Proposal) -> str:
        return reverse("talk:list", args=[obj.pk])

    def items(self, obj: Proposal) -> QuerySet[Comment]:
        found = Comment.objects.public().on(obj).with_writer()
        return found.order_by("-created_at", "-pk")[:50]

    def item_title(self, item: Comment) -> str:
        return f"{item.writer}: {item.get_stance_display()}"

    def item_description(self, item: Comment) -> str:
        return item.text

    def item_pubdate(self, item: Comment):
        return item.created_at

    def item_updateddate(self, item: Comment):
        return item.edited_at or item.created_at

    def item_author_name(self, item: Comment) -> str:
        return item.writer
