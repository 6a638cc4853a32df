"""The catalogue for programs that read RDF: at addresses of its own, or instead of a page."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from datahub.domain import dcat
from datahub.models import Dataset
from portal.paging import Page, page_of

PAGE = 100
KEPT_SECONDS = 3600
TYPES = {media: ending for ending, (_kind, media) in dcat.FORMATS.items()}

View = Callable[..., HttpResponse]


def answer_rdf_instead(view: View) -> View:
    """Let a page answer in RDF where the visitor prefers that to HTML."""

    @wraps(view)
    def choose(request: HttpRequest, name: str) -> HttpResponse:
        wanted = request.get_preferred_type(["text/html", *TYPES])
        ending = TYPES.get(wanted or "")
        response = dataset(request, name, ending) if ending else view(request, name)
        patch_vary_headers(response, ["Accept"])
        return response

    return choose


@require_safe
def dataset(request: HttpRequest, name: str, ending: str) -> HttpResponse:
    found = get_object_or_404(Dataset.objects.published().with_versions(), name=name)
    return _answer(dcat.written(dcat.dataset_graph(found), ending), ending)


@require_safe
def catalogue(request: HttpRequest, ending: str = "") -> HttpResponse:
    """One page of the catalogue, kept until any dataset changes."""
    if not ending:
        ending = TYPES.get(request.get_preferred_type(list(TYPES)) or "", "jsonld")
    after = request.GET.get("after", "")
    published = Dataset.objects.published()
    state = published.aggregate(last=Max("modified_at"), count=Count("pk"))
    key = f"dcat:{ending}:{state['last']}:{state['count']}:{after}".replace(" ", "_")
    body = cache.get(key)
    if body is None:
        page = page_of(published.with_versions(), ["modified_at", "id"], after=after, size=PAGE)
        body = _written(page, ending, after)
        cache.set(key, body, KEPT_SECONDS)
    response = _answer(body, ending)
    patch_vary_headers(response, ["Accept"])
    return response


def _written(page: Page, ending: str, after: str) -> bytes:
    base = f"{settings.SITE_URL}/catalog.{ending}"
    here = f"{base}?after={after}" if after else base
    further = f"{base}?after={page.next}" if page.next else ""
    return dcat.written(dcat.catalogue_graph(page.rows, here=here, further=further), ending)


def _answer(body: bytes, ending: str) -> HttpResponse:
    response = HttpResponse(body, content_type=f"{dcat.FORMATS[ending][1]}; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response
