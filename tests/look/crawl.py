"""A walk along the links of the portal: one page of each kind, and what is wrong with it."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urlsplit

from django.test import Client

from tests.look.conftest import HOME
from tests.look.test_browser import findings, overflow
from tests.look.words import foreign

NUMBERS = re.compile(r"/(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27})(?=/)")
NAMES = re.compile(r"^/(data|evaluation/indicators|evaluation/frameworks)/(?!new/)[a-z0-9-]+/")
HREF = re.compile(r'<a [^>]*href="(/[^"]*)"')
# Files, feeds, the admin, and pages whose whole text is for programmers.
ELSEWHERE = re.compile(
    r"^/(static|media|admin|api|i18n|accounts/logout|catalog)|(files?|proof|feed|evidence/\d+|csv"
    r"|excel|xlsx|json|original|pdf|manifest)/$|\.(ics|ttl|rdf|jsonld|atom|xml)$"
)
SEEN = """() => {
  const UNSAID = "code, pre, script, style, textarea, [translate=no]";
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const said = walker.currentNode.textContent.trim().replace(/\\s+/g, " ");
    const spoken = element.closest("[lang]");
    const ours = !spoken || spoken === document.documentElement;
    if (said && ours && !element.closest(UNSAID)) texts.push(said);
  }
  return texts;
}"""


def kind(address: str) -> str:
    """The kind of page behind ``address``: the same for every proposal, whatever the filter."""
    path = NAMES.sub(r"/\1/NAME/", urlsplit(address).path)
    return NUMBERS.sub("/N", path)


def walk(
    page, client: Client, *, start: str, known: set[str], language: str
) -> list[tuple[str, str]]:
    """Follow the links that ``client`` finds from ``start``; look at one page of each kind.

    Pages of a kind in ``known`` are passed through without a look; ``known`` grows.
    """
    wrong: list[tuple[str, str]] = []
    waiting, met = deque([start]), {kind(start)}
    while waiting:
        address = waiting.popleft()
        response = client.get(address, follow=True)
        if "text/html" not in response.headers["content-type"]:
            continue
        if kind(address) not in known:
            known.add(kind(address))
            page.complaints.clear()
            page.goto(HOME + address)
            found = wrong_with(page, language)
            found += [f"answers {response.status_code}"] if response.status_code >= 400 else []
            wrong += [(address, what) for what in found]
        new = [link for link in links_of(response.text) if kind(link) not in met]
        for link in new:
            if kind(link) not in met:
                met.add(kind(link))
                waiting.append(link)
    return wrong


def links_of(text: str) -> list[str]:
    """The pages of the portal that the links of a page lead to."""
    inside = [unescape(href).split("#")[0] for href in HREF.findall(text)]
    return [address for address in inside if address and not ELSEWHERE.search(kind(address))]


def wrong_with(page, language: str) -> list[str]:
    """All that is wrong with the page that is open, each in a few words."""
    found = [f"complains: {line}" for line in page.complaints]
    found += [f"axe: {rule} {element}" for rule, element in findings(page)]
    if wide := overflow(page):
        found.append(f"is {wide} pixels too wide")
    heads = page.locator("h1").count()
    found += [f"has {heads} h1"] if heads != 1 else []
    if page.locator("option", has_text="---").count():
        found.append("offers dashes instead of words")
    titles = Counter(page.locator("main h2").all_inner_texts())
    found += [f"says twice: {title}" for title, times in titles.items() if times > 1]
    return found + [f"says: {text}" for text in foreign(page.evaluate(SEEN), language)]
