"""Finding proposals: the list in its three views, the points of the map, the lasting address."""

import re

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.hot import fragment, render_hot
from portal.keeping import kept
from portal.paging import first_page, next_page
from portal.proposals.domain import facets, lists
from portal.proposals.domain import map as on_map
from portal.proposals.domain.choices import VIEWS, Choice
from portal.proposals.models import Proposal
from portal.search.domain.matches import Matches

REFERENCE = re.compile(r"\d{4}-\S{1,50}-\d{3,9}")


@require_safe
def list_public(request: HttpRequest) -> HttpResponse:
    """Show the proposals that fit, as a list, as cards or on a map with a table below."""
    choice = Choice.from_query(request.GET.dict())
    if named := _named(choice.q):
        return redirect(named)
    matches = lists.matches_of(choice)
    page = lists.cards(choice, after=request.GET.get("after", ""), matches=matches)
    total = facets.total(choice, matches)
    context = {
        "choice": choice,
        "page": page,
        "cards": tuple(page.rows),
        "total": total,
        "shorter": _shorter(choice) if not page.rows else [],
        "head": _head(choice, total) if matches is None else _written_head(choice, total, matches),
        "first": first_page(request),
        "next": next_page(request, page),
    }
    on = "proposals/proposal_map" if choice.view == "map" else "proposals/proposal_list"
    return render_hot(request, on, context)


@kept(facets.COUNT_SECONDS, by=lambda choice, total: (choice, total, get_language()))
def _head(choice: Choice, total: int) -> str:
    """What stands above the list: the form with its numbers, how many there are, other views."""
    return _written_head(choice, total, None)


def _written_head(choice: Choice, total: int, matches: Matches | None) -> str:
    context = {
        "choice": choice,
        "options": facets.options(choice, matches),
        "total": total,
        "is_loose": matches is not None and matches.is_loose,
        "is_common": matches is not None and matches.is_capped,
        "views": _views(choice),
    }
    return fragment("proposals/_list_head", context)


def _views(choice: Choice) -> list[tuple[str, str, bool]]:
    """The ways to look at the same proposals: words, address, and whether it is this one."""
    words = {"list": _("List"), "cards": _("Cards"), "map": _("Map")}
    return [
        (
            words[view],
            f"?{choice.as_query(view='' if view == 'list' else view)}",
            view == choice.view,
        )
        for view in VIEWS
    ]


def _shorter(choice: Choice) -> list[tuple[str, str]]:
    """Questions that ask for less, where nothing was found: each word by itself."""
    words = choice.q.split()
    return [(word, f"?{choice.as_query(q=word)}") for word in words[:5]] if len(words) > 1 else []


def _named(q: str) -> Proposal | None:
    """The proposal whose reference code is the whole question."""
    if not REFERENCE.fullmatch(q):
        return None
    return Proposal.objects.public().filter(reference=q).first()


@require_safe
def points(request: HttpRequest) -> JsonResponse:
    """What lies within the part of the map that is looked at, as GeoJSON."""
    frame = on_map.Frame.from_query(request.GET.get("bbox", ""), request.GET.get("zoom", ""))
    found = on_map.points(Choice.from_query(request.GET.dict()), frame)
    return JsonResponse(found, content_type="application/geo+json")


@require_safe
def permalink(request: HttpRequest, reference: str) -> HttpResponse:
    """Lead from a reference code, as letters and notices name it, to the proposal."""
    found = Proposal.objects.visible_to(request.user).filter(reference=reference).first()
    if found is None:
        raise Http404
    return redirect(found)
