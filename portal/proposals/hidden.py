"""What stands in place of a proposal that is not shown: the words of whoever hid it."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from portal import registry


def or_placeholder(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask the rooms above for a page where ``view`` finds no proposal that the person may see."""

    @wraps(view)
    def ask(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except Http404:
            for placeholder in registry.proposal_placeholders:
                if shown := placeholder(request, pk):
                    return shown
            raise

    return ask
