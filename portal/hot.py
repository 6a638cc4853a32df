"""The few pages that everybody opens: a kept frame around content written by Jinja2.

Django's templates take several milliseconds for the header, the menus and twenty cards.
Here the content is written by a compiled Jinja2 template, and the frame around it, which is
the same for all visitors without an account, is written once by Django and kept.
Whoever has a session gets the whole page from Django's template, around the same content.
"""

from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import escape
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from portal.bilingual import day
from portal.keeping import kept
from portal.page_cache import PRIVATE_COOKIES, displays_of
from portal.written import when

# Words that survive both ways in which a frame writes an address: as HTML and within a query.
CONTENT_MARK, PATH_MARK = "hamkke-content-goes-here", "hamkke-path-goes-here"
FRAME_SECONDS = 60
# Pieces of pages that are kept as they were written: cards of a kilobyte, lists of twenty of them.
PIECES = 1_000


def render_hot(request: HttpRequest, page: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with ``page``: its content from ``<page>.jinja``, its frame from ``<page>.html``.

    The Django template extends the base as usual and shows ``content`` in its main block.
    """
    content = fragment(page, context)
    if _has_own_frame(request):
        return render(request, f"{page}.html", {**context, "content": content})
    before, after = _frame(request, page)
    response = HttpResponse(f"{before}{content}{after}")
    patch_vary_headers(response, ["Cookie"])
    return response


def fragment(name: str, context: dict[str, Any]) -> Markup:
    """Write the template ``<name>.jinja``."""
    return Markup(environment().get_template(f"{name}.jinja").render(context))  # noqa: S704  escaped by its template


def once(name: str, **values: Any) -> Markup:
    """Write ``<name>.jinja``, a piece that shows nothing but its ``values``, once for each of them.

    Templates call it for what many pages repeat, such as a list and the cards of it. Values tell
    by their hash whether they are the same.
    """
    return _once(name, get_language(), **values)


@lru_cache(maxsize=PIECES)
def _once(name: str, _language: str | None, **values: Any) -> Markup:
    return fragment(name, values)


@cache
def environment() -> Environment:
    """Jinja2 as the hot pages use it: escaping, strict about names, in the page's language."""
    made = Environment(
        loader=FileSystemLoader(settings.BASE_DIR / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=settings.DEBUG,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.filters |= {"intcomma": intcomma, "day": day}
    made.globals |= {
        "once": once,
        "when": when,
        "url": lambda name, *args: reverse(name, args=args),
    }
    return made


def _has_own_frame(request: HttpRequest) -> bool:
    return not settings.PAGE_CACHE_SECONDS or any(
        name in request.COOKIES for name in PRIVATE_COOKIES
    )


def _frame(request: HttpRequest, page: str) -> tuple[str, str]:
    """What stands before and after the content, with this visitor's address in its links."""
    path = request.get_full_path()
    in_query, in_html = f"next={quote(path, safe='')}", escape(path)
    before, after = (
        part.replace(f"next={PATH_MARK}", in_query).replace(PATH_MARK, in_html)
        for part in _kept_frame(page, get_language() or "", "-".join(displays_of(request)), request)
    )
    return before, after


@kept(FRAME_SECONDS, by=lambda page, language, display, request: (page, language, display))
def _kept_frame(page: str, language: str, display: str, request: HttpRequest) -> tuple[str, str]:
    request.get_full_path = lambda **_: PATH_MARK  # type: ignore[method-assign]
    try:
        text = render_to_string(f"{page}.html", {"content": CONTENT_MARK}, request)
    finally:
        del request.get_full_path
    before, _mark, after = text.partition(CONTENT_MARK)
    return before, after
