"""The front door: the front page, the pages that explain, the visitor's display."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.formats import localize
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from portal import registry
from portal.home import health
from portal.home.context import this_city
from portal.home.display import A_YEAR, COOKIE, Display
from portal.hot import render_hot
from portal.keeping import kept

# What is new in the rooms may be this old on the front page.
NEWS_SECONDS = 5


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    found = [section(request) for section in registry.home_sections]
    context = {
        "city_name": this_city().name,
        "street": _street(),
        "doors": _doors(),
        "sections": [render_to_string(s["template"], s["context"], request) for s in found],
    }
    return render_hot(request, "home/front", context)


@kept(NEWS_SECONDS, by=get_language)
def _doors() -> list[dict[str, str]]:
    """The rooms that have a door, each with what is new in it."""
    return [
        {
            "url": url,
            "title": str(tile.title),
            "text": str(tile.text),
            "news": localize(tile.news()),
        }
        for tile in registry.tiles
        if (url := _address(tile.url_name))
    ]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@kept(NEWS_SECONDS, by=get_language)
def _street() -> str:
    return render_to_string("home/_street.html")


@require_GET
def explain(request: HttpRequest, page: str) -> HttpResponse:
    """Show one of the pages that change only with the software."""
    return render(request, f"home/{page}.html")


# A forged request could change the look of a page and nothing else; kept pages stay free of tokens.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Show the switches, or turn those that were sent and return to the page."""
    if request.method == "GET":
        return render(request, "home/preferences.html", {"next": onward(request.GET.get("next"))})
    display = Display.from_cookie(request.COOKIES.get(COOKIE, "")).changed(request.POST.dict())
    response = redirect(onward(request.POST.get("next")))
    keep(response, COOKIE, display.as_cookie())
    if request.POST.get("language") in dict(settings.LANGUAGES):
        keep(response, settings.LANGUAGE_COOKIE_NAME, request.POST["language"])
    return response


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_GET
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part answers, else 503; say which."""
    parts = health.parts()
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def onward(target: str | None) -> str:
    """Return ``target`` if it is an address of this portal, else the front page."""
    if target and target.startswith("/") and url_has_allowed_host_and_scheme(target, None):
        return target
    return "/"


def keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
