"""What no template and no stylesheet may contain, read from the sources."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
PARTIALS = [page for page in PAGES if page.name.startswith("_")]
STYLES = sorted((Path(settings.BASE_DIR) / "static").rglob("*.css"))
# The beginning of all ways, what is no page of its own, and the layout of the account's pages.
WITHOUT_PLACE = {"home/front.html", "allauth/layouts/base.html", "ask.html", "unsent.html"} | {
    f"{status}.html" for status in (400, 403, "403_csrf", 404, 405, 409, 413, 429)
}
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE)


def name_of(path):
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("source", PAGES, ids=name_of)
def test_template_has_no_inline_style_or_script(source):
    text = source.read_text()

    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"<style", text, re.IGNORECASE)
    assert not re.search(r"<[^>]*\son[a-z]+=\"", text)
    assert not SCRIPT.search(text)


@pytest.mark.parametrize("source", PAGES, ids=name_of)
def test_template_compiles(source):
    template = get_template(name_of(source)).template

    assert template.source == source.read_text()


@pytest.mark.parametrize("source", PAGES, ids=name_of)
def test_page_says_where_it_stands(source):
    text, name = source.read_text(), name_of(source)
    is_asked = '{% extends "ask.html" %}' in text
    is_page = is_asked or ('{% extends "base.html" %}' in text and "{% block main %}" in text)

    assert not is_page or name in WITHOUT_PLACE or "components/_breadcrumb.html" in text


@pytest.mark.parametrize("source", PARTIALS, ids=name_of)
def test_partial_says_what_it_wants(source):
    assert source.read_text().startswith("{#")


@pytest.mark.parametrize("source", PAGES, ids=name_of)
def test_template_loads_nothing_from_elsewhere(source):
    assert not re.search(r"(?:src|action)=[\"']https?://", source.read_text())


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_style_loads_nothing_from_elsewhere(style):
    assert not re.search(r"url\([\"']?https?://", style.read_text())


def test_server_error_page_needs_nothing():
    html = get_template("500.html").render({"request_id": "abc123"})

    assert "abc123" in html
    assert "Something went wrong" in html
    assert "일시적인 오류" in html
