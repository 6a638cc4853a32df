"""Whole pages for visitors who have not signed in, kept for a minute.

The outermost middleware: a hit costs neither a session nor a query. What may be
kept is on a short list of lists and front pages; a page is kept per address,
host, language and display setting, under a version that any publication raises.
"""

import hashlib
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.translation import get_language_from_request

CACHED_PATHS = frozenset({"/", "/proposals/"})
CACHED_PREFIXES = ("/proposals/",)
PRIVATE_COOKIES = ("sessionid", "messages", "csrftoken")
DISPLAYS = frozenset({"large", "contrast"})
VERSION_KEY = "pages:version"
KEPT_IN_PROCESS = 500


def displays_of(request: HttpRequest) -> list[str]:
    """The settings of the visitor's display that change how a page is written."""
    return sorted(DISPLAYS & set(request.COOKIES.get("display", "").split("-")))


def forget_pages() -> None:
    """Make every kept page stale: something that lists show has changed."""
    try:
        cache.incr(VERSION_KEY)
    except ValueError:
        cache.set(VERSION_KEY, int(time.time()), None)


class AnonymousPageCache:
    """Answer anonymous visitors from memory, then from Redis, then by asking the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.near: OrderedDict[str, tuple[float, str, bytes, dict[str, str]]] = OrderedDict()
        self.version, self.version_read = "", 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.may_be_kept(request):
            return self.get_response(request)
        key = self.key_of(request)
        kept = self.kept(key)
        if kept is None:
            response = self.get_response(request)
            return self.keep(key, response)
        return answer(request, *kept)

    def may_be_kept(self, request: HttpRequest) -> bool:
        return (
            settings.PAGE_CACHE_SECONDS > 0
            and request.method == "GET"
            and (request.path in CACHED_PATHS or self.is_public_page(request.path))
            and not any(name in request.COOKIES for name in PRIVATE_COOKIES)
            and "no-cache" not in request.headers.get("Cache-Control", "")
            and (request.is_secure() or not settings.SECURE_SSL_REDIRECT)
        )

    def is_public_page(self, path: str) -> bool:
        """A proposal's page: the list's address and a number."""
        return path.startswith(CACHED_PREFIXES) and path[len("/proposals/") : -1].isdecimal()

    def key_of(self, request: HttpRequest) -> str:
        """Name what the page depends on, and nothing that a visitor could make up without end."""
        parts = (
            self.current_version(),
            get_language_from_request(request),
            *displays_of(request),
            request.get_host(),
            request.get_full_path(),
        )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def current_version(self) -> str:
        """The version of all pages, read again at most once a second."""
        now = time.monotonic()
        if now - self.version_read > 1:
            self.version, self.version_read = str(cache.get(VERSION_KEY, 0)), now
        return self.version

    def kept(self, key: str) -> tuple[str, bytes, dict[str, str]] | None:
        near = self.near.get(key)
        if near and near[0] > time.monotonic():
            return near[1:]
        far = cache.get(f"page:{key}")
        if far:
            self.remember(key, far)
        return far

    def keep(self, key: str, response: HttpResponse) -> HttpResponse:
        if response.status_code == 200 and not response.cookies and not response.streaming:  # noqa: PLR2004
            etag = f'W/"{zlib.crc32(response.content):08x}"'
            response["ETag"] = etag
            headers = {n: v for n, v in response.items() if n not in {"X-Request-ID", "Set-Cookie"}}
            kept = (etag, response.content, headers)
            cache.set(f"page:{key}", kept, settings.PAGE_CACHE_SECONDS)
            self.remember(key, kept)
        return response

    def remember(self, key: str, kept: tuple[str, bytes, dict[str, str]]) -> None:
        self.near.pop(key, None)
        self.near[key] = (time.monotonic() + min(5, settings.PAGE_CACHE_SECONDS), *kept)
        while len(self.near) > KEPT_IN_PROCESS:
            self.near.popitem(last=False)


def answer(
    request: HttpRequest, etag: str, content: bytes, headers: dict[str, str]
) -> HttpResponse:
    """The kept page, or 304 where the visitor has it."""
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
        for name in ("ETag", "Vary"):
            response[name] = headers[name]
        return response
    response = HttpResponse(content)
    for name, value in headers.items():
        response[name] = value
    return response
