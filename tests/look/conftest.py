"""A real browser whose every request is answered by Django itself: no server, no network."""

import mimetypes
import os
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.drivers import driver

CHROMIUM = Path("/usr/bin/chromium")
HOME = "http://localhost"


@pytest.fixture(scope="module")
def chromium():
    if not CHROMIUM.exists() and os.environ.get("REQUIRE_BROWSER") != "1":
        pytest.skip("There is no Chromium on this machine.")
    browser = driver().chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
    )
    yield browser
    browser.close()


@pytest.fixture
def visit(chromium, db):
    """Open an address: ``visit("/help/", width=360, display="contrast", scripts=False)``."""
    contexts = []

    def visit(address, *, width=1280, display="", language="ko", scripts=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts
        )
        contexts.append(context)
        wishes = {"django_language": language, "display": display}
        context.add_cookies([{"name": n, "value": v, "url": HOME} for n, v in wishes.items() if v])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda line: page.complaints.append(line.text))
        page.route("**/*", answer)
        page.goto(HOME + address)
        return page

    yield visit
    for context in contexts:
        context.close()


@cache
def static(path):
    """What a static file is answered with."""
    if not (found := finders.find(path)):
        return {"status": 404}
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return {"body": Path(found).read_bytes(), "content_type": kind}


def answer(route):
    """Give a static file from the finders, all else from the test client."""
    parts = urlsplit(route.request.url)
    if parts.path.startswith("/static/"):
        route.fulfill(**static(parts.path.removeprefix("/static/")))
        return
    client = Client(headers={"cookie": route.request.headers.get("cookie", "")})
    # A browser does not ask for the target of a redirect in a way that can be answered here.
    query = "?" + parts.query if parts.query else ""
    response = client.get(parts.path + query, follow=True)
    route.fulfill(
        status=response.status_code, headers=dict(response.headers), body=response.content
    )
